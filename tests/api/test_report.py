"""A report by campaign, ad group, ad or account, by day or hour, from the numbers of the pages."""

from datetime import date, datetime
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns.models import OperationStatus
from campaigns.queries.performance import by_day
from tests.api.conftest import Caller, data_of
from tests.api.facts import close_days, hour
from tests.factories.campaigns import Tree, make_tree

SUNDAY, MONDAY = date(2026, 11, 1), date(2026, 11, 2)
LEVELS = {
    "AUCTION_ADVERTISER": "advertiser_id",
    "AUCTION_CAMPAIGN": "campaign_id",
    "AUCTION_ADGROUP": "adgroup_id",
    "AUCTION_AD": "ad_id",
}


@pytest.fixture
def trees(ad_account: AdAccount, at: datetime) -> list[Tree]:
    """Two campaigns that delivered on a closed Sunday and a Monday that is still open."""
    first, second = make_tree(ad_account, at), make_tree(ad_account, at)
    hour(first.ad, SUNDAY, 23, impressions=1000, clicks=30, conversions=3, spend=1234)
    hour(second.ad, SUNDAY, 8, impressions=500, clicks=5, spend=66)
    hour(first.ad, MONDAY, 0, impressions=100, clicks=2, spend=50)
    hour(first.ad, MONDAY, 1, impressions=300, clicks=1, spend=51)
    close_days(first.ad, open_day=MONDAY)
    return [first, second]


def report(caller: Caller, account: str, /, **changes: Any) -> dict[str, Any]:
    usual = {
        "advertiser_id": account,
        "report_type": "BASIC",
        "data_level": "AUCTION_CAMPAIGN",
        "dimensions": ["campaign_id", "stat_time_day"],
        "metrics": ["spend", "impressions", "clicks"],
        "start_date": "2026-11-01",
        "end_date": "2026-11-02",
    }
    params = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    return caller.get("report/integrated/get/", **params)


def lines(found: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (*each["dimensions"].values(), *each["metrics"].values()) for each in data_of(found)["list"]
    ]


def test_by_campaign_and_day_in_the_accounts_own_days(
    mia: Caller, advertiser_id: str, trees: list[Tree]
) -> None:
    """Eleven at night in New York is the next day in UTC; the report says Sunday."""
    one, two = (str(tree.campaign.pk) for tree in trees)

    assert lines(report(mia, advertiser_id)) == [
        (one, "2026-11-01 00:00:00", "12.34", "1000", "30"),
        (two, "2026-11-01 00:00:00", "0.66", "500", "5"),
        (one, "2026-11-02 00:00:00", "1.01", "400", "3"),
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_adds_up_to_the_same(
    mia: Caller, advertiser_id: str, trees: list[Tree], level: str
) -> None:
    found = report(
        mia,
        advertiser_id,
        data_level=level,
        dimensions=[LEVELS[level]],
        enable_total_metrics=True,
    )

    spent = sum(float(each["metrics"]["spend"]) for each in data_of(found)["list"])
    assert round(spent, 2) == 14.01
    assert data_of(found)["total_metrics"] == {
        "spend": "14.01",
        "impressions": "1900",
        "clicks": "38",
    }


def test_by_hour_of_one_day(mia: Caller, advertiser_id: str, trees: list[Tree]) -> None:
    found = report(
        mia,
        advertiser_id,
        data_level="AUCTION_ADVERTISER",
        dimensions=["advertiser_id", "stat_time_hour"],
        start_date="2026-11-02",
    )

    assert lines(found) == [
        (advertiser_id, "2026-11-02 00:00:00", "0.50", "100", "2"),
        (advertiser_id, "2026-11-02 01:00:00", "0.51", "300", "1"),
    ]


def test_it_is_the_pages_report_by_day(
    mia: Caller, advertiser_id: str, ad_account: AdAccount, trees: list[Tree]
) -> None:
    page = by_day(ad_account_ids=[ad_account.pk], first_day=SUNDAY, last_day=MONDAY)

    found = report(mia, advertiser_id, dimensions=["stat_time_day"])

    assert lines(found) == [
        (f"{day} 00:00:00", f"{sums.spend / 100:.2f}", str(sums.impressions), str(sums.clicks))
        for day, sums in page
    ]


def test_a_lifetime_ignores_the_dates_and_lists_objects_without_delivery(
    mia: Caller, advertiser_id: str, ad_account: AdAccount, at: datetime, trees: list[Tree]
) -> None:
    idle = make_tree(ad_account, at)

    found = report(
        mia,
        advertiser_id,
        dimensions=["campaign_id"],
        query_lifetime=True,
        start_date="1999-01-01",
        end_date=None,
    )

    assert lines(found) == [
        (str(trees[0].campaign.pk), "13.35", "1400", "33"),
        (str(trees[1].campaign.pk), "0.66", "500", "5"),
        (str(idle.campaign.pk), "0.00", "0", "0"),
    ]


def test_without_data_a_split_by_time_is_empty(
    mia: Caller, advertiser_id: str, trees: list[Tree]
) -> None:
    found = report(mia, advertiser_id, start_date="2026-10-01", end_date="2026-10-03")

    assert data_of(found)["list"] == []
    assert data_of(found)["page_info"]["total_number"] == 0


def test_deleted_objects_are_hidden_unless_asked_for(
    mia: Caller, advertiser_id: str, trees: list[Tree]
) -> None:
    gone = trees[1].campaign
    gone.operation_status = OperationStatus.DELETE
    gone.save()

    def shown(**changes: Any) -> set[str]:
        return {
            row[0]
            for row in lines(report(mia, advertiser_id, dimensions=["campaign_id"], **changes))
        }

    def status(word: str) -> list[dict[str, str]]:
        # As clients send it: JSON text inside JSON text.
        return [
            {"field_name": "campaign_status", "filter_type": "IN", "filter_value": f'["{word}"]'}
        ]

    one, two = (str(tree.campaign.pk) for tree in trees)
    assert shown() == {one}
    assert shown(filtering=status("STATUS_ALL")) == {one, two}
    assert shown(filtering=status("STATUS_DELETE")) == {two}
    assert shown(filtering=status("STATUS_DISABLE")) == set()
    account = report(
        mia, advertiser_id, data_level="AUCTION_ADVERTISER", dimensions=["advertiser_id"]
    )
    assert lines(account)[0][1] == "14.01"


def test_pages_and_order(mia: Caller, advertiser_id: str, trees: list[Tree]) -> None:
    seen = []
    for page in (1, 2, 3):
        found = report(
            mia, advertiser_id, order_field="impressions", order_type="ASC", page=page, page_size=2
        )
        seen += [row[3] for row in lines(found)]
        assert data_of(found)["page_info"]["total_number"] == 3

    assert seen == ["400", "500", "1000"]
    found = report(mia, advertiser_id, order_field="spend")
    assert [row[2] for row in lines(found)] == ["12.34", "1.01", "0.66"]
