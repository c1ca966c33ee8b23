"""Ad groups made when interests, windows and caps were only kept get them as settings."""

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup
from tests.factories.campaigns import make_ad_group, make_campaign

KEPT = {
    "languages": ["en", "es"],
    "interest_category_ids": ["15", 26],
    "click_attribution_window": "TWENTY_EIGHT_DAYS",
    "view_attribution_window": "OFF",
    "frequency": 2,
    "frequency_schedule": "7",
    "pixel_id": "7000000000000000001",
}
USUAL: dict[str, Any] = {
    "languages": [], "interests": [], "click_window_days": 7, "view_window_days": 1,
    "frequency_cap": None, "frequency_days": None,
}  # fmt: skip


def move() -> None:
    import_module("campaigns.migrations.0013_settings_leave_extra").move(apps, None)


def keep(group: AdGroup, extra: dict[str, Any], **columns: Any) -> None:
    """As the ad group stood before."""
    AdGroup.objects.filter(pk=group.pk).update(extra=extra, **columns)


def settings(group: AdGroup) -> dict[str, Any]:
    group.refresh_from_db()
    return {name: getattr(group, name) for name in USUAL}


@pytest.fixture
def group(ad_account: AdAccount, at: datetime) -> AdGroup:
    campaign = make_campaign(ad_account, at, objective="REACH")
    return make_ad_group(campaign, at, optimization_goal="REACH")


def test_what_was_only_kept_becomes_a_setting_once(group: AdGroup, at: datetime) -> None:
    keep(group, KEPT)
    before = group.version

    move()

    assert settings(group) == {
        "languages": ["en", "es"], "interests": ["15", "26"], "click_window_days": 28,
        "view_window_days": 0, "frequency_cap": 2, "frequency_days": 7,
    }  # fmt: skip
    assert group.extra == {"pixel_id": "7000000000000000001"}
    assert group.version == before + 1  # delivery reads it afresh

    services.update_ad_group(
        ad_group=group, changes={"frequency_cap": 5}, expected_version=None, actor=None, at=at
    )
    move()
    assert settings(group)["frequency_cap"] == 5


def test_the_audience_is_counted_again(group: AdGroup, at: datetime) -> None:
    keep(group, {"interest_category_ids": ["15", "26"]})

    move()

    group.refresh_from_db()
    same = make_ad_group(group.campaign, at, optimization_goal="REACH", interests=("15", "26"))
    assert group.audience_size == same.audience_size


def test_what_was_set_since_stays(group: AdGroup) -> None:
    since = {
        "languages": ["de"], "interests": ["10"], "click_window_days": 1, "view_window_days": 7,
        "frequency_cap": 9, "frequency_days": 30,
    }  # fmt: skip
    keep(group, KEPT, **since)

    move()

    assert settings(group) == since
    assert set(group.extra) == {"pixel_id"}


@pytest.mark.parametrize(
    "extra",
    [
        {"frequency": 2},
        {"frequency": 0, "frequency_schedule": 7},
        {"frequency": "often", "frequency_schedule": 7},
        {"frequency": 3, "frequency_schedule": 31},
        {"click_attribution_window": "OFF", "view_attribution_window": ["ONE_DAY"]},
        {"interest_category_ids": "15", "languages": ["klingon", ""]},
        {"interest_category_ids": [{"id": 15}, "x" * 41]},
    ],
)
def test_what_never_went_is_dropped_and_the_ad_group_can_be_edited(
    group: AdGroup, at: datetime, extra: dict[str, Any]
) -> None:
    keep(group, extra)

    move()

    assert settings(group) == USUAL
    assert group.extra == {}
    services.update_ad_group(
        ad_group=group, changes={"name": "Renamed"}, expected_version=None, actor=None, at=at
    )


def test_a_cap_stays_off_where_the_goal_has_none(ad_account: AdAccount, at: datetime) -> None:
    clicks = make_ad_group(make_campaign(ad_account, at), at)
    keep(clicks, {"frequency": 2, "frequency_schedule": 7})

    move()

    assert settings(clicks) == USUAL
