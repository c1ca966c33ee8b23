"""An ad group's fields: names, units and kinds of the wire, and the services' input, both ways."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bizcenter.lib import money
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import wire_time

from ..models import AdGroup, BidType, BillingEvent, Campaign, Pacing
from ..services import AdGroupInput
from .actions_wire import actions_of, behaviours_in
from .ad_group_parameters import CLICK_WORDS, VIEW_WORDS, AdGroupParameters
from .locations import countries_at, location_ids
from .wire import bid_number, extra_fields, minor_units, number, row

DEFAULTS = {
    "placement_type": "PLACEMENT_TYPE_NORMAL",
    "placements": ["PLACEMENT_TIKTOK"],
    "creative_material_mode": "CUSTOM",
}
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


def _word(words: Mapping[str, int], days: int) -> str:
    return next(word for word, number in words.items() if number == days)


def _given(params: Mapping[str, Any], *, currency: str, billing_event: str) -> dict[str, Any]:
    """The services' fields among the parameters that were sent."""
    found = {name: params[name] for name in _SAME if name in params}
    found |= {own: params[wire] for wire, own in _RENAMED.items() if wire in params}
    found |= {name: tuple(found[name]) for name in _LISTS if name in found}
    for wire, (own, words) in _WINDOWS.items():
        if wire in params:
            found[own] = words[params[wire]]
    if "actions" in params:
        found["behaviours"] = behaviours_in(params["actions"])
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
        "actions": actions_of(group.behaviours) or None,
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
