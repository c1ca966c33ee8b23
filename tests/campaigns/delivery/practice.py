"""Small practice accounts for the engine's tests, and a way to let them run for hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.engine import simulate
from campaigns.delivery.plan import METRICS, Outcome, Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow
from campaigns.delivery.state import State

HOUR = 3600
DAY = 24 * HOUR
MONDAY = 1_748_822_400  # 2 June 2025, 00:00 UTC
RICH = 10**15  # a wallet that never matters, micros
CONVERTED = ("conversions", "conversion_value_micros", "view_conversions")


def group(key: int = 1, **settings: object) -> GroupRow:
    """An ad group of campaign 1 in the US with 100.00 a day, unless told otherwise."""
    usual: dict[str, object] = {"campaign_key": 1, "countries": ("US",), "budget": 10_000}
    return GroupRow(key=key, **{**usual, **settings})  # type: ignore[arg-type]


def account(
    groups: list[GroupRow] | None = None,
    campaigns: list[CampaignRow] | None = None,
    ads: list[AdRow] | None = None,
    *,
    seed: int = 11,
    currency: str = "USD",
    utc_offset_minutes: int = 0,
    over_delivery: bool = False,
) -> Plan:
    """A compiled account: by default one traffic campaign, one group, two ads a group."""
    groups = groups or [group()]
    campaigns = campaigns or [CampaignRow(1, "TRAFFIC")]
    if ads is None:
        ads = [AdRow(2 * i + j + 1, g.key) for i, g in enumerate(groups) for j in range(2)]
    per_minor = 1_000_000 if currency in ("JPY", "KRW") else 10_000
    row = AccountRow(seed, currency, per_minor, utc_offset_minutes, over_delivery)
    return compile_plan(row, campaigns, groups, ads)


@dataclass
class Run:
    """What an account did so far; `step` runs one more hour."""

    plan: Plan
    start: int = MONDAY
    wallet_micros: int = RICH
    state: State = field(default_factory=State.empty)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def now(self) -> int:
        return self.start + HOUR * len(self.outcomes)

    def step(self, active: np.ndarray | float = 1.0, plan: Plan | None = None) -> Outcome:
        """One hour; the wallet pays what is billed. `plan`: the account after an edit."""
        self.plan = plan or self.plan
        share = np.full(self.plan.size, active) if np.isscalar(active) else active
        outcome = simulate(
            self.plan,
            self.state,
            slot_start=self.now,
            active=share,
            spendable_micros=self.wallet_micros,
        )
        self.state = outcome.state
        self.wallet_micros -= outcome.spend * self.plan.micros_per_minor
        self.outcomes.append(outcome)
        return outcome

    def hours(self, count: int, active: np.ndarray | float = 1.0) -> Run:
        for _ in range(count):
            self.step(active)
        return self

    def total(self, metric: str, *, first: int = 0, last: int | None = None) -> int:
        """Sum of a metric over hours first to last; conversions with those that come later."""
        return int(self.per_ad(metric, first=first, last=last).sum())

    def per_ad(self, metric: str, *, first: int = 0, last: int | None = None) -> np.ndarray:
        """The same per ad, in plan order."""
        total = np.zeros(self.plan.size, np.int64)
        for outcome in self.outcomes[first:last]:
            total[outcome.facts["ad_ix"]] += outcome.facts[metric]
            if metric in CONVERTED:
                np.add.at(total, outcome.late["ad_ix"], outcome.late[metric])
        return total

    def by_hour(self, metric: str) -> np.ndarray:
        return np.array([o.facts[metric].sum() for o in self.outcomes])

    def totals(self) -> dict[str, int]:
        return {metric: self.total(metric) for metric in METRICS}


def average(runs: Iterator[Run], read: Callable[[Run], float]) -> float:
    """Mean of a reading over several runs."""
    values = [read(run) for run in runs]
    return sum(values) / len(values)
