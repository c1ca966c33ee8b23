"""Practice accounts as the engine takes them, with all ways to bid, and a day of them.

Pure: no database.
"""

from __future__ import annotations

from time import perf_counter
from typing import NamedTuple

import numpy as np

from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.engine import simulate
from campaigns.delivery.plan import Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow
from campaigns.delivery.state import State

START = 1_793_595_600  # 2 November 2026, midnight in New York
HOURS = 24
WALLET = 10**15
BIDDING = (
    ("WEB_CONVERSIONS", "OCPM", "CONVERT"),
    ("TRAFFIC", "CPC", "CLICK"),
    ("REACH", "CPM", "REACH"),
    ("VIDEO_VIEWS", "CPV", "ENGAGED_VIEW"),
)


class Day(NamedTuple):
    """Seconds of each hour, and impressions of all."""

    seconds: list[float]
    impressions: int


def build(ads: int, *, budget: int = 50_000) -> Plan:
    """An account of that many ads: four ads a group, three groups a campaign, all ways to bid.

    `budget` of a group in minor units a day, four times that of a campaign.
    """
    campaigns = [
        CampaignRow(key, BIDDING[key % 4][0], "BUDGET_MODE_DAY", 4 * budget, key % 3 == 0)
        for key in range(max(1, ads // 12))
    ]
    groups = [
        GroupRow(
            key,
            key // 3,
            ("US",) if key % 2 else ("CA", "US"),
            budget=None if campaigns[key // 3].is_budget_optimized else budget,
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


def a_day(plan: Plan) -> Day:
    """Its hours, carried from one to the next through the stored bytes; most ads must deliver."""
    data, active, delivered, impressions = b"", np.ones(plan.size), 0, 0
    taken = []
    for hour in range(HOURS):
        began = perf_counter()
        outcome = simulate(
            plan,
            State.from_bytes(data),
            slot_start=START + 3600 * hour,
            active=active,
            spendable_micros=WALLET,
        )
        data = outcome.state.to_bytes()
        taken.append(perf_counter() - began)
        delivered += len(outcome.facts)
        impressions += int(outcome.facts["impressions"].sum())
    share = delivered / (HOURS * plan.size)
    assert share >= 0.9, f"only {share:.0%} of the ads delivered"
    return Day(taken, impressions)
