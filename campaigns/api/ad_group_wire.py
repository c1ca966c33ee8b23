"""An ad group's fields: names, units and kinds of the wire, and the services' input, both ways."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q
from rest_framework.serializers import IntegerField

from bizcenter.lib import money
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import (
    Amount,
    Choice,
    Id,
    Ids,
    Text,
    Texts,
    UtcTime,
    wire_time,
)

from ..models import (
    AdGroup,
    BidType,
    BillingEvent,
    BudgetMode,
    Campaign,
    Gender,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)
from ..services import AdGroupInput
from .endpoint import AccountParameters
from .listing import NodeFilter
from .locations import countries_at, location_ids
from .names import names
from .wire import bid_number, extra_fields, minor_units, number, row

WIRE_NAMES = {
    "name": "adgroup_name",
    "countries": "location_ids",
    "interests": "interest_category_ids",
    "click_window_days": "click_attribution_window",
    "view_window_days": "view_attribution_window",
    "frequency_cap": "frequency",
    "frequency_days": "frequency_schedule",
    "start_at": "schedule_start_time",
    "end_at": "schedule_end_time",
    "bid_micros": "bid_price (conversion_bid_price under OCPM)",
}
DEFAULTS = {
    "placement_type": "PLACEMENT_TYPE_NORMAL",
    "placements": ["PLACEMENT_TIKTOK"],
    "creative_material_mode": "CUSTOM",
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


def _word(words: Mapping[str, int], days: int) -> str:
    return next(word for word, number in words.items() if number == days)


class Changeable(AccountParameters):
    """What can be given at creation and changed later; all optional here."""

    adgroup_name = Text(required=False)
    location_ids = Ids(required=False, max_length=3000)
    age_groups = Texts(required=False)
    gender = Choice(Gender.values, required=False)
    languages = Texts(required=False)
    operating_systems = Texts(required=False)
    interest_category_ids = Texts(required=False)
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


_SAME = ("languages", "operating_systems", "age_groups", "gender", "schedule_type", "dayparting")
_RENAMED = {
    "adgroup_name": "name",
    "schedule_start_time": "start_at",
    "schedule_end_time": "end_at",
    "pacing": "pacing",
    "bid_type": "bid_type",
    "interest_category_ids": "interests",
    "frequency": "frequency_cap",
    "frequency_schedule": "frequency_days",
}
_WINDOWS = {
    "click_attribution_window": ("click_window_days", CLICK_WORDS),
    "view_attribution_window": ("view_window_days", VIEW_WORDS),
}
_LISTS = ("languages", "operating_systems", "age_groups", "interests")


def _given(params: Mapping[str, Any], *, currency: str, billing_event: str) -> dict[str, Any]:
    """The services' fields among the parameters that were sent."""
    found = {name: params[name] for name in _SAME if name in params}
    found |= {own: params[wire] for wire, own in _RENAMED.items() if wire in params}
    found |= {name: tuple(found[name]) for name in _LISTS if name in found}
    for wire, (own, words) in _WINDOWS.items():
        if wire in params:
            found[own] = words[params[wire]]
    if "location_ids" in params:
        found["countries"] = countries_at(params["location_ids"])
    if "budget" in params:
        found["budget"] = minor_units(params["budget"], currency)
    bid: Decimal | None = params.get(bid_field(billing_event))
    if bid is not None:
        found["bid_micros"] = money.to_micros(bid)
    return found


def bid_field(billing_event: str) -> str:
    return "conversion_bid_price" if billing_event == BillingEvent.OCPM else "bid_price"


def ad_group_input(
    params: Mapping[str, Any], raw: Mapping[str, Any], *, campaign: Campaign
) -> AdGroupInput:
    if "location_ids" not in params and raw.get("zipcode_ids"):
        raise ApiError(Code.UNSUPPORTED, "zipcode_ids: only location_ids of countries work here.")
    found = _given(
        params, currency=campaign.ad_account.currency, billing_event=params["billing_event"]
    )
    if campaign.is_budget_optimized:
        # The live product ignores what an ad group says about money under a shared budget.
        found |= {"budget": None, "pacing": Pacing.SMOOTH.value}
    if found.get("bid_micros"):
        found.setdefault("bid_type", BidType.CUSTOM.value)
    return AdGroupInput(
        **{"countries": (), **found},
        optimization_goal=params["optimization_goal"],
        billing_event=params["billing_event"],
        budget_mode=params["budget_mode"],
        operation_status=params["operation_status"],
        extra=extra_fields("adgroup", raw, modelled=AdGroupParameters().fields),
    )


def ad_group_changes(
    params: Mapping[str, Any], raw: Mapping[str, Any], *, ad_group: AdGroup
) -> dict[str, Any]:
    currency = ad_group.ad_account.currency
    changes = _given(params, currency=currency, billing_event=ad_group.billing_event)
    if ad_group.campaign.is_budget_optimized:
        changes = {k: v for k, v in changes.items() if k not in ("budget", "pacing")}
    if _lifts_the_cap(params, raw):
        changes |= {"frequency_cap": None, "frequency_days": None}
    if extra := extra_fields("adgroup", raw, modelled=AdGroupParameters().fields):
        changes["extra"] = extra
    return changes


def _lifts_the_cap(params: Mapping[str, Any], raw: Mapping[str, Any]) -> bool:
    names = ("frequency", "frequency_schedule")
    are_null = all(name in raw and raw[name] is None for name in names)
    return are_null or params.get("frequency") == 0


def ad_group_row(group: AdGroup, currency: str) -> dict[str, Any]:
    """The ad group with its `.status`."""
    own = {
        "advertiser_id": str(group.ad_account_id),
        "campaign_id": str(group.campaign_id),
        "campaign_name": group.campaign.name,
        "campaign_system_origin": "TT_ADS_PLATFORM",
        "adgroup_id": str(group.pk),
        "adgroup_name": group.name,
        "location_ids": location_ids(group.countries),
        "age_groups": group.age_groups or None,
        "gender": group.gender,
        "languages": group.languages or None,
        "operating_systems": group.operating_systems or None,
        "interest_category_ids": group.interests or None,
        "click_attribution_window": _word(CLICK_WORDS, group.click_window_days),
        "view_attribution_window": _word(VIEW_WORDS, group.view_window_days),
        "frequency": group.frequency_cap,
        "frequency_schedule": group.frequency_days,
        "budget_mode": group.budget_mode,
        "budget": number(group.budget or 0, currency),
        "schedule_type": group.schedule_type,
        "schedule_start_time": wire_time(group.start_at),
        "schedule_end_time": wire_time(group.end_at) if group.end_at else None,
        "dayparting": group.dayparting or None,
        "pacing": group.pacing,
        "billing_event": group.billing_event,
        "optimization_goal": group.optimization_goal,
        "bid_type": group.bid_type,
        "bid_price": None,
        "conversion_bid_price": None,
        bid_field(group.billing_event): bid_number(group.bid_micros),
        "operation_status": group.operation_status,
        "secondary_status": group.status.code,  # type: ignore[attr-defined]
        "is_new_structure": True,
        "is_smart_performance_campaign": False,
        "create_time": wire_time(group.created_at),
        "modify_time": wire_time(group.modified_at),
    }
    return row("adgroup", own, group.extra, DEFAULTS)
