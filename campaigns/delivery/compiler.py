"""From the marketer's rows to a Plan: product words become rates, prices and audiences.

Compiling costs about as much as two hours of delivery; a caller that runs many hours keeps the
plan until something is edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import creatives, goals, market, places
from campaigns.delivery.creatives import GroupRates
from campaigns.delivery.plan import FOREVER, NO_LIMIT, BidControl, Bools, Ints, Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow


def compile_plan(
    account: AccountRow,
    campaigns: Sequence[CampaignRow],
    groups: Sequence[GroupRow],
    ads: Sequence[AdRow],
) -> Plan:
    """The account as arrays; rows come in any order, the plan's ads in the order of `ads`.

    KeyError for a currency, country, objective or goal the practice market does not know.
    """
    campaign_at = {row.key: place for place, row in enumerate(campaigns)}
    group_at = {row.key: place for place, row in enumerate(groups)}
    units = market.UNITS_PER_USD[account.currency]
    tastes, where = places.find(groups, units)
    rates = [
        _rates(row, campaigns[campaign_at[row.campaign_key]], units, taste)
        for row, *taste in zip(groups, tastes.ctr.tolist(), tastes.cvr.tolist(), strict=True)
    ]
    group_ix = _ints(group_at[row.group_key] for row in ads)
    made = creatives.make(account.seed, ads, group_ix, rates)
    return Plan(
        seed=account.seed,
        micros_per_minor=account.micros_per_minor,
        utc_offset_minutes=account.utc_offset_minutes,
        group_ix=group_ix,
        **made,
        bid_micros=_ints(row.bid_micros or 0 for row in groups)[group_ix],
        bid_control=_ints(map(_bid_control, groups))[group_ix].astype(np.int8),
        group_key=_ints(row.key for row in groups),
        campaign_ix=_ints(campaign_at[row.campaign_key] for row in groups),
        **_budgets("group", groups, account),
        group_start=_ints(row.start for row in groups),
        group_end=_ints(FOREVER if row.end is None else row.end for row in groups),
        group_hours=_hours(groups),
        group_fast=np.array([row.pacing == "PACING_MODE_FAST" for row in groups], np.bool_),
        group_worth=_worth(made["split_weight"], group_ix, tastes.price),
        **_rules(groups),
        **where._asdict(),
        campaign_key=_ints(row.key for row in campaigns),
        **_budgets("campaign", campaigns, account),
        campaign_cbo=np.array([row.is_budget_optimized for row in campaigns], np.bool_),
        over_delivery=account.over_delivery,
    )


def _rates(
    row: GroupRow, campaign: CampaignRow, units: float, taste: Sequence[float]
) -> GroupRates:
    """What a group's objective, goal, billing event and people mean for its ads."""
    ctr, cvr = taste
    objective = goals.OBJECTIVES[campaign.objective]
    goal = goals.GOALS[goals.sought(row.billing_event, row.optimization_goal)]
    tracked = objective.tracked if row.is_tracked is None else row.is_tracked
    return GroupRates(
        billing_event=row.billing_event,
        goal=goal,
        ctr=goals.CTR * objective.ctr * goal.ctr * ctr,
        cvr=objective.cvr * goal.cvr * cvr if tracked else 0.0,
        value=objective.value * goal.value * units * 1e6,
        fixed_cpm=row.fixed_cpm_micros or 0,
    )


def _bid_control(row: GroupRow) -> BidControl:
    """A custom bid caps the cost per result under oCPM, and the bid itself otherwise."""
    if row.bid_type != "BID_TYPE_CUSTOM" or not row.bid_micros:
        return BidControl.NONE
    return BidControl.COST_CAP if row.billing_event == "OCPM" else BidControl.BID_CAP


def _budgets(
    owner: str, rows: Sequence[CampaignRow] | Sequence[GroupRow], account: AccountRow
) -> dict[str, Any]:
    """The plan's columns of daily and lifetime micros."""

    def of(mode: str) -> Ints:
        return _ints(
            NO_LIMIT
            if row.budget is None or row.budget_mode != mode
            else min(row.budget * account.micros_per_minor, NO_LIMIT)
            for row in rows
        )

    return {
        f"{owner}_daily_micros": of("BUDGET_MODE_DAY"),
        f"{owner}_lifetime_micros": of("BUDGET_MODE_TOTAL"),
    }


def _rules(groups: Sequence[GroupRow]) -> dict[str, Any]:
    """The plan's columns of windows, caps, learning and split tests."""
    tests = sorted({row.split.key for row in groups if row.split is not None})
    return {
        "group_epoch": _ints(row.learning_epoch for row in groups),
        "group_click_days": _ints(row.click_window_days for row in groups),
        "group_view_days": _ints(row.view_window_days for row in groups),
        "group_frequency": _ints(row.frequency_cap or 0 for row in groups),
        "group_frequency_days": _ints(row.frequency_days or 1 for row in groups),
        "group_split": _ints(
            0 if row.split is None else 1 + tests.index(row.split.key) for row in groups
        ),
    }


def _hours(groups: Sequence[GroupRow]) -> Bools:
    """Dayparting as [group, weekday, half hour]; ValueError unless empty or 336 signs."""
    hours = np.ones((len(groups), 336), np.bool_)
    for place, row in enumerate(groups):
        if row.dayparting:
            hours[place] = np.frombuffer(row.dayparting.encode(), np.uint8) == ord("1")
    return hours.reshape(len(groups), 7, 48)


def _worth(score: Ints, group_ix: Ints, price: NDArray[np.float64]) -> Ints:
    """Results for the money, relative: the mean score of a group's ads over its market's price."""
    number = np.bincount(group_ix, minlength=len(price))
    total = np.zeros(len(price), np.int64)
    np.add.at(total, group_ix, score)
    return np.maximum(np.rint(total / np.maximum(number, 1) / price), 1.0).astype(np.int64)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
