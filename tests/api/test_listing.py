"""Lists: pages that end, filters by state, and rows cut to what was asked for."""

from datetime import datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from adaccounts.models import AdAccount
from tests.api.bodies import make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories import campaigns as factory


@pytest.fixture
def four(mia: Caller, advertiser_id: str) -> list[str]:
    """One on, one off, one deleted, one on in another objective; newest last."""
    ids = [
        make_campaign(mia, advertiser_id, campaign_name=name, **changes)["campaign_id"]
        for name, changes in (
            ("on", {}),
            ("off", {"operation_status": "DISABLE"}),
            ("gone", {}),
            ("reach", {"objective_type": "REACH"}),
        )
    ]
    mia.post(
        "campaign/status/update/",
        advertiser_id=advertiser_id,
        campaign_ids=[ids[2]],
        operation_status="DELETE",
    )
    return ids


def names(caller: Caller, advertiser_id: str, **params: Any) -> list[str]:
    found = caller.get("campaign/get/", advertiser_id=advertiser_id, **params)
    return [row["campaign_name"] for row in data_of(found)["list"]]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("filtering", "expected"),
    [
        ({}, ["reach", "off", "on"]),
        ({"primary_status": "STATUS_NOT_DELETE"}, ["reach", "off", "on"]),
        ({"primary_status": "STATUS_ALL"}, ["reach", "gone", "off", "on"]),
        ({"secondary_status": "CAMPAIGN_STATUS_ALL"}, ["reach", "gone", "off", "on"]),
        ({"secondary_status": "CAMPAIGN_STATUS_NOT_DELETE"}, ["reach", "off", "on"]),
        ({"primary_status": "STATUS_DELETE"}, ["gone"]),
        ({"primary_status": "STATUS_DISABLE"}, ["off"]),
        ({"secondary_status": "CAMPAIGN_STATUS_DISABLE"}, ["off"]),
        ({"primary_status": "STATUS_FROZEN"}, []),
        ({"objective_type": "REACH"}, ["reach"]),
        ({"campaign_name": "EA"}, ["reach"]),
        ({"buying_types": ["RESERVATION_RF"]}, []),
        ({"buying_types": ["AUCTION"], "is_smart_performance_campaign": "False"}, None),
        ({"campaign_type": "REGULAR_CAMPAIGN"}, ["reach", "off", "on"]),
        ({"campaign_type": "IOS14_CAMPAIGN"}, []),
        ({"creation_filter_start_time": "2026-11-02 15:00:01"}, []),
    ],
)
def test_campaigns_are_filtered(
    mia: Caller, advertiser_id: str, filtering: dict[str, Any], expected: list[str] | None
) -> None:
    expected = ["reach", "off", "on"] if expected is None else expected
    assert names(mia, advertiser_id, filtering=filtering) == expected


@pytest.mark.usefixtures("four")
def test_the_default_status_of_a_client_does_not_hide_what_it_asks_for(
    mia: Caller, advertiser_id: str
) -> None:
    both = {"primary_status": "STATUS_NOT_DELETE", "secondary_status": "CAMPAIGN_STATUS_DELETE"}

    assert names(mia, advertiser_id, filtering=both) == ["gone"]


@pytest.mark.usefixtures("four")
def test_an_unknown_status_is_a_mistake(mia: Caller, advertiser_id: str) -> None:
    wanted = {"primary_status": "STATUS_GREAT"}
    found = mia.get("campaign/get/", advertiser_id=advertiser_id, filtering=wanted)

    assert (found["code"], "primary_status" in found["message"]) == (40002, True)


@pytest.mark.usefixtures("four")
def test_pages_add_up_to_the_total_and_end(mia: Caller, advertiser_id: str) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        found = mia.get("campaign/get/", advertiser_id=advertiser_id, page=page, page_size=2)
        data = data_of(found)
        seen += [row["campaign_name"] for row in data["list"]]
        assert data["page_info"] == {
            "page": page,
            "page_size": 2,
            "total_number": 3,
            "total_page": 2,
        }

    assert seen == ["reach", "off", "on"]


def test_nothing_is_one_empty_page(mia: Caller, advertiser_id: str) -> None:
    data = data_of(mia.get("campaign/get/", advertiser_id=advertiser_id))

    assert data["list"] == []
    assert data["page_info"] == {"page": 1, "page_size": 10, "total_number": 0, "total_page": 1}


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("params", [{"page_size": 1001}, {"page_size": 0}, {"page": 0}])
def test_a_page_out_of_range_is_40002(
    mia: Caller, advertiser_id: str, params: dict[str, int]
) -> None:
    found = mia.get("campaign/get/", advertiser_id=advertiser_id, **params)

    assert (found["code"], next(iter(params)) in found["message"]) == (40002, True)


@pytest.mark.usefixtures("four")
def test_rows_are_cut_to_the_wanted_fields_and_nulls_left_out(
    mia: Caller, advertiser_id: str
) -> None:
    found = mia.get(
        "campaign/get/",
        advertiser_id=advertiser_id,
        fields=["campaign_id", "app_id", "never_heard_of"],
        exclude_field_types_in_response=["NULL_FIELD"],
    )

    assert {tuple(row) for row in data_of(found)["list"]} == {("campaign_id",)}


@pytest.mark.parametrize("primary", ["STATUS_NOT_DELETE", "STATUS_DELIVERY_OK"])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    mia: Caller,
    ad_account: AdAccount,
    at: datetime,
    primary: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        factory.make_tree(ad_account, at)
    params = {"advertiser_id": str(ad_account.pk), "filtering": {"primary_status": primary}}

    # The first call of an hour notes that the token and its person were here.
    data_of(mia.get("campaign/get/", **params))
    for path in ("campaign/get/", "adgroup/get/", "ad/get/"):
        with django_assert_max_num_queries(10):
            data_of(mia.get(path, **params))
