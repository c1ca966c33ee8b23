"""Books kept by the tests themselves: what was spent, by whom, on which day and in which week."""

from __future__ import annotations

from collections import Counter

from campaigns.delivery.plan import NO_LIMIT, Outcome, Plan

Key = tuple[str, int, tuple[str, int] | None]


def calendar(plan: Plan, slot: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """The local day, and the local week from Sunday."""
    day = (slot + 60 * plan.utc_offset_minutes) // 86_400
    return ("day", day), ("week", (day + 4) // 7)


class Checkbook:
    """Costs (micros) and bills (minor units) of groups and campaigns: of a day, a week, in all."""

    def __init__(self) -> None:
        self.cost: Counter[Key] = Counter()
        self.bill: Counter[Key] = Counter()
        self.hour: Counter[tuple[str, int]] = Counter()  # what the last hour cost
        self.hour_bill: Counter[tuple[str, int]] = Counter()

    def enter(self, plan: Plan, slot: int, outcome: Outcome) -> None:
        self.hour.clear()
        self.hour_bill.clear()
        for fact in outcome.facts:
            group = int(plan.group_ix[fact["ad_ix"]])
            campaign = int(plan.campaign_ix[group])
            cost, bill = int(fact["cost_micros"]), int(fact["spend"])
            for owner in (
                ("group", int(plan.group_key[group])),
                ("campaign", int(plan.campaign_key[campaign])),
            ):
                self.hour[owner] += cost
                self.hour_bill[owner] += bill
                for when in (*calendar(plan, slot), None):
                    self.cost[*owner, when] += cost
                    self.bill[*owner, when] += bill

    def check(self, plan: Plan, slot: int) -> None:
        """After an hour that cost or billed anything, everything so far is within every cap as it
        stands now: so a budget cut below what was spent gets nothing more."""
        for place, key in enumerate(plan.group_key.tolist()):
            daily, lifetime = plan.group_daily_micros[place], plan.group_lifetime_micros[place]
            self._check(plan, ("group", key), slot, int(daily), int(lifetime))
        for place, key in enumerate(plan.campaign_key.tolist()):
            daily, lifetime = (
                plan.campaign_daily_micros[place], plan.campaign_lifetime_micros[place],
            )  # fmt: skip
            self._check(plan, ("campaign", key), slot, int(daily), int(lifetime))

    def _check(
        self, plan: Plan, owner: tuple[str, int], slot: int, daily: int, lifetime: int
    ) -> None:
        day, week = calendar(plan, slot)
        caps = {None: lifetime, day: daily}
        if plan.over_delivery and daily < NO_LIMIT:
            caps = {None: lifetime, day: daily * 5 // 4, week: 7 * daily}
        for when, cap in caps.items():
            if self.hour[owner]:
                assert self.cost[*owner, when] <= cap, (owner, when)
            if self.hour_bill[owner]:
                assert self.bill[*owner, when] * plan.micros_per_minor <= cap, (owner, when)
