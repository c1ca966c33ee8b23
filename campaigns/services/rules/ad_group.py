"""An ad group's rules together: what follows from the rest is filled in, the rest is checked."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from adaccounts.models import AdAccount

from ...models import BidType, Campaign, OperationStatus, OptimizationGoal, ScheduleType
from ...queries import suitability
from ..errors import InvalidInput
from ..inputs import AdGroupInput
from . import behaviours, bidding, budgets, counting, schedules, targeting, texts


def normal_ad_group(
    data: AdGroupInput, *, campaign: Campaign, at: datetime, started_at: datetime | None = None
) -> AdGroupInput:
    """The input with everything filled in that follows from the rest.

    `started_at`: when an ad group that runs continuously began; None for a new one.
    """
    earliest = at if started_at is None else min(started_at, at)
    changes: dict[str, Any] = {
        "name": data.name.strip(),
        "dayparting": schedules.normal_dayparting(data.dayparting),
    }
    if not data.billing_event and data.optimization_goal in OptimizationGoal.values:
        changes["billing_event"] = str(suitability.billing_for(data.optimization_goal))
    if data.schedule_type == ScheduleType.FROM_NOW:
        changes |= {"start_at": max(data.start_at or at, earliest), "end_at": None}
    elif data.start_at is None:
        changes["start_at"] = at
    if campaign.is_budget_optimized:
        changes |= {"budget_mode": campaign.budget_mode, "budget": None}
    if data.bid_type == BidType.NO_BID:
        changes["bid_micros"] = None
    return replace(data, **changes)


def check_ad_group(
    data: AdGroupInput,
    *,
    campaign: Campaign,
    account: AdAccount,
    at: datetime,
    changed: frozenset[str] | None = None,
) -> None:
    """Raises InvalidInput for the first rule the (normal) ad group breaks.

    `changed`: the fields an edit touches; None for a new ad group.
    """
    texts.check_name(data.name)
    if data.operation_status not in (OperationStatus.ENABLE, OperationStatus.DISABLE):
        raise InvalidInput("A new ad group is on or off.", field="operation_status")
    targeting.check_targeting(
        countries_wanted=data.countries,
        age_groups=data.age_groups,
        gender=data.gender,
        languages_wanted=data.languages,
        operating_systems=data.operating_systems,
    )
    targeting.check_interests(data.interests)
    behaviours.check_behaviours(data.behaviours)
    counting.check_windows(click_days=data.click_window_days, view_days=data.view_window_days)
    counting.check_frequency(
        cap=data.frequency_cap, days=data.frequency_days, goal=data.optimization_goal
    )
    bidding.check_goal(
        objective=campaign.objective,
        goal=data.optimization_goal,
        billing_event=data.billing_event,
    )
    bidding.check_pacing(pacing=data.pacing, is_budget_optimized=campaign.is_budget_optimized)
    _check_schedule(data, at=at, changed=changed)
    _check_money(data, campaign=campaign, currency=account.currency)


def _check_schedule(data: AdGroupInput, *, at: datetime, changed: frozenset[str] | None) -> None:
    assert data.start_at is not None
    schedules.check_schedule_type(
        schedule_type=data.schedule_type, budget_mode=data.budget_mode, end_at=data.end_at
    )
    schedules.check_times(
        start_at=data.start_at,
        end_at=data.end_at,
        at=at,
        start_is_new=changed is None or "start_at" in changed,
        end_is_new=changed is None or "end_at" in changed,
    )
    schedules.check_dayparting(data.dayparting)


def _check_money(data: AdGroupInput, *, campaign: Campaign, currency: str) -> None:
    budgets.check_group_modes(
        mode=data.budget_mode,
        campaign_mode=campaign.budget_mode,
        is_budget_optimized=campaign.is_budget_optimized,
    )
    if not campaign.is_budget_optimized:
        assert data.start_at is not None
        days = budgets.scheduled_days(data.start_at, data.end_at) if data.end_at else 1
        budgets.check_group_budget(
            mode=data.budget_mode, budget=data.budget, days=days, currency=currency
        )
    bidding.check_bid(
        bid_type=data.bid_type,
        bid_micros=data.bid_micros,
        goal=data.optimization_goal,
        budget=campaign.budget if campaign.is_budget_optimized else data.budget,
        currency=currency,
    )
