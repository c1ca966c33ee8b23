"""From counts to facts: proportional cuts, money in whole minor units, and the hour's outcome."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery.books import Books, close_books, sums
from campaigns.delivery.conversions import Known
from campaigns.delivery.pacing import Room
from campaigns.delivery.plan import (
    FACT,
    NO_LIMIT,
    PLACE,
    Billing,
    Bools,
    Exhausted,
    Ints,
    Limit,
    Outcome,
    Plan,
    Rows,
    metrics_of,
)

_CONVERSIONS, _VALUE = PLACE["conversions"], PLACE["conversion_value_micros"]
_VIEWED = PLACE["view_conversions"]
_COST, _SPEND = PLACE["cost_micros"], PLACE["spend"]


def billed_events(billing: NDArray[np.int8], counts: Ints) -> Ints:
    """What each ad pays for: one of its counts."""
    events = np.where(billing == Billing.CPC, counts[PLACE["clicks"]], counts[PLACE["impressions"]])
    events = np.where(billing == Billing.CPV_6S, counts[PLACE["watched_6s"]], events)
    events = np.where(billing == Billing.CPV_2S, counts[PLACE["watched_2s"]], events)
    billed: Ints = events.astype(np.int64)
    return billed


def thin(counts: Ints, wanted: Ints, given: Ints, dry: NDArray[np.bool_]) -> None:
    """Shrink the funnel of ads that were cut in proportion; floors keep parts parts of wholes."""
    if dry.any():
        counts[:, dry] = 0
    cut = ((given < wanted) & ~dry).nonzero()[0]
    if not cut.size:
        return
    counts[:, cut] = counts[:, cut] * given[cut] // wanted[cut]


def by_frequency(counts: Ints, group: Ints, room: Ints) -> None:
    """Shrink the ads of groups that were shown more often than their frequency cap allows."""
    if (room >= NO_LIMIT).all():
        return
    shown = sums(group, counts[0], len(room))[group]
    thin(counts, shown, np.minimum(shown, room[group]), dry=room[group] <= 0)


def convertible(counts: Ints) -> tuple[Ints, Ints]:
    """Clicks and six-second views."""
    return counts[PLACE["clicks"]], counts[PLACE["watched_6s"]]


def convert(counts: Ints, known: Known) -> None:
    """Put in the conversions that became known within the hour."""
    counts[_CONVERSIONS] = known.conversions
    counts[_VALUE] = known.value_micros
    counts[_VIEWED] = known.view_conversions


class Given(NamedTuple):
    """What came of the hour for the live ads, by their places in the plan: counts [metric of
    plan.METRICS, live ad] with the money, and what is still to come."""

    live: Ints
    counts: Ints
    late: Rows


def charge(plan: Plan, books: Books, live: Ints, counts: Ints, cost: Ints) -> None:
    """Put in the money: what accrued, and what that bills in whole minor units."""
    accrued = books.ads.accrued_micros[live]
    counts[_COST] = cost
    counts[_SPEND] = (accrued + cost) // plan.micros_per_minor - accrued // plan.micros_per_minor


def _rows(plan: Plan, live: Ints, counts: Ints) -> Rows:
    """The facts of the live ads that had an impression."""
    shown = (counts[0] > 0).nonzero()[0]
    if shown.size < len(live):
        live, counts = live[shown], counts[:, shown]
    facts = np.empty(len(live), FACT)
    facts["ad_ix"], facts["ordinal"] = live, plan.ordinal[live]
    metrics_of(facts)[:] = counts.T
    return facts


def outcome(plan: Plan, books: Books, given: Given, log: Rows) -> Outcome:
    """Close the books on what was given."""
    closed = close_books(books, *given)
    group, minor, limited_by = plan.group_ix, plan.micros_per_minor, log["limit"]
    by_group = _cut(group, limited_by == Limit.GROUP_BUDGET, len(plan.group_key))
    by_campaign = _cut(
        plan.campaign_ix[group], limited_by == Limit.CAMPAIGN_BUDGET, len(plan.campaign_key)
    )
    return Outcome(
        facts=_rows(plan, given.live, given.counts),
        late=given.late,
        log=log,
        group_exhausted=_exhausted(closed.group_room, by_group, minor),
        campaign_exhausted=_exhausted(closed.campaign_room, by_campaign, minor),
        balance_exhausted=bool((limited_by == Limit.BALANCE).any()),
        group_results=closed.progress.results,
        state=closed.state,
    )


def _cut(index: Ints, cut: Bools, size: int) -> Bools:
    marked = np.zeros(size, np.bool_)
    marked[index[cut]] = True
    return marked


def _exhausted(room: Room, cut: Bools, minor: int) -> NDArray[np.int8]:
    """A budget is exhausted when it cut an ad, or has less than one minor unit left."""
    out = cut | (room.both < minor)
    for_good = room.in_all <= room.today
    return np.where(
        out, np.where(for_good, Exhausted.FOR_GOOD, Exhausted.TODAY), Exhausted.NO
    ).astype(np.int8)
