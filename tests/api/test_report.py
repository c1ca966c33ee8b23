"""A report by campaign, ad group, ad or account, by day or hour, from the numbers of the pages."""

from datetime import date, datetime

import pytest

from adaccounts.models import AdAccount
from campaigns.queries.performance import by_day
from tests.api.asking import lines, report
from tests.api.conftest import Caller, data_of
from tests.api.facts import MONDAY, SUNDAY, close_days, hour
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import Tree, make_tree

LEVELS = {
    "AUCTION_ADVERTISER": "advertiser_id",
    "AUCTION_CAMPAIGN": "campaign_id",
    "AUCTION_ADGROUP": "adgroup_id",
    "AUCTION_AD": "ad_id",
}


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


def test_several_accounts_can_be_reported_in_utc_days(
    mia: Caller,
    cast: Cast,
    ad_account: AdAccount,
    advertiser_id: str,
    at: datetime,
    trees: list[Tree],
) -> None:
    """New York's late Sunday is UTC's Monday, Tokyo's early Monday UTC's Sunday."""
    tokyo = make_ad_account(ad_account.business_center, cast.mia, at, "JPY")
    ad = make_tree(tokyo, at).ad
    hour(ad, MONDAY, 5, impressions=7, spend=300)
    close_days(ad, open_day=date(2026, 11, 3))

    def counts(**changes: object) -> set[tuple[str, ...]]:
        asked = {"dimensions": ["advertiser_id", "stat_time_day"], "metrics": ["impressions"]}
        accounts = {"advertiser_id": None, "advertiser_ids": [advertiser_id, str(tokyo.pk)]}
        found = lines(report(mia, "", **asked, **accounts, **changes))
        return {(pk, day[8:10], count) for pk, day, count in found}

    usa, japan = advertiser_id, str(tokyo.pk)
    assert counts() == {(usa, "01", "1500"), (usa, "02", "400"), (japan, "02", "7")}
    in_utc = counts(multi_adv_report_in_utc_time=True)
    assert in_utc == {(usa, "01", "500"), (usa, "02", "1400"), (japan, "01", "7")}
