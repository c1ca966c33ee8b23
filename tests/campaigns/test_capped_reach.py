"""A frequency cap holds in the figures people read: nobody saw it more often than it allows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from bizcenter.lib.periods import Period as Span
from campaigns import services
from campaigns.models import AdGroup
from campaigns.queries import performance
from campaigns.queries.reach import People
from campaigns.queries.reached import days_of, hours_of
from campaigns.queries.totals import Totals
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_ad, make_tree

MONDAY = date(2026, 11, 2)
LEVELS = ("campaign", "ad_group", "ad")


def make_capped(ad_account: AdAccount, at: datetime, cap: int, days: int) -> Tree:
    """Two ads for few people with much money: only the cap holds them back."""
    fund(ad_account, 5_000_000, at)
    tree = make_tree(
        ad_account, at,
        campaign={"objective": "REACH"},
        group={
            "countries": ("NZ",), "age_groups": ("AGE_55_100",), "optimization_goal": "REACH",
            "budget": 500_000, "frequency_cap": cap, "frequency_days": days,
        },
    )  # fmt: skip
    for ad in (tree.ad, make_ad(tree.group, at)):
        approve(ad, at)
    return tree


def figures(ad_account: AdAccount, at: datetime, first: date, last: date) -> Iterator[Totals]:
    """Of the range: every row and the total at every level."""
    for level in LEVELS:
        page = performance.rows(
            level=level, ad_account=ad_account, at=at, first_day=first, last_day=last
        )
        yield from (row.totals for row in page.rows)
        yield page.totals


def lift(group: AdGroup, at: datetime) -> None:
    services.update_ad_group(
        ad_group=group, changes={"frequency_cap": None, "frequency_days": None},
        expected_version=None, actor=None, at=at,
    )  # fmt: skip


def reach(totals: Totals) -> int:
    found: int | None = totals.reach  # type: ignore[attr-defined]
    assert found is not None
    return found


@pytest.mark.parametrize(("cap", "days"), [(1, 1), (2, 7), (3, 2)])
def test_nobody_saw_it_more_often_in_a_day_than_the_cap_allows(
    ad_account: AdAccount, at: datetime, cap: int, days: int
) -> None:
    tree = make_capped(ad_account, at, cap, days)
    until = at + timedelta(days=1)
    deliver_until(ad_account_id=ad_account.pk, until=until)

    within = list(figures(ad_account, until, MONDAY, MONDAY))
    lift(tree.group, until)
    without = list(figures(ad_account, until, MONDAY, MONDAY))

    assert len(within) == len(without) == 2 * len(LEVELS) + 1
    for ours, free in zip(within, without, strict=True):
        assert ours.impressions == free.impressions > 0
        assert ours.impressions <= cap * reach(ours)
        assert reach(free) <= reach(ours)
    assert reach(without[0]) < reach(within[0])


def test_the_days_of_a_cap_come_together_and_the_next_ones_begin_anew(
    ad_account: AdAccount, at: datetime
) -> None:
    """Three days are two spans of a cap of two days: nobody saw it more than four times."""
    make_capped(ad_account, at, 2, 2)
    until = at + timedelta(days=3)
    deliver_until(ad_account_id=ad_account.pk, until=until)
    tuesday, wednesday = (MONDAY + timedelta(days=n) for n in (1, 2))

    first = next(figures(ad_account, until, MONDAY, tuesday))
    whole = next(figures(ad_account, until, MONDAY, wednesday))
    assert first.impressions <= 2 * reach(first)
    assert whole.impressions <= 4 * reach(whole)
    assert reach(whole) >= reach(first)

    people = People.of([ad_account.pk])
    days = [each for _, each in days_of(ad_account, Span(MONDAY, wednesday), None, people)]
    assert all(each.impressions <= 2 * reach(each) for each in days)
    assert reach(days[0] + days[1]) == reach(first)
    hours = [each for _, each in hours_of(ad_account, MONDAY, None, people)]
    assert all(each.impressions <= 2 * reach(each) for each in hours)
    assert reach(sum(hours, Totals())) == reach(days[0])


def test_caps_come_with_the_audiences_in_one_question(
    ad_account: AdAccount, at: datetime, django_assert_num_queries: Any
) -> None:
    tree = make_capped(ad_account, at, 2, 7)
    with django_assert_num_queries(1):
        assert People.of([ad_account.pk]).caps.groups == [tree.group.pk]

    lift(tree.group, at)
    with django_assert_num_queries(1):
        assert People.of([ad_account.pk]).caps.groups == []
