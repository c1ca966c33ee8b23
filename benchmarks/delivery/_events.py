"""Delivery event by event: every auction is drawn, and everything a person does with an impression.

Own code on purpose, without the engine's samplers, generator or closed forms for counts: once in
plain Python, once with NumPy for all the auctions of an ad at a time.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from math import exp, log
from typing import NamedTuple

import numpy as np

# What both count: impressions, clicks, 2 s, 6 s and whole views, likes, visits, micros paid.
COUNTED = (
    "impressions",
    "clicks",
    "watched_2s",
    "watched_6s",
    "views_p100",
    "likes",
    "profile_visits",
    "cost_micros",
)
NOISE = 0.2  # spread (log) of an ad's auctions from hour to hour, as in the engine


class AdHour(NamedTuple):
    """What an ad goes into the hour with: auctions it bids in, its bid, and people's habits."""

    auctions: float
    log_median: float  # of the best competing price, micros a thousand impressions
    spread: float
    log_bid: float
    ctr: float
    cvr: float
    watching: tuple[float, ...]  # shares still watching at play and at the six times, falling
    rank: tuple[int, ...]  # places of 2 s, 6 s, 25, 50, 75, 100 % among the six
    engagement: tuple[float, ...]  # likes, comments, shares, follows per 2 s view
    profile_rate: float


def one_by_one(hour: AdHour, rng: random.Random) -> list[int]:
    """One auction after the other, in plain Python; COUNTED."""
    shown = clicks = conversions = visits = cost = 0
    reached = [0] * (len(hour.watching) + 1)
    engaged = [0] * len(hour.engagement)
    rising = [-share for share in hour.watching]
    second = 1 + hour.rank[0]
    draw, gauss, bid = rng.random, rng.gauss, hour.log_bid
    for _ in range(_auctions(hour, rng)):
        price = gauss(hour.log_median, hour.spread)
        if price >= bid:
            continue
        shown += 1
        cost += exp(price)
        if draw() < hour.ctr:
            clicks += 1
            conversions += draw() < hour.cvr
        visits += draw() < hour.profile_rate
        levels = bisect_left(rising, -draw())
        reached[levels] += 1
        if levels > second:
            for kind, chance in enumerate(hour.engagement):
                engaged[kind] += draw() < chance
    views = [sum(reached[1 + level :]) for level in range(len(hour.watching))]
    levels = [views[1 + place] for place in hour.rank]
    return [shown, clicks, levels[0], levels[1], levels[5], engaged[0], visits, int(cost / 1000)]


def at_a_time(hour: AdHour, rng: np.random.Generator) -> list[int]:
    """All auctions of the ad's hour as arrays; COUNTED."""
    noise = rng.lognormal(-NOISE * NOISE / 2, NOISE)
    number = rng.poisson(hour.auctions * noise)
    prices = rng.normal(hour.log_median, hour.spread, number)
    paid = prices[prices < hour.log_bid]
    shown = paid.size
    clicks = int((rng.random(shown) < hour.ctr).sum())
    (rng.random(clicks) < hour.cvr).sum()
    visits = int((rng.random(shown) < hour.profile_rate).sum())
    patience = rng.random(shown)
    views = [int((patience < share).sum()) for share in hour.watching]
    levels = [views[1 + place] for place in hour.rank]
    engaged = [int((rng.random(levels[0]) < chance).sum()) for chance in hour.engagement]
    cost = int(np.exp(paid).sum() / 1000)
    return [shown, clicks, levels[0], levels[1], levels[5], engaged[0], visits, cost]


def _auctions(hour: AdHour, rng: random.Random) -> int:
    """Poisson, by the gaps between arrivals while they are few and by the normal otherwise."""
    mean = hour.auctions * exp(rng.gauss(-NOISE * NOISE / 2, NOISE))
    if mean > 200:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    number, time = -1, 0.0
    while time < mean:
        number += 1
        time -= log(1.0 - rng.random())
    return number
