"""A tool makes, reads and changes ad groups: places, money, times and bids in the wire's terms."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns.api.names import names
from campaigns.models import AdGroup
from tests.api.bodies import GERMANY, US, ad_group_body, make_ad_group, make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account


@pytest.fixture
def campaign_id(mia: Caller, advertiser_id: str) -> str:
    return make_campaign(mia, advertiser_id)["campaign_id"]


def test_an_ad_group_is_made_and_read_back_as_documented(
    mia: Caller, advertiser_id: str, campaign_id: str
) -> None:
    row = make_ad_group(
        mia,
        advertiser_id,
        campaign_id,
        location_ids=[US, str(GERMANY)],
        age_groups=["AGE_18_24"],
        gender="GENDER_FEMALE",
        placement_type="PLACEMENT_TYPE_AUTOMATIC",
        brand_safety_type="NO_BRAND_SAFETY",
    )

    group = AdGroup.objects.get()
    assert (group.countries, group.budget) == (["US", "DE"], 10_000)
    assert set(row) == set(names("adgroup"))
    assert row["location_ids"] == [str(US), str(GERMANY)]
    assert (row["campaign_name"], row["budget"]) == ("Autumn sale", 100.0)
    assert row["placement_type"] == "PLACEMENT_TYPE_AUTOMATIC"
    assert row["brand_safety_type"] == "NO_BRAND_SAFETY"
    assert row["pixel_id"] is None
    assert row["secondary_status"] == "ADGROUP_STATUS_CREATE"


def test_times_of_a_schedule_are_utc(mia: Caller, advertiser_id: str, campaign_id: str) -> None:
    times = {
        "schedule_start_time": "2026-11-03 12:00:00",
        "schedule_end_time": "2026-11-09 12:00:00",
    }
    row = make_ad_group(
        mia, advertiser_id, campaign_id, schedule_type="SCHEDULE_START_END", **times
    )

    assert AdGroup.objects.get().start_at == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert {name: row[name] for name in times} == times


def test_a_client_whose_clock_is_not_the_practice_clock_can_still_run_from_now(
    mia: Caller, advertiser_id: str, campaign_id: str, at: datetime
) -> None:
    make_ad_group(mia, advertiser_id, campaign_id, schedule_start_time="2025-01-01 00:00:00")

    assert AdGroup.objects.get().start_at == at


@pytest.mark.parametrize(
    ("goal", "billing", "objective", "field"),
    [
        ("CLICK", "CPC", "TRAFFIC", "bid_price"),
        ("CONVERT", "OCPM", "WEB_CONVERSIONS", "conversion_bid_price"),
    ],
)
def test_a_bid_is_given_and_shown_in_the_field_of_its_billing(
    mia: Caller, advertiser_id: str, goal: str, billing: str, objective: str, field: str
) -> None:
    campaign = make_campaign(mia, advertiser_id, objective_type=objective)
    row = make_ad_group(
        mia,
        advertiser_id,
        campaign["campaign_id"],
        optimization_goal=goal,
        billing_event=billing,
        **{field: 1.25},
    )

    other = {"bid_price", "conversion_bid_price"} - {field}
    assert AdGroup.objects.get().bid_micros == 1_250_000
    assert (row["bid_type"], row[field], row[other.pop()]) == ("BID_TYPE_CUSTOM", 1.25, None)


def test_under_a_shared_budget_what_an_ad_group_says_about_money_is_ignored(
    mia: Caller, advertiser_id: str
) -> None:
    shared = {"budget_mode": "BUDGET_MODE_DAY", "budget": 100, "budget_optimize_on": True}
    campaign = make_campaign(mia, advertiser_id, **shared)

    row = make_ad_group(
        mia, advertiser_id, campaign["campaign_id"], budget=1, pacing="PACING_MODE_FAST"
    )

    assert (row["budget"], row["pacing"]) == (0.0, "PACING_MODE_SMOOTH")


def test_yen_have_no_decimals(mia: Caller, cast: Cast, ad_account: AdAccount, at: datetime) -> None:
    account = make_ad_account(ad_account.business_center, cast.mia, at, "JPY")
    campaign = make_campaign(mia, str(account.pk))

    row = make_ad_group(mia, str(account.pk), campaign["campaign_id"], budget=2500)

    assert (AdGroup.objects.get().budget, row["budget"]) == (2500, 2500)
    body = ad_group_body(
        advertiser_id=str(account.pk), campaign_id=campaign["campaign_id"], budget=2500.5
    )
    assert mia.post("adgroup/create/", **body)["message"].startswith("budget: JPY")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"adgroup_name": ""}, "adgroup_name"),
        ({"location_ids": []}, "location_ids"),
        ({"location_ids": ["5128638"]}, "location_ids"),
        ({"budget": 19}, "budget"),
        ({"billing_event": "CPM"}, "billing_event"),
        ({"bid_price": 100}, "bid_price"),
        ({"schedule_type": "SCHEDULE_START_END"}, "schedule_end_time"),
        ({"schedule_start_time": "tomorrow"}, "schedule_start_time"),
        ({"dayparting": "0101"}, "dayparting"),
        ({"age_groups": ["AGE_1_2"]}, "age_groups"),
    ],
)
def test_a_mistake_is_named_as_on_the_wire(
    mia: Caller, advertiser_id: str, campaign_id: str, changes: dict[str, Any], name: str
) -> None:
    body = ad_group_body(advertiser_id=advertiser_id, campaign_id=campaign_id, **changes)
    found = mia.post("adgroup/create/", **body)

    assert found["code"] == 40002
    assert found["message"].startswith(name)


def test_an_update_changes_what_it_names(mia: Caller, advertiser_id: str, campaign_id: str) -> None:
    made = make_ad_group(mia, advertiser_id, campaign_id, bid_price=1)
    body = {
        "advertiser_id": advertiser_id,
        "adgroup_id": made["adgroup_id"],
        "budget": 150,
        "bid_price": 1.5,
        "location_ids": [GERMANY],
        "schedule_start_time": made["schedule_start_time"],
        "automated_keywords_enabled": False,
    }

    row = data_of(mia.post("adgroup/update/", **body))

    changed = {name for name in row if row[name] != made[name]}
    sent = {"budget", "bid_price", "location_ids", "automated_keywords_enabled"}
    assert changed - {"modify_time"} == sent
    assert (row["budget"], row["bid_price"], row["location_ids"]) == (150, 1.5, [str(GERMANY)])


def test_bid_strategies_are_told_apart(mia: Caller, advertiser_id: str, campaign_id: str) -> None:
    capped = make_ad_group(mia, advertiser_id, campaign_id, bid_price=1)
    free = make_ad_group(mia, advertiser_id, campaign_id)

    for strategy, row in (("BID_CAP", capped), ("LOWEST_COST", free)):
        wanted = {"bid_strategy": f"BID_STRATEGY_{strategy}"}
        found = mia.get("adgroup/get/", advertiser_id=advertiser_id, filtering=wanted)
        assert [each["adgroup_id"] for each in data_of(found)["list"]] == [row["adgroup_id"]]


def test_a_schedule_that_has_ended_shows_as_done(
    mia: Caller, advertiser_id: str, campaign_id: str, at: datetime
) -> None:
    made = make_ad_group(mia, advertiser_id, campaign_id)
    AdGroup.objects.update(start_at=at - timedelta(days=2), end_at=at - timedelta(days=1))

    wanted = {"primary_status": "STATUS_TIME_DONE"}
    found = mia.get("adgroup/get/", advertiser_id=advertiser_id, filtering=wanted)

    (row,) = data_of(found)["list"]
    assert (row["adgroup_id"], row["secondary_status"]) == (
        made["adgroup_id"],
        "ADGROUP_STATUS_TIME_DONE",
    )
