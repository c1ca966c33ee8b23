"""What tools send: the smallest bodies that make a campaign, an ad group and an ad."""

from typing import Any

from tests.api.conftest import Caller, data_of

US, GERMANY = 6252001, 2921044


def campaign_body(**changes: Any) -> dict[str, Any]:
    usual = {
        "campaign_name": "Autumn sale",
        "objective_type": "TRAFFIC",
        "budget_mode": "BUDGET_MODE_INFINITE",
    }
    return {**usual, **changes}


def ad_group_body(**changes: Any) -> dict[str, Any]:
    usual = {
        "adgroup_name": "Everybody",
        "location_ids": [str(US)],
        "budget_mode": "BUDGET_MODE_DAY",
        "budget": 100,
        "schedule_type": "SCHEDULE_FROM_NOW",
        "schedule_start_time": "2026-11-02 15:00:00",
        "optimization_goal": "CLICK",
        "billing_event": "CPC",
        "pacing": "PACING_MODE_SMOOTH",
    }
    return {**usual, **changes}


def creative_body(video: int, /, **changes: Any) -> dict[str, Any]:
    usual = {
        "ad_name": "Film",
        "ad_format": "SINGLE_VIDEO",
        "video_id": str(video),
        "identity_type": "CUSTOMIZED_USER",
        "identity_id": "7000000000000000001",
        "display_name": "Northwind",
        "ad_text": "Coats for the first cold day",
        "call_to_action": "SHOP_NOW",
        "landing_page_url": "https://northwind.example/sale",
    }
    return {**usual, **changes}


def make_campaign(caller: Caller, advertiser_id: str, **changes: Any) -> dict[str, Any]:
    body = campaign_body(advertiser_id=advertiser_id, **changes)
    return data_of(caller.post("campaign/create/", **body))


def make_ad_group(
    caller: Caller, advertiser_id: str, campaign_id: str, **changes: Any
) -> dict[str, Any]:
    body = ad_group_body(advertiser_id=advertiser_id, campaign_id=campaign_id, **changes)
    return data_of(caller.post("adgroup/create/", **body))
