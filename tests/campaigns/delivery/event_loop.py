"""The same ad hour event by event: every auction, every viewer, every click drawn by itself."""

from __future__ import annotations

import math
from collections import Counter
from random import Random
from typing import NamedTuple


class Market(NamedTuple):
    """Competing prices are log-normal; `bid` and prices in micros per thousand impressions."""

    log_median: float
    sigma: float
    bid: float


class Viewer(NamedTuple):
    """Chances of one impression; `watching` are the shares still there, from play on."""

    ctr: float
    watching: tuple[float, ...]
    cvr: float


def hour(dice: Random, auctions: int, market: Market, viewer: Viewer) -> tuple[Counter[str], float]:
    """What happened how often, and what all the impressions cost (micros)."""
    happened: Counter[str] = Counter()
    cost = 0.0
    log_bid = math.log(market.bid)
    for _ in range(auctions):
        competing = dice.gauss(market.log_median, market.sigma)
        if competing >= log_bid:
            continue
        happened["impressions"] += 1
        cost += math.exp(competing) / 1000.0
        stays = dice.random()
        for level, share in enumerate(viewer.watching):
            if stays < share:
                happened[f"level {level}"] += 1
        if dice.random() < viewer.ctr:
            happened["clicks"] += 1
            happened["conversions"] += dice.random() < viewer.cvr
    return happened, cost
