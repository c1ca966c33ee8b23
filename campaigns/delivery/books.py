"""The state laid open beside a plan: arrays in the plan's order, and the way back into a State."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campaigns.delivery import learning
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.pacing import Room
from campaigns.delivery.plan import NO_LIMIT, PLACE, Ints, Plan, Rows
from campaigns.delivery.state import (
    AdLedger,
    BudgetLedger,
    Pending,
    ProgressLedger,
    State,
    lookup,
    merge,
)

# Over-delivery, where it is switched on: parts of a daily budget in a day, and budgets in a week.
_OVER, _WEEK = (5, 4), 7
# A frequency cap is planned as if half of the people could be found within its days.
_FOUND = 2


@dataclass(frozen=True, eq=False)
class Books:
    """What the state says of the plan's ads, groups and campaigns in the hour."""

    plan: Plan
    hour: LocalHour
    state: State  # as it came, or as it leaves
    ads: AdLedger  # plan order, as are the others
    groups: BudgetLedger
    campaigns: BudgetLedger
    progress: ProgressLedger
    pending: Pending  # of the state, without what has become known

    @cached_property
    def carry(self) -> Ints:
        """Accrued but unbilled micros, per ad."""
        return self.ads.accrued_micros % self.plan.micros_per_minor

    @cached_property
    def opening(self) -> Ints:
        """The carry of ads that have not cost anything today: not yet booked as used."""
        return np.where(self.ads.opened_day == self.hour.day, 0, self.carry)

    @cached_property
    def group_room(self) -> Room:
        return self._room(
            self.groups, self.plan.group_daily_micros, self.plan.group_lifetime_micros
        )

    @cached_property
    def campaign_room(self) -> Room:
        return self._room(
            self.campaigns, self.plan.campaign_daily_micros, self.plan.campaign_lifetime_micros
        )

    @cached_property
    def frequency_room(self) -> Ints:
        """Impressions that a group's frequency cap leaves for its present days; NO_LIMIT without
        one."""
        cap, people = self.plan.group_frequency, self.plan.people
        left = np.maximum(cap * people // _FOUND - self.progress.block_impressions, 0)
        return np.where(cap > 0, left, NO_LIMIT)

    @cached_property
    def unseen(self) -> np.ndarray:
        """Part of each group's people that its frequency cap still lets see it."""
        whole = self.plan.group_frequency * self.plan.people // _FOUND
        return np.where(
            self.plan.group_frequency > 0, self.frequency_room / np.maximum(whole, 1), 1.0
        )

    def _room(self, ledger: BudgetLedger, daily: Ints, lifetime: Ints) -> Room:
        in_all = lifetime - ledger.total_micros
        if not self.plan.over_delivery:
            return Room(daily - ledger.used_day_micros, in_all)
        bounded = np.minimum(daily, NO_LIMIT // 8)
        today = bounded * _OVER[0] // _OVER[1] - ledger.used_day_micros
        week = bounded * _WEEK - ledger.used_week_micros
        over = np.minimum(today, week)
        return Room(np.where(daily < NO_LIMIT, over, daily - ledger.used_day_micros), in_all)


def open_books(plan: Plan, state: State, hour: LocalHour) -> Books:
    """Look up the plan's rows; what is new starts at nothing, a new day at nothing used."""
    progress, pending = learning.known(plan, state, hour)
    return Books(
        plan=plan,
        hour=hour,
        state=state,
        ads=_present(lookup(state.ads, plan.ordinal), plan.revision),
        groups=_today(lookup(state.groups, plan.group_key), plan.group_daily_micros, hour),
        campaigns=_today(
            lookup(state.campaigns, plan.campaign_key), plan.campaign_daily_micros, hour
        ),
        progress=progress,
        pending=pending,
    )


def close_books(books: Books, live: Ints, counts: Ints, late: Rows) -> Books:
    """The books after an hour with these counts [metric of plan.METRICS, live ad]."""
    plan = books.plan

    def per_ad(name: str) -> Ints:
        column: Ints = counts[PLACE[name]]
        if len(live) == plan.size:  # they are in the plan's order
            return column
        whole = np.zeros(plan.size, np.int64)
        whole[live] = column
        return whole

    cost, impressions = per_ad("cost_micros"), per_ad("impressions")
    used, billed = cost + np.where(cost > 0, books.opening, 0), per_ad("spend")
    ads = AdLedger(
        key=plan.ordinal,
        accrued_micros=books.ads.accrued_micros + cost,
        opened_day=np.where(cost > 0, books.hour.day, books.ads.opened_day),
        impressions=books.ads.impressions + impressions,
        revision=plan.revision,
    )
    by_group = [sums(plan.group_ix, money, len(plan.group_key)) for money in (used, cost, billed)]
    by_campaign = [sums(plan.campaign_ix, money, len(plan.campaign_key)) for money in by_group]
    groups, campaigns = _spent(books.groups, *by_group), _spent(books.campaigns, *by_campaign)
    shown = sums(plan.group_ix, impressions, len(plan.group_key))
    results = sums(plan.group_ix, per_ad("conversions"), len(plan.group_key))
    progress = learning.move_on(books.progress, books.hour, shown, results)
    pending = learning.wait(plan, books.progress, books.pending, late)
    state = State(
        merge(books.state.ads, ads),
        merge(books.state.groups, groups),
        merge(books.state.campaigns, campaigns),
        merge(books.state.progress, progress),
        pending,
    )
    return Books(plan, books.hour, state, ads, groups, campaigns, progress, pending)


def sums(index: Ints, values: Ints, size: int) -> Ints:
    """Exact integer sums by index."""
    total = np.zeros(size, np.int64)
    np.add.at(total, index, values)
    return total


def _spent(ledger: BudgetLedger, used: Ints, cost: Ints, billed: Ints) -> BudgetLedger:
    return BudgetLedger(
        key=ledger.key,
        day=ledger.day,
        used_day_micros=ledger.used_day_micros + used,
        total_micros=ledger.total_micros + cost,
        week=ledger.week,
        used_week_micros=ledger.used_week_micros + used,
        billed_day_minor=ledger.billed_day_minor + billed,
        highest_day_micros=ledger.highest_day_micros,
    )


def _today(ledger: BudgetLedger, daily: Ints, hour: LocalHour) -> BudgetLedger:
    same_day, same_week = ledger.day == hour.day, ledger.week == hour.week
    return BudgetLedger(
        key=ledger.key,
        day=np.full_like(ledger.key, hour.day),
        used_day_micros=np.where(same_day, ledger.used_day_micros, 0),
        total_micros=ledger.total_micros,
        week=np.full_like(ledger.key, hour.week),
        used_week_micros=np.where(same_week, ledger.used_week_micros, 0),
        billed_day_minor=np.where(same_day, ledger.billed_day_minor, 0),
        highest_day_micros=np.maximum(np.where(same_day, ledger.highest_day_micros, 0), daily),
    )


def _present(ads: AdLedger, revision: Ints) -> AdLedger:
    """A new creative is fresh: nobody has seen it."""
    fresh = ads.revision != revision
    return AdLedger(
        ads.key,
        ads.accrued_micros,
        ads.opened_day,
        np.where(fresh, 0, ads.impressions),
        revision,
    )
