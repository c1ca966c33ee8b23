"""Who a group's targeting reaches, where, and what the competition pays for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from campaigns.delivery import auction, market, numeric
from campaigns.delivery.plan import Floats, Ints
from campaigns.delivery.rows import GroupRow

_segment = lru_cache(maxsize=4096)(market.segment)


class Places(NamedTuple):
    """The columns of Plan that follow from the targeting."""

    countries: tuple[str, ...]
    audience: Ints
    country_mix: Floats
    group_log_cpm: Floats
    group_sigma: Floats
    group_attention: Floats


def find(groups: Sequence[GroupRow], units: float) -> tuple[Floats, Places]:
    """Audience and competing prices of every group, in a currency worth `units` per US dollar.

    First the price of each group relative to everybody in the US, then the plan's columns.

    Several countries become one log-normal with their mean and the spread between them. Its median
    is set so that an easy pace of maximum delivery pays the market's usual price.
    """
    countries = tuple(sorted({code for row in groups for code in row.countries}))
    column = {code: place for place, code in enumerate(countries)}
    audience = np.zeros((len(groups), len(countries)), np.int64)
    price = np.ones((len(groups), len(countries)))
    for place, row in enumerate(groups):
        targeting = (tuple(row.age_groups), (row.gender,), tuple(row.operating_systems))
        for code in row.countries:
            found = _segment(code, *targeting)
            audience[place, column[code]] = found.people
            price[place, column[code]] = found.price * market.COUNTRIES[code].price / 100.0
    people = audience.sum(axis=1)
    mix = audience / np.maximum(people, 1)[:, None]
    logs = numeric.log(price)
    mean = _columns_sum(mix * logs)
    apart = logs - mean[:, None]
    sigma = np.sqrt(market.SIGMA * market.SIGMA + _columns_sum(mix * apart * apart))
    easy = auction.paid_share(np.full_like(sigma, auction.Z_EASY), sigma)
    usual = numeric.log(market.CPM_USD * units * 1e6 / easy)
    attention = market.AUCTIONS_PER_DAY / (1.0 + np.sqrt(people / market.WIDE_AUDIENCE))
    return numeric.exp(mean), Places(countries, audience, mix, mean + usual, sigma, attention)


def _columns_sum(values: Floats) -> Floats:
    """Sum over countries in their fixed order: absent ones add nothing, whoever else is there."""
    total = np.zeros(len(values))
    for country in range(values.shape[1]):
        total += values[:, country]
    return total
