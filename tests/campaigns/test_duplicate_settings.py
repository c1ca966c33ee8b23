"""A duplicated ad group has every setting of the one it was made from, whatever there will be."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import NOT_PROVIDED

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup
from tests.factories.campaigns import make_ad_group, make_campaign

DAY = timedelta(days=1)
# What a copy does not take over: who and when it is, and what delivery found out.
OF_ITS_OWN = {
    "id", "ad_account", "campaign", "version", "created_at", "modified_at", "learning_epoch",
    "exhausted_on",
}  # fmt: skip


def everything_set(at: datetime) -> dict[str, Any]:
    return {
        "name": "Everything set",
        "operation_status": "DISABLE",
        "extra": {"pixel_id": "7000000000000000001"},
        "countries": ("US", "DE"),
        "age_groups": ("AGE_18_24", "AGE_25_34"),
        "gender": "GENDER_FEMALE",
        "languages": ("en", "de"),
        "operating_systems": ("IOS",),
        "interests": ("15", "26"),
        "behaviours": ("LIKED:7:15", "FOLLOWING:0:26"),
        "budget_mode": "BUDGET_MODE_TOTAL",
        "budget": 900_00,
        "schedule_type": "SCHEDULE_START_END",
        "start_at": at + 5 * DAY,
        "end_at": at + 15 * DAY,
        "dayparting": "01" * 168,
        "pacing": "PACING_MODE_FAST",
        "optimization_goal": "REACH",
        "bid_type": "BID_TYPE_CUSTOM",
        "bid_micros": 2_500_000,
        "click_window_days": 28,
        "view_window_days": 0,
        "frequency_cap": 3,
        "frequency_days": 7,
    }


def test_a_copy_keeps_all_settings(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at, objective="REACH")
    group = make_ad_group(campaign, at, **everything_set(at))
    group.refresh_from_db()

    copy = services.duplicate_campaign(campaign=campaign, actor=None, at=at).ad_groups.get()

    fields = [each for each in AdGroup._meta.concrete_fields if each.name not in OF_ITS_OWN]
    assert len(fields) > 20
    for field in fields:
        unset = None if field.default is NOT_PROVIDED else field.get_default()
        assert getattr(group, field.name) != unset, f"{field.name}: set it in this story"
        assert getattr(copy, field.name) == getattr(group, field.name), field.name
    assert (copy.campaign.name, copy.version, copy.learning_epoch) == ("Autumn sale (copy)", 1, 0)
