"""What a client can say about an ad group, and how it asks for ad groups."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from rest_framework.serializers import IntegerField, ListField

from bizcenter.lib.open_api.fields import Amount, Choice, Id, Ids, Text, Texts, UtcTime

from ..models import (
    BidType,
    BillingEvent,
    BudgetMode,
    Gender,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)
from .actions_wire import ActionParameters
from .endpoint import AccountParameters
from .listing import NodeFilter
from .names import names

WIRE_NAMES = {
    "name": "adgroup_name",
    "countries": "location_ids",
    "interests": "interest_category_ids",
    "behaviours": "actions",
    "click_window_days": "click_attribution_window",
    "view_window_days": "view_attribution_window",
    "frequency_cap": "frequency",
    "frequency_days": "frequency_schedule",
    "start_at": "schedule_start_time",
    "end_at": "schedule_end_time",
    "bid_micros": "bid_price (conversion_bid_price under OCPM)",
}
LOOKUPS = {
    "campaign_ids": "campaign__in",
    "adgroup_ids": "pk__in",
    "adgroup_name": "name__icontains",
    "objective_type": "campaign__objective",
    "optimization_goal": "optimization_goal",
    "promotion_type": "extra__promotion_type",
    "billing_events": "billing_event__in",
    "creation_filter_start_time": "created_at__gte",
    "creation_filter_end_time": "created_at__lte",
}
CLICK_WORDS = {"ONE_DAY": 1, "SEVEN_DAYS": 7, "FOURTEEN_DAYS": 14, "TWENTY_EIGHT_DAYS": 28}
VIEW_WORDS = {"OFF": 0, "ONE_DAY": 1, "SEVEN_DAYS": 7}


class Changeable(AccountParameters):
    """What can be given at creation and changed later; all optional here."""

    adgroup_name = Text(required=False)
    location_ids = Ids(required=False, max_length=3000)
    age_groups = Texts(required=False)
    gender = Choice(Gender.values, required=False)
    languages = Texts(required=False)
    operating_systems = Texts(required=False)
    interest_category_ids = Texts(required=False)
    actions = ListField(child=ActionParameters(), required=False)
    click_attribution_window = Choice(CLICK_WORDS, documented=("OFF",), required=False)
    view_attribution_window = Choice(VIEW_WORDS, required=False)
    frequency = IntegerField(required=False, min_value=1)
    frequency_schedule = IntegerField(required=False, min_value=1)
    budget = Amount(required=False)
    schedule_type = Choice(ScheduleType.values, required=False)
    schedule_start_time = UtcTime(required=False)
    schedule_end_time = UtcTime(required=False)
    dayparting = Text(required=False)
    pacing = Choice(Pacing.values, required=False)
    bid_type = Choice(BidType.values, required=False)
    bid_price = Amount(required=False)
    conversion_bid_price = Amount(required=False)


class AdGroupParameters(Changeable):
    campaign_id = Id()
    adgroup_name = Text()
    billing_event = Choice(BillingEvent.values, documented=("OCPC", "GD"))
    optimization_goal = Choice(OptimizationGoal.values, documented=names("other_goals"))
    budget_mode = Choice(
        BudgetMode.values,
        documented=["BUDGET_MODE_DYNAMIC_DAILY_BUDGET"],
        default=BudgetMode.DAY.value,
    )
    schedule_type = Choice(ScheduleType.values)
    operation_status = Choice(("ENABLE", "DISABLE"), default="ENABLE")
    request_id = Id(required=False)


class AdGroupUpdateParameters(Changeable):
    """A `frequency` of 0 takes the cap away, and so do nulls for both: as rows without one read."""

    adgroup_id = Id()
    frequency = IntegerField(required=False, min_value=0)
    frequency_schedule = IntegerField(required=False, min_value=0)


class AdGroupFilter(NodeFilter):
    adgroup_ids = Ids(required=False)
    adgroup_name = Text(required=False)
    optimization_goal = Text(required=False)
    promotion_type = Text(required=False)
    bid_strategy = Text(required=False)
    creative_material_mode = Text(required=False)
    billing_events = Texts(required=False)


def bid_strategy_condition(wanted: Mapping[str, Any]) -> Q:
    """The wire's four words for bid control, and the one creative mode there is."""
    if wanted.get("creative_material_mode", "CUSTOM") != "CUSTOM":
        return Q(pk__in=[])
    custom, is_ocpm = Q(bid_type=BidType.CUSTOM), Q(billing_event=BillingEvent.OCPM)
    return {
        "BID_STRATEGY_COST_CAP": custom & is_ocpm,
        "BID_STRATEGY_BID_CAP": custom & ~is_ocpm,
        "BID_STRATEGY_MAX_CONVERSION": ~custom & is_ocpm,
        "BID_STRATEGY_LOWEST_COST": ~custom & ~is_ocpm,
    }.get(wanted.get("bid_strategy", ""), Q())
