"""The engine alone: an ad-hour against one draw of Binomial(1000, 0.33) in the same run.

A whole day, so that nights, evenings and the walk at nearly used budgets are in it; at least nine
in ten ads must deliver. Of each hour the best of the rounds counts: what else the machine does
meanwhile is not the engine's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks import _size
from campaigns.delivery import chance

from ._plans import a_day, build

PURE = True


def main() -> Iterable[dict[str, Any]]:
    rounds = _size.pick(quick=1, usual=10)
    draw = _seconds_a_draw() * 1e6
    for ads in (1000, 120, 12):
        plan = build(ads)
        hour = float(np.min([a_day(plan).seconds for _ in range(rounds)], axis=0).mean())
        yield _figure(f"engine_ad_hour_of_{ads}", hour / ads * 1e6, draw)
    yield _figure(
        "engine_compile_an_ad_of_1000", _seconds_to_build(1000, rounds) / 1000 * 1e6, draw
    )


def _seconds_to_build(ads: int, rounds: int) -> float:
    best = 1.0
    for _ in range(rounds):
        began = perf_counter()
        build(ads)
        best = min(best, perf_counter() - began)
    return best


def _seconds_a_draw() -> float:
    """One Binomial(1000, 0.33) of a thousand at once, random bits included, once it is loaded."""
    streams = chance.keys(1, np.arange(1000), 1)
    trials, p = np.full(1000, 1000.0), np.full(1000, 0.33)
    best = 1.0
    for round_ in range(50):
        began = perf_counter()
        chance.binomial(chance.uniforms(streams, round_)[0], trials, p)
        best = min(best, perf_counter() - began)
    return best / 1000


def _figure(name: str, value: float, baseline: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 3),
        "baseline": round(baseline, 4),
        "ratio": round(value / baseline, 1),
        "unit": "microseconds",
    }
