"""An ad group made or changed on the page is the one that the Business API makes of the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from accounts.services import issue_access_token
from adaccounts.models import AdAccount
from campaigns.models import AdGroup
from tests.api.bodies import GERMANY, US
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_campaign

from .test_edit import filled, page_of

OFFICE = ("00" * 9 + "11" * 8 + "00" * 7) * 5 + "00" * 48
PAGE: dict[str, Any] = {
    "name": "Women in two countries",
    "countries": ["US", "DE"],
    "age_groups": ["AGE_18_24", "AGE_25_34"],
    "gender": "GENDER_FEMALE",
    "operating_systems": ["IOS"],
    "languages": ["de", "en"],
    "interests": ["22", "28"],
    "did": ["LIKED", "SHARED"],
    "about": ["26"],
    "within": "7",
    "click_window_days": "28",
    "view_window_days": "0",
    "frequency_cap": "3",
    "frequency_days": "7",
    "optimization_goal": "REACH",
    "bid_type": "BID_TYPE_CUSTOM",
    "bid_micros": "2.50",
    "budget_mode": "BUDGET_MODE_TOTAL",
    "budget": "900",
    "schedule_type": "SCHEDULE_START_END",
    "start_at": "2026-11-03T09:00",
    "end_at": "2026-11-10T18:00",
    "hours": [f"{day}-{hour}" for day in range(5) for hour in range(9, 17)],
    "pacing": "PACING_MODE_FAST",
    "form_token": "both",
}
API: dict[str, Any] = {
    "adgroup_name": "Women in two countries",
    "location_ids": [str(US), str(GERMANY)],
    "age_groups": ["AGE_18_24", "AGE_25_34"],
    "gender": "GENDER_FEMALE",
    "operating_systems": ["IOS"],
    "languages": ["de", "en"],
    "interest_category_ids": ["22", "28"],
    "actions": [
        {
            "action_scene": "VIDEO_RELATED",
            "action_period": 7,
            "video_user_actions": ["LIKED", "SHARED"],
            "action_category_ids": ["26"],
        }
    ],
    "click_attribution_window": "TWENTY_EIGHT_DAYS",
    "view_attribution_window": "OFF",
    "frequency": 3,
    "frequency_schedule": 7,
    "optimization_goal": "REACH",
    "billing_event": "CPM",
    "bid_type": "BID_TYPE_CUSTOM",
    "bid_price": 2.5,
    "budget_mode": "BUDGET_MODE_TOTAL",
    "budget": 900,
    "schedule_type": "SCHEDULE_START_END",
    "dayparting": OFFICE,
    "pacing": "PACING_MODE_FAST",
}
OF_ITS_OWN = {"id", "version", "created_at", "modified_at", "learning_epoch"}


def settings(group: AdGroup) -> dict[str, Any]:
    """Every column that is not the row's own; lists are sets."""
    group.refresh_from_db()
    found = {
        field.attname: getattr(group, field.attname)
        for field in AdGroup._meta.concrete_fields
        if field.attname not in OF_ITS_OWN
    }
    return {k: sorted(v) if isinstance(v, list) else v for k, v in found.items()}


def _utc(ad_account: AdAccount, local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ad_account.zone).astimezone(UTC)


def test_both_make_and_change_the_same(
    mia: Client,
    cast: Cast,
    step: Callable[..., str],
    ad_account: AdAccount,
    at: datetime,
) -> None:
    campaign = make_campaign(ad_account, at, objective="REACH")
    caller = Caller(issue_access_token(user=cast.mia, at=at))
    account = {"advertiser_id": str(ad_account.pk)}
    times = {
        wire: f"{_utc(ad_account, PAGE[name]):%Y-%m-%d %H:%M:%S}"
        for wire, name in (("schedule_start_time", "start_at"), ("schedule_end_time", "end_at"))
    }

    answer = mia.post(step("ad_group", campaign=campaign.pk), PAGE)
    assert answer.status_code == 302, answer.context["form"].errors
    by_page = AdGroup.objects.get()
    data_of(caller.post("adgroup/create/", **account, campaign_id=campaign.pk, **API, **times))
    by_api = AdGroup.objects.exclude(pk=by_page.pk).get()

    assert settings(by_page) == settings(by_api)

    address = page_of(by_page)
    changes = {
        "countries": ["CA"], "languages": [], "interests": ["10"], "behaviours": [],
        "frequency_cap": "", "frequency_days": "", "bid_type": "BID_TYPE_NO_BID",
        "bid_micros": "", "budget": "1000", "hours": [], "click_window_days": "1",
    }  # fmt: skip
    assert mia.post(address, filled(mia, address, **changes)).status_code == 302
    wire = {
        "location_ids": ["6251999"], "languages": [], "interest_category_ids": ["10"],
        "actions": [], "frequency": 0, "bid_type": "BID_TYPE_NO_BID", "budget": 1000,
        "dayparting": "", "click_attribution_window": "ONE_DAY",
    }  # fmt: skip
    data_of(caller.post("adgroup/update/", **account, adgroup_id=by_api.pk, **wire))

    assert settings(by_page) == settings(by_api)
    assert by_page.learning_epoch == by_api.learning_epoch == 1
    assert (by_page.countries, by_page.behaviours, by_page.frequency_cap) == (["CA"], [], None)
