"""Parameters as real clients send them: JSON text, True and False, bodies of GETs, and plenty."""

import json
from typing import Any

import pytest

from tests.api.bodies import make_campaign
from tests.api.conftest import Caller, data_of


def names(caller: Caller, advertiser_id: str, **params: Any) -> list[str]:
    found = caller.get("campaign/get/", advertiser_id=advertiser_id, **params)
    return [row["campaign_name"] for row in data_of(found)["list"]]


def test_unknown_parameters_are_ignored_and_spaces_do_not_matter(
    mia: Caller, advertiser_id: str
) -> None:
    make_campaign(mia, advertiser_id, campaign_name="reach")
    make_campaign(mia, advertiser_id, campaign_name="sales")
    filtering = '{\n  "campaign_name":\t"reach", "colour": "blue" }'

    assert names(mia, advertiser_id, filtering=filtering, filters="[1", lifetime="x") == ["reach"]


@pytest.mark.parametrize("said", ["True", "true", "TRUE", "1", "False", "false", "0"])
def test_booleans_come_in_any_case(mia: Caller, advertiser_id: str, said: str) -> None:
    make_campaign(mia, advertiser_id)

    found = mia.get(
        "report/integrated/get/",
        advertiser_id=advertiser_id,
        report_type="BASIC",
        data_level="AUCTION_CAMPAIGN",
        dimensions=["campaign_id"],
        query_lifetime="True",
        enable_total_metrics=said,
    )

    assert bool(data_of(found)["total_metrics"]) is (said.lower() in ("true", "1"))


def test_a_nonsense_in_json_text_is_named(mia: Caller, advertiser_id: str) -> None:
    found = mia.get("campaign/get/", advertiser_id=advertiser_id, filtering="{oops")

    assert (found["code"], found["message"].startswith("filtering")) == (40002, True)


def test_ten_thousand_characters_of_parameters_are_read(mia: Caller, advertiser_id: str) -> None:
    found = mia.get("campaign/get/", advertiser_id=advertiser_id, fields=["campaign_id"] * 800)

    assert data_of(found)["list"] == []


def test_empty_values_count_as_not_sent(mia: Caller, advertiser_id: str) -> None:
    make_campaign(mia, advertiser_id)

    assert len(names(mia, advertiser_id, page="", filtering="", fields="")) == 1


def test_a_get_takes_its_parameters_as_a_json_body_too(mia: Caller, advertiser_id: str) -> None:
    make_campaign(mia, advertiser_id)
    body = json.dumps({"advertiser_id": advertiser_id, "page_size": 1})

    response = mia.http.generic(
        "GET", "/open_api/v1.3/campaign/get/", body, "application/json", **mia.header
    )

    assert len(data_of(response.json())["list"]) == 1


def test_a_get_that_says_json_and_has_no_body_is_read(mia: Caller, advertiser_id: str) -> None:
    response = mia.http.generic(
        "GET",
        "/open_api/v1.3/campaign/get",
        "",
        "application/json",
        QUERY_STRING=f"advertiser_id={advertiser_id}&page_size=5",
        **mia.header,
    )

    assert data_of(response.json())["page_info"]["page_size"] == 5
