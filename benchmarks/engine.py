"""The engine alone: an ad-hour against one vectorised draw of Binomial(1000, 0.33) in the same run.

A whole day, so that nights, evenings and the walk at nearly used budgets are in it; at least nine
in ten ads must deliver. Of each hour the best of the rounds counts: what else the machine does
meanwhile is not the engine's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any

import numpy as np

from campaigns.delivery import chance
from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.engine import simulate
from campaigns.delivery.plan import Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow
from campaigns.delivery.state import State

START = 1_793_595_600  # 2 November 2026, midnight in New York
HOURS, ROUNDS = 24, 10
BIDDING = (
    ("WEB_CONVERSIONS", "OCPM", "CONVERT"),
    ("TRAFFIC", "CPC", "CLICK"),
    ("REACH", "CPM", "REACH"),
    ("VIDEO_VIEWS", "CPV", "ENGAGED_VIEW"),
)


def main() -> Iterable[dict[str, Any]]:
    draw = _seconds_a_draw() * 1e6
    for ads in (1000, 120, 12):
        plan = build(ads)
        hour = float(np.min([_seconds_by_hour(plan) for _ in range(ROUNDS)], axis=0).mean())
        yield _figure(f"engine_ad_hour_of_{ads}", hour / ads * 1e6, draw)
    yield _figure("engine_compile_an_ad_of_1000", _seconds_to_build(1000) / 1000 * 1e6, draw)


def build(ads: int) -> Plan:
    """An account of that many ads: four ads a group, three groups a campaign, all ways to bid."""
    campaigns = [
        CampaignRow(key, BIDDING[key % 4][0], "BUDGET_MODE_DAY", 200_000, key % 3 == 0)
        for key in range(max(1, ads // 12))
    ]
    groups = [
        GroupRow(
            key,
            key // 3,
            ("US",) if key % 2 else ("CA", "US"),
            budget=None if campaigns[key // 3].is_budget_optimized else 50_000,
            billing_event=BIDDING[key // 3 % 4][1],
            optimization_goal=BIDDING[key // 3 % 4][2],
        )
        for key in range(3 * len(campaigns))
    ]
    rows = [
        AdRow(place, place % len(groups), place % 7 != 0, (9.0, 15.0, 24.0, 30.0)[place % 4])
        for place in range(ads)
    ]
    return compile_plan(AccountRow(7, "USD", 10_000, -300), campaigns, groups, rows)


def _seconds_to_build(ads: int) -> float:
    best = 1.0
    for _ in range(ROUNDS):
        began = perf_counter()
        build(ads)
        best = min(best, perf_counter() - began)
    return best


def _seconds_by_hour(plan: Plan) -> list[float]:
    """The hours of a day, carried from one to the next through the stored bytes."""
    data, active, delivered = b"", np.ones(plan.size), 0
    taken = []
    for hour in range(HOURS):
        began = perf_counter()
        outcome = simulate(
            plan,
            State.from_bytes(data),
            slot_start=START + 3600 * hour,
            active=active,
            spendable_micros=10**13,
        )
        data = outcome.state.to_bytes()
        taken.append(perf_counter() - began)
        delivered += len(outcome.facts)
    share = delivered / (HOURS * plan.size)
    assert share >= 0.9, f"only {share:.0%} of the ads delivered"
    return taken


def _seconds_a_draw() -> float:
    """One Binomial(1000, 0.33) of a thousand at once, random bits included."""
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
