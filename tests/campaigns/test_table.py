"""The rows of the tables: chosen, sorted, paged, summed, with a constant number of queries."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.queries import performance
from campaigns.queries.causes import Cause
from campaigns.queries.performance import Page
from campaigns.queries.reach import Reached
from campaigns.queries.table import ORDERS, SUMMED
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_campaign, make_tree

DAY = timedelta(days=1)
Rows = Callable[..., Page]


@pytest.fixture
def trees(ad_account: AdAccount, at: datetime) -> list[Tree]:
    fund(ad_account, 900_000, at)
    made = [
        make_tree(ad_account, at, campaign={"name": name}, group={"budget": budget})
        for name, budget in (("Alpha 100%", 20_000), ("beta", 40_000), ("Gamma_x", 5_000))
    ]
    for tree in made:
        approve(tree.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + DAY)
    return made


@pytest.fixture
def rows(ad_account: AdAccount, at: datetime) -> Rows:
    def look(level: str = "campaign", **changes: Any) -> Page:
        usual = {
            "level": level, "ad_account": ad_account, "at": at + DAY,
            "first_day": date(2026, 11, 2), "last_day": date(2026, 11, 5),
        }  # fmt: skip
        return performance.rows(**usual | changes)

    return look


def names(page: Page) -> list[str]:
    return [row.name for row in page.rows]


def test_most_spend_comes_first_and_the_totals_are_of_everything(
    trees: list[Tree], rows: Rows
) -> None:
    page = rows(per_page=2)

    assert names(page) == ["beta", "Alpha 100%"]
    assert (page.total_count, page.page_count) == (3, 2)
    rest = rows(per_page=2, page=2).rows
    for metric in SUMMED:
        of_rows = [getattr(row.totals, metric) for row in [*page.rows, *rest]]
        assert getattr(page.totals, metric) == sum(of_rows)
    assert page.rows[0].totals.watched_2s > 0
    assert page.rows[0].status.cause == Cause.ACTIVE


def test_every_column_sorts_both_ways(trees: list[Tree], rows: Rows) -> None:
    for order in sorted(ORDERS):
        up, down = names(rows(order=order)), names(rows(order=f"-{order}"))
        assert sorted(up) == sorted(down) == ["Alpha 100%", "Gamma_x", "beta"], order

    assert names(rows(order="name")) == ["Alpha 100%", "beta", "Gamma_x"]
    assert names(rows(order="-created_at")) == names(rows(order="-id"))
    assert names(rows(order="impressions")) == names(rows(order="-impressions"))[::-1]


def test_a_search_is_a_part_of_the_name_taken_literally_or_an_id(
    trees: list[Tree], rows: Rows
) -> None:
    assert names(rows(search="BET")) == ["beta"]
    assert names(rows(search="%")) == ["Alpha 100%"]
    assert names(rows(search="_")) == ["Gamma_x"]
    assert names(rows(search=str(trees[2].campaign.pk))) == ["Gamma_x"]
    assert names(rows(search="9" * 30)) == names(rows(search="٣")) == []
    assert rows(search="beta").totals.spend == rows(search="beta").rows[0].totals.spend


def test_parents_narrow_their_children(trees: list[Tree], rows: Rows) -> None:
    first = trees[0]

    assert [row.pk for row in rows("ad_group", parents=[first.campaign.pk]).rows] == [
        first.group.pk
    ]
    for parent in (first.campaign.pk, first.group.pk):
        assert [row.pk for row in rows("ad", parents=[parent]).rows] == [first.ad.pk]
    assert rows("ad", parents=[]).rows == []


def test_deleted_rows_are_not_listed(trees: list[Tree], rows: Rows, at: datetime) -> None:
    services.delete_node(node=trees[1].campaign, actor=None, at=at + DAY)

    assert names(rows()) == ["Alpha 100%", "Gamma_x"]


def test_a_page_after_the_last_is_the_first(trees: list[Tree], rows: Rows) -> None:
    assert (rows(page=9).number, len(rows(page=9).rows)) == (1, 3)


def test_an_empty_account_has_an_empty_page(ad_account: AdAccount, rows: Rows) -> None:
    page = rows()

    assert (page.rows, page.total_count, page.page_count) == ([], 0, 1)
    assert page.totals == Reached(known=0)


def test_unknown_columns_do_not_reach_the_database(rows: Rows) -> None:
    with pytest.raises(ValueError, match="cannot sort"):
        rows(order="id; DROP TABLE")


@pytest.mark.parametrize("level", ["campaign", "ad_group", "ad"])
def test_more_rows_do_not_mean_more_queries(
    trees: list[Tree], rows: Rows, ad_account: AdAccount, at: datetime, level: str
) -> None:
    def count() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            rows(level, per_page=50)
        return len(queries)

    before = count()
    for _ in range(5):
        make_tree(ad_account, at + DAY)
        make_campaign(ad_account, at + DAY)

    assert count() == before <= 10


def test_sums_are_kept_for_the_hour_and_counted_anew_after_it(
    trees: list[Tree], rows: Rows, ad_account: AdAccount, at: datetime
) -> None:
    before = rows().totals.spend

    with CaptureQueriesContext(connection) as again:
        assert rows(order="name", per_page=50).totals.spend == before
    deliver_until(ad_account_id=ad_account.pk, until=at + DAY + timedelta(hours=1))

    sums = [each["sql"] for each in again if "GROUP BY node" in each["sql"]]
    assert all("ad_id IN" in sql for sql in sums)
    assert rows().totals.spend > before
