"""What a report may be asked for, and what is refused."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from adaccounts.models import AdAccount
from reporting.api.metrics import kinds
from tests.api.conftest import Caller, data_of
from tests.api.facts import close_days, hour
from tests.api.test_report import MONDAY, lines, report
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import Tree, make_ad_group, make_tree


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    """A campaign with one sale worth 20 dollars in an hour of the open day."""
    found = make_tree(
        ad_account,
        at,
        campaign={"name": "Sales", "objective": "WEB_CONVERSIONS"},
        ad={"name": "Film A"},
    )
    sold = {"conversions": 2, "conversion_value_micros": 20_000_000}
    hour(found.ad, MONDAY, 0, impressions=3000, clicks=40, spend=1000, watched_2s=7, **sold)
    close_days(found.ad, open_day=MONDAY)
    return found


def of_ads(caller: Caller, advertiser_id: str, *metrics: str, **changes: Any) -> dict[str, Any]:
    usual = {"data_level": "AUCTION_AD", "dimensions": ["ad_id"], "metrics": list(metrics)}
    return report(caller, advertiser_id, **{**usual, **changes})


def test_every_metric_of_the_live_product_has_a_value(
    mia: Caller, advertiser_id: str, tree: Tree
) -> None:
    names = sorted(kinds())
    assert len(names) > 800

    found = of_ads(mia, advertiser_id, *names)

    (row,) = data_of(found)["list"]
    assert list(row["metrics"]) == names
    assert all(isinstance(value, str) and value for value in row["metrics"].values())


def test_metrics_are_texts_made_from_the_sums(mia: Caller, advertiser_id: str, tree: Tree) -> None:
    expected = {
        "spend": "10.00",
        "cpc": "0.25",
        "cpm": "3.33",
        "ctr": "1.33",
        "conversion": "2",
        "cost_per_conversion": "5.00",
        "conversion_rate": "5.00",
        "result": "2",
        "video_watched_2s": "7",
        "complete_payment": "2",
        "total_complete_payment_rate": "20.00",
        "complete_payment_roas": "2.00",
        "app_install": "0",
        "purchase": "0",
        "cost_per_purchase": "0.00",
        "reach": "-",
        "tt_app_name": "-",
        "campaign_name": "Sales",
        "ad_name": "Film A",
        "currency": "USD",
        "budget": "100.00",
        "smart_target": "CONVERT",
    }

    (row,) = data_of(of_ads(mia, advertiser_id, *expected))["list"]

    assert row["metrics"] == expected


def test_results_of_different_goals_are_not_added_up(
    mia: Caller, advertiser_id: str, tree: Tree, at: datetime
) -> None:
    other = make_ad_group(tree.campaign, at, optimization_goal="CLICK")
    tree.ad.pk, tree.ad.ad_group_id = 7, other.pk
    hour(tree.ad, MONDAY, 1, impressions=10, clicks=5, spend=9)

    by = {"dimensions": ["campaign_id"], "metrics": ["result", "clicks"]}
    assert [row[1:] for row in lines(report(mia, advertiser_id, **by))] == [("-", "45")]
    by = {"dimensions": ["adgroup_id"], "metrics": ["result", "clicks"]}
    assert [row[1:] for row in lines(report(mia, advertiser_id, **by))] == [("2", "40"), ("5", "5")]


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
    mia: Caller, advertiser_id: str, tree: Tree, field: str, kind: str, wanted: Any, count: int
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
        ({"report_type": "AUDIENCE"}, 40009, "report_type"),
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


def test_several_accounts_at_once_are_added_up_where_that_is_possible(
    mia: Caller, cast: Cast, ad_account: AdAccount, tree: Tree, at: datetime
) -> None:
    yen = make_ad_account(ad_account.business_center, cast.mia, at, "JPY")
    hour(make_tree(yen, at).ad, yen.day_of(at), 0, impressions=5, spend=300)
    ids = [str(ad_account.pk), str(yen.pk)]

    found = report(
        mia,
        "",
        advertiser_id=None,
        advertiser_ids=ids,
        data_level="AUCTION_ADVERTISER",
        dimensions=["advertiser_id"],
        metrics=["spend", "impressions", "currency"],
        enable_total_metrics=True,
        end_date="2026-11-03",
    )

    assert lines(found) == [
        (ids[0], "10.00", "3000", "USD"),
        (ids[1], "300", "5", "JPY"),
    ]
    totals = data_of(found)["total_metrics"]
    assert (totals["spend"], totals["impressions"]) == ("-", "3005")


def test_a_stranger_gets_no_report(caller_of: Any, cast: Cast, advertiser_id: str) -> None:
    def answers(person: User) -> int:
        return report(caller_of(person), advertiser_id)["code"]

    expected = {"ben": 0, "mia": 0, "ana": 0, "carl": 0, "fay": 40001, "tom": 40001}
    assert {name: answers(cast.everyone[name]) for name in expected} == expected


def test_money_is_exact(mia: Caller, advertiser_id: str, tree: Tree) -> None:
    (row,) = data_of(of_ads(mia, advertiser_id, "spend", "billed_cost", "cash_spend"))["list"]

    assert {Decimal(value) for value in row["metrics"].values()} == {Decimal("10.00")}
