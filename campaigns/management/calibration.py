"""What marketers would read from the practice market, objective by objective: a day of delivery.

Pure: plans and engine, no database. The same seed and sizes give the same text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.engine import simulate
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.pacing import supply
from campaigns.delivery.plan import Floats, Ints, Outcome, Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow
from campaigns.delivery.state import State

MONDAY = 1_780_272_000  # 1 June 2026, 00:00 UTC
HOURS, ADS_A_GROUP = 24, 3
_WALLET = 10**15
_MICROS = 10_000  # in a cent


class Way(NamedTuple):
    """One way to buy. `result` is the count that a result is, `per` how many of it are one."""

    name: str
    objective: str
    billing_event: str
    goal: str
    result: str
    per: int = 1
    budget: int = 20_000  # cents a day and group


WAYS = (
    Way("Reach, CPM", "REACH", "CPM", "REACH", "impressions", 1000),
    Way("Traffic, CPC", "TRAFFIC", "CPC", "CLICK", "clicks"),
    Way("Video views, CPV", "VIDEO_VIEWS", "CPV", "ENGAGED_VIEW", "watched_6s"),
    Way("Website conversions, oCPM", "WEB_CONVERSIONS", "OCPM", "CONVERT", "conversions"),
    Way("Leads, oCPM", "LEAD_GENERATION", "OCPM", "LEAD_GENERATION", "conversions"),
    Way("App installs, oCPM", "APP_PROMOTION", "OCPM", "INSTALL", "conversions"),
    Way("Product sales, oCPM value", "PRODUCT_SALES", "OCPM", "VALUE", "conversions"),
)
# From many billed events a day and group to few.
PACES = (WAYS[0], WAYS[1], WAYS[1]._replace(budget=5_000), WAYS[1]._replace(budget=1_400))


@dataclass
class Run:
    """An account after its day."""

    plan: Plan
    outcomes: list[Outcome]

    def total(self, metric: str) -> int:
        return int(sum(each.facts[metric].sum() for each in self.outcomes))

    def with_late(self, metric: str) -> int:
        """Conversions that become known later counted too, however late."""
        return self.total(metric) + int(sum(each.late[metric].sum() for each in self.outcomes))

    def by_group(self, metric: str) -> Ints:
        """[hour, group]."""
        whole = np.zeros((len(self.outcomes), len(self.plan.group_key)), np.int64)
        for hour, outcome in enumerate(self.outcomes):
            np.add.at(
                whole[hour], self.plan.group_ix[outcome.facts["ad_ix"]], outcome.facts[metric]
            )
        return whole


def tables(*, seed: int, accounts: int, ads: int) -> str:
    """Everything as Markdown: so many accounts of so many ads for each way to buy."""
    runs = {way: [a_day(way, seed + n, ads) for n in range(accounts)] for way in (*WAYS, *PACES)}
    return "\n".join(
        [
            f"A Monday in June, US, {accounts} accounts of {ads} ads a row, ${_dollars(WAYS[0])} a "
            f"group and day, seed {seed} (`manage.py calibrate`). Conversions and their value "
            "include those that become known later; CVR is of clicks, after clicks.",
            "",
            "| | CPM | CTR | CPC | CVR | 2 s | 6 s | 100 % | cost per result | ROAS |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *(_prices(way, runs[way]) for way in WAYS),
            "",
            *_budgets([run for way in WAYS for run in runs[way]]),
            "",
            "Worst gap between spend and supply over the day, by what a group's budget buys:",
            "",
            "| billed events a day and group | median | most |",
            "|---|---|---|",
            *(_pace(way, runs[way]) for way in PACES),
        ]
    )


def a_day(way: Way, seed: int, ads: int) -> Run:
    """From midnight to midnight, three ads a group."""
    groups = [
        GroupRow(
            key,
            1,
            ("US",),
            budget=way.budget,
            billing_event=way.billing_event,
            optimization_goal=way.goal,
        )
        for key in range(1, max(1, ads // ADS_A_GROUP) + 1)
    ]
    rows = [AdRow(place + 1, 1 + place % len(groups)) for place in range(ads)]
    account = AccountRow(seed, "USD", _MICROS, 0)
    plan = compile_plan(account, [CampaignRow(1, way.objective)], groups, rows)
    return Run(plan, list(_hours(plan)))


def _hours(plan: Plan) -> Iterator[Outcome]:
    state, active = State.empty(), np.ones(plan.size)
    for hour in range(HOURS):
        start = MONDAY + 3600 * hour
        outcome = simulate(plan, state, slot_start=start, active=active, spendable_micros=_WALLET)
        state = outcome.state
        yield outcome


def _prices(way: Way, runs: list[Run]) -> str:
    def total(metric: str) -> int:
        return sum(run.total(metric) for run in runs)

    def known(metric: str) -> int:
        return sum(run.with_late(metric) for run in runs)

    cost, shown, clicks = total("cost_micros") / 1e6, total("impressions"), total("clicks")
    conversions, value = known("conversions"), known("conversion_value_micros") / 1e6
    results = (conversions if way.result == "conversions" else total(way.result)) / way.per
    cells = [
        f"{1000 * cost / shown:.2f}",
        f"{clicks / shown:.2%}",
        f"{cost / clicks:.2f}",
        f"{(conversions - known('view_conversions')) / clicks:.1%}" if conversions else "",
        *(f"{total(each) / shown:.1%}" for each in ("watched_2s", "watched_6s", "views_p100")),
        f"{cost / results:.3g}",
        f"{value / cost:.1f}" if value else "",
    ]
    return " | ".join(["| " + way.name, *cells]).replace("%", " %") + " |"


def _budgets(runs: list[Run]) -> list[str]:
    """Per group, what was billed of the budget."""
    used = np.concatenate([run.by_group("spend").sum(axis=0) for run in runs]) / WAYS[0].budget
    median, least, most = (f"{part:.1%}".replace("%", " %") for part in _spread(used))
    return [
        "| budget used by a group | |",
        "|---|---|",
        f"| median | {median} |",
        f"| least | {least} |",
        f"| most | {most} |",
    ]


def _spread(values: Floats) -> tuple[float, float, float]:
    return float(np.median(values)), float(values.min()), float(values.max())


def _pace(way: Way, runs: list[Run]) -> str:
    gaps = np.concatenate([gap(run) for run in runs])
    events = sum(run.total(_BILLED[way.billing_event]) for run in runs) / len(gaps)
    number = f"{events:,.0f} {_BILLED[way.billing_event]}"
    median, _, most = (f"{part:.1%}".replace("%", " %") for part in _spread(gaps))
    return f"| {number} (${_dollars(way)}) | {median} | {most} |"


_BILLED = {"CPM": "impressions", "CPC": "clicks"}


def gap(run: Run) -> Floats:
    """Of each group: how far its share of the day's spend was off the supply's, at the worst."""
    plan = run.plan
    lasting = np.zeros(len(plan.group_key), np.bool_)
    hours = (
        LocalHour.at(MONDAY + 3600 * hour, plan.utc_offset_minutes)
        for hour in range(len(run.outcomes))
    )
    flow = np.array([supply(plan, hour, lasting).now for hour in hours]).cumsum(axis=0)
    spent = run.by_group("cost_micros").cumsum(axis=0)
    worst: Floats = np.abs(spent / np.maximum(spent[-1], 1) - flow / flow[-1]).max(axis=0)
    return worst


def _dollars(way: Way) -> int:
    return way.budget // 100
