"""People reached, and when conversions came, as tools ask for them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns.models import AdGroup, DeliveryCursor, LateConversion
from campaigns.queries.reach import People
from tests.api.asking import lines, report
from tests.api.conftest import Caller, data_of
from tests.api.facts import MONDAY, SUNDAY, close_days, hour
from tests.factories.campaigns import Tree, make_ad, make_ad_group, make_tree

BY = {
    "AUCTION_ADVERTISER": "advertiser_id",
    "AUCTION_CAMPAIGN": "campaign_id",
    "AUCTION_ADGROUP": "adgroup_id",
    "AUCTION_AD": "ad_id",
}
REACH = ["impressions", "reach", "frequency", "cost_per_1000_reached"]


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    """An ad group for a few people, with one ad on two days."""
    tree = make_tree(
        ad_account, at,
        group={"countries": ("NZ",), "age_groups": ("AGE_55_100",), "optimization_goal": "REACH"},
        campaign={"objective": "REACH"},
    )  # fmt: skip
    for day in (SUNDAY, MONDAY):
        hour(tree.ad, day, 9, impressions=60_000, spend=1_000)
        hour(tree.ad, day, 10, impressions=20_000, spend=500)
    close_days(tree.ad, open_day=MONDAY)
    return tree


def numbers(found: dict[str, Any]) -> list[list[Decimal]]:
    return [[Decimal(v) for v in row["metrics"].values()] for row in data_of(found)["list"]]


@pytest.mark.parametrize("level", BY)
def test_days_reach_people_of_their_own_and_the_range_fewer_than_its_days(
    mia: Caller, advertiser_id: str, tree: Tree, level: str
) -> None:
    def ask(*times: str) -> list[list[Decimal]]:
        dimensions = [BY[level], *times]
        return numbers(
            report(mia, advertiser_id, data_level=level, dimensions=dimensions, metrics=REACH)
        )

    (whole,), days = ask(), ask("stat_time_day")

    people = People.of([tree.campaign.ad_account_id])
    assert [day[:2] for day in days] == [[80_000, people.reached({(tree.group.pk, 0): 80_000})]] * 2
    assert whole[:2] == [160_000, people.reached({(tree.group.pk, 0): 160_000})]
    assert days[0][1] < whole[1] < days[0][1] * 2
    assert whole[2] == round(whole[0] / whole[1], 2)
    assert whole[3] == round(Decimal(30) * 1000 / whole[1], 2)


@pytest.mark.parametrize("level", BY)
def test_a_frequency_cap_holds_in_every_row(
    mia: Caller, advertiser_id: str, tree: Tree, level: str
) -> None:
    """Two a day: 80,000 impressions in a day reached 40,000 people at least."""
    start = tree.group.start_at - timedelta(days=3)
    free = numbers(
        report(
            mia, advertiser_id, data_level=level, dimensions=[BY[level], "stat_time_day"],
            metrics=REACH,
        )
    )  # fmt: skip
    AdGroup.objects.update(frequency_cap=2, frequency_days=1, start_at=start)

    def ask(*times: str) -> list[list[Decimal]]:
        days = {"start_date": "2026-11-02"} if "stat_time_hour" in times else {}
        found = report(
            mia, advertiser_id, data_level=level, dimensions=[BY[level], *times],
            metrics=REACH, enable_total_metrics=True, **days,
        )  # fmt: skip
        total = [Decimal(value) for value in data_of(found)["total_metrics"].values()]
        return [*numbers(found), total]

    days, hours, whole = ask("stat_time_day"), ask("stat_time_hour"), ask()

    assert days[0][1] == days[1][1] > free[0][1]
    assert all(row[0] <= 2 * row[1] for row in (*days[:-1], *hours))
    assert hours[-1] == days[1]
    assert whole[0] == whole[1] == days[-1]
    assert days[0][1] < whole[0][1] < 2 * days[0][1]


def test_hours_have_their_reach_and_the_total_is_of_everybody_together(
    mia: Caller, advertiser_id: str, tree: Tree, at: datetime
) -> None:
    other = make_ad(tree.group, at)
    hour(other, MONDAY, 9, impressions=60_000, spend=5)
    asked = {
        "data_level": "AUCTION_AD", "dimensions": ["ad_id", "stat_time_hour"],
        "start_date": "2026-11-02", "metrics": ["reach"], "enable_total_metrics": True,
    }  # fmt: skip

    found = report(mia, advertiser_id, **asked)

    rows = [row for (row,) in numbers(found)]
    total = Decimal(data_of(found)["total_metrics"]["reach"])
    assert len(rows) == 3
    assert max(rows) < total < sum(rows)
    by_reach = report(mia, advertiser_id, **asked, order_field="reach", order_type="ASC")
    assert numbers(by_reach) == [[row] for row in sorted(rows)]


def test_the_result_of_the_goal_reach_is_people(
    mia: Caller, advertiser_id: str, tree: Tree, at: datetime
) -> None:
    asked = {"dimensions": ["campaign_id"], "metrics": ["result", "reach", "cost_per_result"]}
    ((result, reach, cost),) = numbers(report(mia, advertiser_id, **asked))

    assert 0 < result == reach
    assert cost == round(30 / reach, 2)

    clicks = make_ad(make_ad_group(tree.campaign, at, optimization_goal="SHOW"), at)
    hour(clicks, MONDAY, 9, impressions=1)
    ((words),) = lines(report(mia, advertiser_id, **asked))
    assert words[1] == "-"


def test_who_is_reached_twice_by_two_campaigns_is_one_person(
    mia: Caller, advertiser_id: str, tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    other = make_tree(ad_account, at, group={"countries": ("NZ",)})
    hour(other.ad, MONDAY, 9, impressions=5_000_000)

    asked = {"dimensions": ["campaign_id"], "metrics": ["reach"], "enable_total_metrics": True}
    found = report(mia, advertiser_id, **asked)

    campaigns = [row for (row,) in numbers(found)]
    assert max(campaigns) < Decimal(data_of(found)["total_metrics"]["reach"]) < sum(campaigns)


def test_a_late_conversion_is_counted_with_its_click_or_when_it_came(
    mia: Caller, advertiser_id: str, tree: Tree
) -> None:
    """A click on Sunday, its order and somebody's who only watched on Monday, one still to come."""
    ad, account = tree.ad, tree.campaign.ad_account
    click, order = account.day_start(SUNDAY) + timedelta(hours=9), account.day_start(MONDAY)
    place = {
        "ad_id": ad.pk, "ad_group_id": ad.ad_group_id, "campaign_id": ad.campaign_id,
        "ad_account_id": account.pk, "slot": click, "day": SUNDAY, "conversion_value_micros": 0,
        "age_gender": 4, "system": 1, "country": 20058,
    }  # fmt: skip
    for kind, event, number in ((0, order, 2), (1, order, 1), (0, order + timedelta(hours=9), 4)):
        views = number if kind else 0
        LateConversion.objects.create(
            **place, kind=kind, event_slot=event, conversions=number, view_conversions=views
        )
    names = ["conversion", "vta_conversion", "cta_conversion", "real_time_conversion"]

    def ask() -> list[list[Decimal]]:
        return numbers(report(mia, advertiser_id, metrics=names))

    assert ask() == [[0, 0, 0, 0], [0, 0, 0, 0]]
    DeliveryCursor.objects.update(next_slot=order + timedelta(hours=1))
    assert ask() == [[3, 1, 2, 0], [0, 0, 0, 3]]
    DeliveryCursor.objects.update(next_slot=order + timedelta(hours=10))
    assert ask() == [[7, 1, 6, 0], [0, 0, 0, 7]]
