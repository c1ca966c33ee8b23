"""Metrics that describe the object of a row rather than count: names, settings, ids."""

from collections.abc import Callable, Mapping
from typing import Any

from adaccounts.models import AdAccount
from bizcenter.lib import money
from campaigns.models import Ad, AdFormat, AdGroup, BidType, BillingEvent, Campaign

from .metrics import DASH

Getter = Callable[[Any], Any]


def _budget(node: Campaign | AdGroup) -> str:
    return str(money.to_decimal(node.budget or 0, node.ad_account.currency))


def _bid_strategy(group: AdGroup) -> str:
    is_ocpm = group.billing_event == BillingEvent.OCPM
    if group.bid_type == BidType.CUSTOM:
        return "BID_STRATEGY_COST_CAP" if is_ocpm else "BID_STRATEGY_BID_CAP"
    return "BID_STRATEGY_MAX_CONVERSION" if is_ocpm else "BID_STRATEGY_LOWEST_COST"


def _bid(group: AdGroup) -> str:
    return str(money.micros_to_decimal(group.bid_micros or 0, 2))


_ACCOUNT: Mapping[str, Getter] = {
    "advertiser_name": lambda account: account.name,
    "advertiser_id": lambda account: account.pk,
    "currency": lambda account: account.currency,
    "timezone": lambda account: account.timezone,
}
_CAMPAIGN: Mapping[str, Getter] = {
    "campaign_name": lambda campaign: campaign.name,
    "campaign_id": lambda campaign: campaign.pk,
    "objective_type": lambda campaign: campaign.objective,
    "campaign_budget": _budget,
    "app_promotion_type": lambda campaign: campaign.extra.get("app_promotion_type"),
    "split_test": lambda campaign: "false",
}
_AD_GROUP: Mapping[str, Getter] = {
    "adgroup_name": lambda group: group.name,
    "adgroup_id": lambda group: group.pk,
    "placement_type": lambda group: group.extra.get("placement_type", "PLACEMENT_TYPE_NORMAL"),
    "promotion_type": lambda group: group.extra.get("promotion_type"),
    "budget": _budget,
    "smart_target": lambda group: group.optimization_goal,
    "billing_event": lambda group: group.billing_event,
    "bid_strategy": _bid_strategy,
    "bid": _bid,
}
_AD: Mapping[str, Getter] = {
    "ad_name": lambda ad: ad.name,
    "ad_id": lambda ad: ad.pk,
    "ad_id_v2": lambda ad: ad.pk,
    "ad_text": lambda ad: ad.text,
    "ad_url": lambda ad: ad.landing_page_url,
    "call_to_action": lambda ad: ad.call_to_action,
    "video_id": lambda ad: ad.creative_id if ad.ad_format == AdFormat.VIDEO else None,
    "file_name": lambda ad: ad.creative.name,
    "identity_id": lambda ad: ad.extra.get("identity_id"),
    "is_aco": lambda ad: "false",
    "is_smart_creative": lambda ad: "false",
}
ATTRIBUTES = frozenset({*_ACCOUNT, *_CAMPAIGN, *_AD_GROUP, *_AD})
_LEVELS = (
    (_ACCOUNT, AdAccount, "ad_account"),
    (_CAMPAIGN, Campaign, "campaign"),
    (_AD_GROUP, AdGroup, "ad_group"),
    (_AD, Ad, "ad"),
)


def attribute(name: str, node: Any) -> str:
    """The attribute of the object or of one above it; a dash for what lies below."""
    for getters, model, name_below in _LEVELS:
        if name in getters:
            owner = node if isinstance(node, model) else getattr(node, name_below, None)
            found = None if owner is None else getters[name](owner)
            return DASH if found in (None, "") else str(found)
    return DASH
