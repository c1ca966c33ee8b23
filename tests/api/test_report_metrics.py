"""Every metric: what it is made of and how it is written."""

from datetime import datetime
from decimal import Decimal

from adaccounts.models import AdAccount
from reporting.api.metrics import kinds
from tests.api.asking import lines, of_ads, report
from tests.api.conftest import Caller, data_of
from tests.api.facts import MONDAY, hour
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import Tree, make_ad_group, make_tree


def test_every_metric_of_the_live_product_has_a_value(
    mia: Caller, advertiser_id: str, sale: Tree
) -> None:
    names = sorted(kinds())
    assert len(names) > 800

    found = of_ads(mia, advertiser_id, *names)

    (row,) = data_of(found)["list"]
    assert list(row["metrics"]) == names
    assert all(isinstance(value, str) and value for value in row["metrics"].values())


def test_metrics_are_texts_made_from_the_sums(mia: Caller, advertiser_id: str, sale: Tree) -> None:
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
        "average_video_play": "-",
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
    mia: Caller, advertiser_id: str, sale: Tree, at: datetime
) -> None:
    other = make_ad_group(sale.campaign, at, optimization_goal="CLICK")
    sale.ad.pk, sale.ad.ad_group_id = 7, other.pk
    hour(sale.ad, MONDAY, 1, impressions=10, clicks=5, spend=9)

    by = {"dimensions": ["campaign_id"], "metrics": ["result", "clicks"]}
    assert [row[1:] for row in lines(report(mia, advertiser_id, **by))] == [("-", "45")]
    by = {"dimensions": ["adgroup_id"], "metrics": ["result", "clicks"]}
    assert [row[1:] for row in lines(report(mia, advertiser_id, **by))] == [("2", "40"), ("5", "5")]


def test_money_is_exact(mia: Caller, advertiser_id: str, sale: Tree) -> None:
    (row,) = data_of(of_ads(mia, advertiser_id, "spend", "billed_cost", "cash_spend"))["list"]

    assert {Decimal(value) for value in row["metrics"].values()} == {Decimal("10.00")}


def test_several_accounts_at_once_are_added_up_where_that_is_possible(
    mia: Caller, cast: Cast, ad_account: AdAccount, sale: Tree, at: datetime
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
