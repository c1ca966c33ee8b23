"""What a report may be asked for, by whom, and what is refused."""

from typing import Any

import pytest

from accounts.models import User
from tests.api.asking import lines, of_ads, report
from tests.api.conftest import Caller
from tests.factories.accounts import Cast
from tests.factories.campaigns import Tree


@pytest.mark.parametrize(
    ("field", "kind", "wanted", "count"),
    [
        ("ad_name", "MATCH", "film", 1),
        ("ad_name", "MATCH", "poster", 0),
        ("campaign_name", "MATCH", "sal", 1),
        ("campaign_ids", "NOT_IN", '["7"]', 1),
        ("adgroup_ids", "IN", '["7"]', 0),
        ("objective_type", "IN", '["WEB_CONVERSIONS"]', 1),
        ("objective_type", "IN", ["REACH"], 0),
        ("buying_type", "IN", '["AUCTION"]', 1),
        ("spend", "GREATER_THAN", "9.99", 1),
        ("spend", "GREATER_THAN", "10", 0),
        ("clicks", "BETWEEN", '["1", "40"]', 1),
        ("ad_status", "IN", '["STATUS_NOT_DELIVERY"]', 1),
        ("ad_status", "IN", '["STATUS_DELIVERY_OK"]', 0),
    ],
)
def test_rows_are_filtered(
    mia: Caller, advertiser_id: str, sale: Tree, field: str, kind: str, wanted: Any, count: int
) -> None:
    condition = {"field_name": field, "filter_type": kind, "filter_value": wanted}

    for filtering in ([condition], condition):
        found = of_ads(mia, advertiser_id, "spend", filtering=filtering)
        assert len(lines(found)) == count


@pytest.mark.parametrize(
    ("changes", "code", "name"),
    [
        ({"metrics": ["spend", "glory"]}, 40002, "metrics"),
        ({"order_field": "glory"}, 40002, "metrics"),
        ({"dimensions": ["campaign_id", "colour"]}, 40002, "dimensions"),
        ({"dimensions": ["campaign_id", "ad_id"]}, 40002, "dimensions"),
        ({"dimensions": ["stat_time_day", "stat_time_hour"]}, 40002, "dimensions"),
        ({"dimensions": []}, 40002, "dimensions"),
        ({"dimensions": ["campaign_id", "country_code"]}, 40009, "dimensions"),
        ({"query_lifetime": True}, 40002, "dimensions"),
        ({"report_type": "CATALOG"}, 40009, "report_type"),
        ({"report_type": "DAILY"}, 40002, "report_type"),
        ({"data_level": None}, 40002, "data_level"),
        ({"data_level": "RESERVATION_AD"}, 40009, "data_level"),
        ({"start_date": None}, 40002, "start_date"),
        ({"start_date": "01.11.2026"}, 40002, "start_date"),
        ({"start_date": "2026-09-01"}, 40002, "end_date"),
        ({"end_date": "2026-10-31"}, 40002, "end_date"),
        ({"dimensions": ["ad_id", "stat_time_hour"]}, 40002, "end_date"),
        ({"dimensions": ["ad_id"], "start_date": "2025-01-01"}, 40002, "end_date"),
        ({"page_size": 1001}, 40002, "page_size"),
        ({"advertiser_id": None}, 40002, "advertiser_id"),
        ({"advertiser_id": "7000000000000000001"}, 40001, "No permission"),
        ({"filtering": [{"field_name": "colour"}]}, 40002, "filtering"),
    ],
)
def test_what_cannot_be_reported_is_refused_by_name(
    mia: Caller, advertiser_id: str, changes: dict[str, Any], code: int, name: str
) -> None:
    found = report(mia, advertiser_id, **changes)

    assert found["code"] == code
    assert found["message"].startswith(name)


def test_a_stranger_gets_no_report(caller_of: Any, cast: Cast, advertiser_id: str) -> None:
    def answers(person: User) -> int:
        return report(caller_of(person), advertiser_id)["code"]

    expected = {"ben": 0, "mia": 0, "ana": 0, "carl": 0, "fay": 40001, "tom": 40001}
    assert {name: answers(cast.everyone[name]) for name in expected} == expected
