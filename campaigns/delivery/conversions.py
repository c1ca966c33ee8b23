"""Conversions of the hour's clicks and views: how many, when they become known, and who converted.

Drawn after budgets have cut the hour, from the clicks and six-second views that are left. Each
bucket of delays is a binomial part of what is still to come; those that become known within the
hour belong to the hour's facts, the others are late rows, complete but dated ahead. An attribution
window leaves out what lies beyond it, so that a longer window has all that a shorter one has.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigns.delivery import chance, compiled, late
from campaigns.delivery.chance import Draw, Keys
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import Floats, Ints, Plan, Rows


class Delays(NamedTuple):
    """Buckets of whole hours after the interaction, [first, end), and the part of a week's
    conversions that has come by the end of each."""

    ends: Ints
    come: Floats

    @property
    def size(self) -> int:
        return len(self.ends)

    def parts(self) -> Floats:
        """Of what is still to come, how much comes in each bucket; 1 in the last."""
        before = np.concatenate(([0.0], self.come[:-1]))
        chances: Floats = (self.come - before) / (self.come[-1] - before)
        return chances

    def within(self, days: Ints) -> Ints:
        """How many buckets an attribution window of so many days holds."""
        held: Ints = np.searchsorted(self.ends, 24 * days, side="right")
        return held


# Sources and grades in docs/delivery.md. The first bucket is the hour of the interaction itself.
CLICK_DELAYS = Delays(
    np.array([1, 3, 6, 12, 24, 48, 72, 120, 168, 336, 672]),
    np.array([0.35, 0.40, 0.43, 0.46, 0.50, 0.62, 0.72, 0.86, 1.00, 1.04, 1.07]),
)
VIEW_DELAYS = Delays(
    np.array([1, 3, 6, 12, 24, 48, 72, 120, 168]),
    np.array([0.20, 0.28, 0.36, 0.45, 0.60, 0.72, 0.80, 0.92, 1.00]),
)
_FEW = 12  # as many draws as are kept for buckets
VIEW_RATE = 0.015  # conversions of a six-second view, against those of a click
VALUE_SPREAD = 0.5  # standard deviation of a conversion's value relative to its mean


class Source(NamedTuple):
    """What conversions follow from, with the draws that are kept for it."""

    delays: Delays
    kind: int
    number: Draw
    buckets: Draw
    hours: Draw
    values: Draw
    people: tuple[Draw, Draw, Draw]


CLICKS = Source(
    CLICK_DELAYS,
    late.CLICK,
    Draw.CONVERSIONS,
    Draw.CLICK_DELAYS,
    Draw.CLICK_HOURS,
    Draw.CLICK_VALUES,
    (Draw.CLICK_CELLS, Draw.CLICK_SYSTEMS, Draw.CLICK_COUNTRIES),
)
VIEWS = Source(
    VIEW_DELAYS,
    late.VIEW,
    Draw.VIEW_THROUGH,
    Draw.VIEW_DELAYS,
    Draw.VIEW_HOURS,
    Draw.VIEW_VALUES,
    (Draw.VIEW_CELLS, Draw.VIEW_SYSTEMS, Draw.VIEW_COUNTRIES),
)


class Trials(NamedTuple):
    """Per live ad: what may convert, and how conversions fare while the group learns."""

    rows: Ints  # of the plan's ads
    draws: Floats
    streams: Keys
    clicks: Ints
    six_second_views: Ints
    learned: Floats


class Known(NamedTuple):
    """Per live ad, what becomes known in the hour; and the late rows."""

    conversions: Ints
    view_conversions: Ints
    value_micros: Ints
    late: Rows


def sample(plan: Plan, hour: LocalHour, trials: Trials) -> Known:
    """All conversions that the hour's clicks and views will ever bring within their windows."""
    rows = trials.rows
    group = plan.group_ix[rows]
    rate = plan.cvr[rows] * trials.learned
    clicked = chance.binomial(
        trials.draws[CLICKS.number],
        trials.clicks.astype(np.float64),
        np.minimum(rate * CLICK_DELAYS.come[-1], 0.9),
    )
    viewers = np.maximum(trials.six_second_views - trials.clicks, 0).astype(np.float64)
    seen = chance.binomial(
        trials.draws[VIEWS.number],
        np.where(plan.group_view_days[group] > 0, viewers, 0.0),
        np.minimum(rate * VIEW_RATE, 0.9),
    )
    known = np.zeros((2, len(rows)), np.int64)
    value = np.zeros(len(rows), np.int64)
    found = []
    windows = (plan.group_click_days[group], plan.group_view_days[group])
    for source, number, days in zip((CLICKS, VIEWS), (clicked, seen), windows, strict=True):
        some = (number > 0).nonzero()[0]
        if some.size:
            lumps = _lumps(plan, source, trials, some, number[some], days[some])
            at_once = lumps.bucket == 0
            known[source.kind, lumps.at[at_once]] = lumps.number[at_once]
            value[lumps.at[at_once]] += lumps.value[at_once]
            found.append(_late(plan, hour, source, trials, lumps))
    return Known(known.sum(axis=0), known[late.VIEW], value, late.together(found))


class _Lumps(NamedTuple):
    """Conversions of one ad in one bucket."""

    at: Ints  # of the live ads
    bucket: Ints
    number: Ints
    value: Ints
    when: Floats  # draws of its own
    who: Floats  # [3, lump]


def _lumps(
    plan: Plan, source: Source, trials: Trials, some: Ints, number: Floats, days: Ints
) -> _Lumps:
    """The ads' conversions bucket by bucket, those beyond the window left out: a few are asked one
    by one, many are dealt out bucket by bucket, which has the same distribution."""
    delays, most = source.delays, some.size * source.delays.size
    made, draws = np.empty((4, most), np.int64), np.empty((4, most))
    size = np.zeros(1, np.int64)
    compiled.lumps(
        trials.streams[some],
        np.array([source.buckets, source.values, source.hours, *source.people], np.uint64),
        number,
        delays.within(days),
        plan.value_micros[trials.rows[some]],
        delays.come / delays.come[-1],
        np.minimum(delays.parts(), 1.0),
        VALUE_SPREAD,
        _FEW,
        made,
        draws,
        size,
    )
    made, draws = made[:, : size[0]], draws[:, : size[0]]
    return _Lumps(some[made[0]], made[1], made[2], made[3], draws[0], draws[1:])


def _late(plan: Plan, hour: LocalHour, source: Source, trials: Trials, lumps: _Lumps) -> Rows:
    """Late rows of the lumps after the first bucket: each at one hour, of one kind of person."""
    chosen = lumps.bucket > 0
    at, bucket = lumps.at[chosen], lumps.bucket[chosen]
    begin = source.delays.ends[bucket - 1]
    length = source.delays.ends[bucket] - begin
    delay = begin + np.minimum((lumps.when[chosen] * length).astype(np.int64), length - 1)
    return late.rows(
        plan,
        trials.rows[at],
        event_slot=hour.start + 3600 * delay,
        kind=source.kind,
        number=lumps.number[chosen],
        value=lumps.value[chosen],
        who=late.Who(*lumps.who[:, chosen]),
    )
