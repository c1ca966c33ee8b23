"""The state laid open beside a plan: arrays in the plan's order, and the way back into a State."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigns.delivery.pacing import Room
from campaigns.delivery.plan import Ints, Plan
from campaigns.delivery.state import AdLedger, BudgetLedger, State, lookup, merge


@dataclass(frozen=True, eq=False)
class Books:
    """What the state says of the plan's ads, groups and campaigns on local day `day`."""

    plan: Plan
    day: int
    state: State  # as it came, or as it leaves
    ads: AdLedger  # plan order, as are the others
    groups: BudgetLedger
    campaigns: BudgetLedger

    @cached_property
    def carry(self) -> Ints:
        """Accrued but unbilled micros, per ad."""
        return self.ads.accrued_micros % self.plan.micros_per_minor

    @cached_property
    def opening(self) -> Ints:
        """The carry of ads that have not cost anything today: not yet booked as used."""
        return np.where(self.ads.opened_day == self.day, 0, self.carry)

    @cached_property
    def group_room(self) -> Room:
        daily, lifetime = self.plan.group_daily_micros, self.plan.group_lifetime_micros
        return Room(daily - self.groups.used_day_micros, lifetime - self.groups.total_micros)

    @cached_property
    def campaign_room(self) -> Room:
        daily, lifetime = self.plan.campaign_daily_micros, self.plan.campaign_lifetime_micros
        return Room(daily - self.campaigns.used_day_micros, lifetime - self.campaigns.total_micros)


def open_books(plan: Plan, state: State, day: int) -> Books:
    """Look up the plan's rows; what is new starts at nothing, a new day at nothing used."""
    return Books(
        plan=plan,
        day=day,
        state=state,
        ads=lookup(state.ads, plan.ordinal),
        groups=_today(lookup(state.groups, plan.group_key), day),
        campaigns=_today(lookup(state.campaigns, plan.campaign_key), day),
    )


def close_books(books: Books, cost: Ints, impressions: Ints, conversions: Ints) -> Books:
    """The books after an hour in which each ad of the plan cost and got this."""
    plan, paid = books.plan, cost > 0
    used = cost + np.where(paid, books.opening, 0)
    ads = AdLedger(
        key=plan.ordinal,
        accrued_micros=books.ads.accrued_micros + cost,
        opened_day=np.where(paid, books.day, books.ads.opened_day),
        impressions=books.ads.impressions + impressions,
        conversions=books.ads.conversions + conversions,
    )
    groups = _spent(books.groups, plan.group_ix, used, cost)
    campaigns = _spent(books.campaigns, plan.campaign_ix[plan.group_ix], used, cost)
    state = State(
        merge(books.state.ads, ads),
        merge(books.state.groups, groups),
        merge(books.state.campaigns, campaigns),
    )
    return Books(plan, books.day, state, ads, groups, campaigns)


def sums(index: Ints, values: Ints, size: int) -> Ints:
    """Exact integer sums by index."""
    total = np.zeros(size, np.int64)
    np.add.at(total, index, values)
    return total


def _spent(ledger: BudgetLedger, index: Ints, used: Ints, cost: Ints) -> BudgetLedger:
    size = len(ledger.key)
    return BudgetLedger(
        key=ledger.key,
        day=ledger.day,
        used_day_micros=ledger.used_day_micros + sums(index, used, size),
        total_micros=ledger.total_micros + sums(index, cost, size),
    )


def _today(ledger: BudgetLedger, day: int) -> BudgetLedger:
    used = np.where(ledger.day == day, ledger.used_day_micros, 0)
    return BudgetLedger(ledger.key, np.full_like(ledger.key, day), used, ledger.total_micros)
