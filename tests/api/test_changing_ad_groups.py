"""Changing ad groups and finding them again; and how mistakes in them are named."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from campaigns.models import AdGroup
from tests.api.bodies import GERMANY, ad_group_body, make_ad_group, make_campaign
from tests.api.conftest import Caller, data_of


@pytest.fixture
def campaign_id(mia: Caller, advertiser_id: str) -> str:
    return make_campaign(mia, advertiser_id)["campaign_id"]


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


@pytest.mark.parametrize(
    "wish",
    [
        {"frequency": 0},
        {"frequency": 0, "frequency_schedule": 0},
        {"frequency": None, "frequency_schedule": None},
    ],
)
def test_a_frequency_cap_can_be_taken_away(
    mia: Caller, advertiser_id: str, wish: dict[str, Any]
) -> None:
    capped = make_capped(mia, advertiser_id)
    body = {"advertiser_id": advertiser_id, "adgroup_id": capped["adgroup_id"], **wish}

    row = data_of(mia.post("adgroup/update/", **body))

    group = AdGroup.objects.get()
    assert (group.frequency_cap, group.frequency_days) == (None, None)
    assert (row["frequency"], row["frequency_schedule"]) == (None, None)


@pytest.mark.parametrize(
    "wish",
    [{}, {"frequency": None}, {"frequency_schedule": None}, {"frequency": ""}],
)
def test_a_frequency_cap_that_is_not_named_stays(
    mia: Caller, advertiser_id: str, wish: dict[str, Any]
) -> None:
    capped = make_capped(mia, advertiser_id)
    body = {"advertiser_id": advertiser_id, "adgroup_id": capped["adgroup_id"], **wish}

    row = data_of(mia.post("adgroup/update/", **body, adgroup_name="Renamed"))

    assert (row["adgroup_name"], row["frequency"], row["frequency_schedule"]) == ("Renamed", 2, 7)


def test_half_a_cap_is_refused(mia: Caller, advertiser_id: str) -> None:
    capped = make_capped(mia, advertiser_id)
    body = {"advertiser_id": advertiser_id, "adgroup_id": capped["adgroup_id"]}

    found = mia.post("adgroup/update/", **body, frequency_schedule=0)

    assert found["code"] == 40002
    assert found["message"].startswith("frequency_schedule: Count the times over 1 to 30 days")
    assert AdGroup.objects.get().frequency_days == 7


def make_capped(mia: Caller, advertiser_id: str) -> dict[str, Any]:
    """Shown to a person twice in seven days at most."""
    reach = make_campaign(mia, advertiser_id, objective_type="REACH")
    goal = {"optimization_goal": "REACH", "billing_event": "CPM"}
    cap = {"frequency": 2, "frequency_schedule": 7}
    return make_ad_group(mia, advertiser_id, reach["campaign_id"], **goal, **cap)
