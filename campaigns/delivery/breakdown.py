"""Who a closed day's people were: its totals divided by age and gender, by system and by country.

Divided once, when the day is over, so that no number ever goes down again; whole people, so each
way of dividing adds up to the day, metric by metric. What is part of something else stays so in
every cell: clicks among impressions, conversions among clicks, later views among earlier ones.
Money follows the billed events. Dimensions are divided independently of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from campaigns.delivery import chance, compiled, segments
from campaigns.delivery.plan import METRICS, Billing, Ints
from campaigns.delivery.segments import CELLS, SYSTEM_CELLS, Targets

SPLIT_METRICS = (
    "impressions",
    "clicks",
    "conversions",
    "conversion_value_micros",
    "view_conversions",
    "video_views",
    "watched_2s",
    "watched_6s",
    "views_p100",
    "spend",
)
FIXED_CELLS = CELLS + SYSTEM_CELLS  # those of countries follow
_BILLED = {
    Billing.CPM: "impressions",
    Billing.OCPM: "impressions",
    Billing.CPC: "clicks",
    Billing.CPV_6S: "watched_6s",
    Billing.CPV_2S: "watched_2s",
}
_MANY = 64  # draws kept for each metric of a dimension: one a cell


@dataclass(frozen=True, eq=False)
class Day:
    """The totals of a closed day: one column an ad."""

    seed: int
    number: int  # local days since 1970
    ordinal: Ints
    billing: Ints  # plan.Billing
    group_ix: Ints  # into the targets
    counts: Ints  # [metric of plan.METRICS, ad]


class Parts(NamedTuple):
    """Ads whose groups have the same countries. `ads` are places in the day; cells are 18 of age
    and gender, 2 of systems, then one for each of `countries`."""

    ads: Ints
    countries: tuple[str, ...]
    values: Ints  # [metric of SPLIT_METRICS, cell, ad]


class _Dimension(NamedTuple):
    """Cells [cell, ad] by size, and how they click and convert (per thousand)."""

    number: int
    size: Ints
    clicks: Ints
    converts: Ints


def split(day: Day, targets: Targets) -> list[Parts]:
    """Everybody's cells. `targets` has the groups as they stood when the day ended."""
    streams = chance.keys(day.seed, day.ordinal, chance.DAYS + day.number)
    common = _common_cells(day, targets, streams)
    reached = targets.by_country > 0
    kinds, kind = np.unique(reached, axis=0, return_inverse=True)
    found = []
    for place, countries in enumerate(kinds):
        ads = (kind.reshape(-1)[day.group_ix] == place).nonzero()[0]
        if ads.size:
            own = _by_country(day, targets, streams, ads, countries.nonzero()[0])
            codes = tuple(targets.countries[at] for at in countries.nonzero()[0])
            found.append(Parts(ads, codes, np.concatenate((common[:, :, ads], own), axis=1)))
    return found


def _common_cells(day: Day, targets: Targets, streams: chance.Keys) -> Ints:
    """The cells that all ads have, whatever their countries."""
    group = day.group_ix
    dimensions = (
        _Dimension(0, targets.age_gender[group].T, segments.CELL_CLICKS, segments.CELL_CONVERTS),
        _Dimension(1, targets.systems[group].T, segments.SYSTEM_CLICKS, segments.SYSTEM_CONVERTS),
    )
    totals = dict(zip(METRICS, day.counts, strict=True))
    return np.concatenate(
        [_divide(each, streams, totals, day.billing) for each in dimensions], axis=1
    )


def _by_country(
    day: Day, targets: Targets, streams: chance.Keys, ads: Ints, countries: Ints
) -> Ints:
    """The cells of ads whose groups have just these countries."""
    ones = np.full(len(countries), 1000, np.int64)
    size = targets.by_country[day.group_ix[ads]][:, countries].T
    totals = dict(zip(METRICS, day.counts[:, ads], strict=True))
    return _divide(_Dimension(2, size, ones, ones), streams[ads], totals, day.billing[ads])


def _divide(
    dimension: _Dimension, streams: chance.Keys, totals: dict[str, Ints], billing: Ints
) -> Ints:
    """[metric of SPLIT_METRICS, cell, ad] for one dimension."""

    def part(name: int, total: Ints, weights: Ints, room: Ints | None) -> Ints:
        base = (dimension.number * len(SPLIT_METRICS) + name) * _MANY
        return _deal(streams, base, total, weights, room)

    made: dict[str, Ints] = {}
    made["impressions"] = part(0, totals["impressions"], dimension.size, None)
    at, before = 1, made["impressions"]
    for name in ("video_views", "watched_2s", "watched_6s", "views_p100"):
        before = made[name] = part(at, totals[name], before, before)
        at += 1
    shown = made["impressions"]
    clicking = shown * dimension.clicks[:, None]
    made["clicks"] = part(5, totals["clicks"], clicking, shown)
    clicked = totals["conversions"] - totals["view_conversions"]
    after_click = part(6, clicked, made["clicks"] * dimension.converts[:, None], made["clicks"])
    viewing = made["watched_6s"] * dimension.converts[:, None]
    made["view_conversions"] = part(7, totals["view_conversions"], viewing, made["watched_6s"])
    made["conversions"] = after_click + made["view_conversions"]
    made["conversion_value_micros"] = _share_out(
        totals["conversion_value_micros"], made["conversions"]
    )
    billed = np.zeros_like(shown)
    for code, name in _BILLED.items():
        billed = np.where(billing == code, made[name], billed)
    made["spend"] = _share_out(totals["spend"], billed)
    return np.stack([made[name] for name in SPLIT_METRICS])


def _deal(streams: chance.Keys, first: int, total: Ints, weights: Ints, room: Ints | None) -> Ints:
    """Each ad's total dealt out to its cells by weight, never more than the `room` of a cell.

    One binomial after the other, each of what is left; whole to the last.
    """
    cells = np.zeros(weights.shape, np.int64)
    endless = np.empty((0, len(streams)), np.int64)
    compiled.deal(streams, first, total, weights, endless if room is None else room, cells)
    return cells


def _share_out(total: Ints, events: Ints) -> Ints:
    """Each ad's total in proportion to its cells' events, in whole units that add up.

    Per event a whole part, and the remainder by cumulative floors: no product can overflow.
    """
    whole = np.maximum(events.sum(axis=0), 1)
    each, rest = np.divmod(total, whole)
    up_to = np.cumsum(events, axis=0) * rest // whole
    parts: Ints = events * each + np.diff(up_to, axis=0, prepend=0)
    return parts
