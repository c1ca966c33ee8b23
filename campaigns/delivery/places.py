"""Who a group's targeting reaches, where, and what the competition pays for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from campaigns.delivery import auction, market, numeric, segments
from campaigns.delivery.market import Segment
from campaigns.delivery.plan import Floats, Ints
from campaigns.delivery.rows import GroupRow
from campaigns.delivery.segments import Targets

_segment = lru_cache(maxsize=4096)(market.segment)


class Places(NamedTuple):
    """The columns of Plan that follow from the targeting."""

    countries: tuple[str, ...]
    audience: Ints
    country_mix: Floats
    group_log_cpm: Floats
    group_sigma: Floats
    group_attention: Floats
    group_demand: Ints
    target_cells: Ints
    target_systems: Ints
    cell_people: Ints


class Tastes(NamedTuple):
    """Per group, relative to everybody in the US: what its people cost, how they click and
    convert."""

    price: Floats
    ctr: Floats
    cvr: Floats


def find(groups: Sequence[GroupRow], units: float) -> tuple[Tastes, Places]:
    """Audience and competing prices of every group, in a currency worth `units` per US dollar.

    Several countries become one log-normal with their mean and the spread between them. Its median
    is set so that an easy pace of maximum delivery pays the market's usual price.
    """
    found = [_segments(row) for row in groups]
    countries, audience = _audience(found)
    price, ctr, cvr = np.ones((3, len(groups), len(countries)))
    for place, parts in enumerate(found):
        for code, part in parts.items():
            column = countries.index(code)
            price[place, column] = part.taste.price * market.COUNTRIES[code].price / 100.0
            ctr[place, column], cvr[place, column] = part.taste.ctr, part.taste.cvr
    people = audience.sum(axis=1)
    mix = audience / np.maximum(people, 1)[:, None]
    logs = numeric.log(price)
    mean = _columns_sum(mix * logs)
    apart = logs - mean[:, None]
    sigma = np.sqrt(market.SIGMA * market.SIGMA + _columns_sum(mix * apart * apart))
    easy = auction.paid_share(np.full_like(sigma, auction.Z_EASY), sigma)
    usual = numeric.log(market.CPM_USD * units * 1e6 / easy)
    attention = market.AUCTIONS_PER_DAY / (1.0 + np.sqrt(people / market.WIDE_AUDIENCE))
    targets = Targets.of(groups, countries, audience)
    demand = np.rint(attention[:, None, None] * targets.cells).astype(np.int64)
    tastes = Tastes(
        numeric.exp(mean), *(np.maximum(_columns_sum(mix * each), 1e-9) for each in (ctr, cvr))
    )
    places = Places(
        countries, audience, mix, mean + usual, sigma, attention, demand, targets.cells,
        targets.systems, segments.everybody(countries),
    )  # fmt: skip
    return tastes, places


def targets_of(groups: Sequence[GroupRow]) -> Targets:
    """Who each group reaches and where, as `breakdown.split` takes it."""
    return Targets.of(groups, *_audience([_segments(row) for row in groups]))


def _audience(found: Sequence[Mapping[str, Segment]]) -> tuple[tuple[str, ...], Ints]:
    """All countries, sorted, and how many people each group reaches in them."""
    countries = tuple(sorted({code for parts in found for code in parts}))
    audience = np.zeros((len(found), len(countries)), np.int64)
    for place, parts in enumerate(found):
        for code, part in parts.items():
            audience[place, countries.index(code)] = part.people
    return countries, audience


def _segments(row: GroupRow) -> dict[str, Segment]:
    """What the group reaches in each of its countries; an arm of a split test has its part."""
    codes = sorted(set(row.countries))
    population = sum(market.COUNTRIES[code].people for code in codes)
    demographics = (tuple(row.age_groups), (row.gender,), tuple(row.operating_systems))
    found = {}
    for code in codes:
        part = _segment(code, *demographics, row.wish, population)
        share = 1000 if row.split is None else row.split.share
        found[code] = part._replace(people=part.people * share // 1000)
    return found


def _columns_sum(values: Floats) -> Floats:
    """Sum over countries in their fixed order: absent ones add nothing, whoever else is there."""
    total = np.zeros(len(values))
    for country in range(values.shape[1]):
        total += values[:, country]
    return total
