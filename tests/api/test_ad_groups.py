"""A tool makes, reads and changes ad groups: places, money, times and bids in the wire's terms."""

from datetime import UTC, datetime

import pytest

from adaccounts.models import AdAccount
from campaigns.api.names import names
from campaigns.models import AdGroup
from tests.api.bodies import GERMANY, US, ad_group_body, make_ad_group, make_campaign
from tests.api.conftest import Caller
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


def test_who_is_addressed_how_often_and_what_counts_is_read_back(
    mia: Caller, advertiser_id: str
) -> None:
    campaign = make_campaign(mia, advertiser_id, objective_type="REACH")
    row = make_ad_group(
        mia,
        advertiser_id,
        campaign["campaign_id"],
        optimization_goal="REACH",
        billing_event="CPM",
        interest_category_ids=["15", "26"],
        click_attribution_window="TWENTY_EIGHT_DAYS",
        view_attribution_window="OFF",
        frequency=2,
        frequency_schedule=7,
    )

    group = AdGroup.objects.get()
    assert group.interests == ["15", "26"]
    assert (group.click_window_days, group.view_window_days) == (28, 0)
    assert (group.frequency_cap, group.frequency_days) == (2, 7)
    assert row["interest_category_ids"] == ["15", "26"]
    assert row["click_attribution_window"] == "TWENTY_EIGHT_DAYS"
    assert row["view_attribution_window"] == "OFF"
    assert (row["frequency"], row["frequency_schedule"]) == (2, 7)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"click_attribution_window": "OFF"}, 40009, "click_attribution_window"),
        ({"click_attribution_window": "TWO_DAYS"}, 40002, "click_attribution_window"),
        ({"view_attribution_window": "FOURTEEN_DAYS"}, 40002, "view_attribution_window"),
        ({"frequency": 0, "frequency_schedule": 7}, 40002, "frequency"),
        ({"frequency": 3, "frequency_schedule": 7}, 40002, "frequency"),  # not for reach
        ({"frequency": "often"}, 40002, "frequency"),
    ],
)
def test_windows_and_caps_that_do_not_go_are_refused_by_name(
    mia: Caller, advertiser_id: str, campaign_id: str, changes: dict, code: int, field: str
) -> None:
    body = ad_group_body(advertiser_id=advertiser_id, campaign_id=campaign_id, **changes)
    answer = mia.post("adgroup/create/", **body)

    assert answer["code"] == code
    assert field in answer["message"]
    assert not AdGroup.objects.exists()
