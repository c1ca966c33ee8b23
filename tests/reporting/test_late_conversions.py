"""Late conversions in the overview of a Business Center and in the report of the Business API."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from adaccounts.models import AdAccount
from bizcenter.lib.periods import Period
from campaigns.queries.totals import Totals, totals
from campaigns.services import deliver_until
from reporting.queries.integrated import Key, Wanted, figures, figures_page
from reporting.queries.overview import figures_of, overview
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree
from tests.factories.facts import comes_late

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 4)
DAYS = (MONDAY, WEDNESDAY)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    """Two orders come on Wednesday at 9:00 after a click on Monday at 11:00, three within Monday,
    seven will come on Friday; delivered until Wednesday, 10:00."""
    fund(ad_account, 500_000, at)
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    comes_late(tree.ad, clicked=at + HOUR, comes=at + 47 * HOUR, conversions=2)
    comes_late(tree.ad, clicked=at + HOUR, comes=at + 3 * HOUR, conversions=3)
    comes_late(tree.ad, clicked=at + HOUR, comes=at + 4 * DAY, conversions=7)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY)
    return tree


def wanted(ad_account: AdAccount, time: str | None = "stat_time_day", **more) -> Wanted:
    return Wanted([ad_account], "ad_id", time, DAYS, **more)


def conversions(wanted: Wanted) -> dict[datetime, int]:
    """By local time, where there were any."""
    found = {key.at: each.totals.conversions for key, each in figures(wanted).items()}
    return {at: number for at, number in found.items() if number}


def monday(hour: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 11, day, hour)  # noqa: DTZ001 - local time, as a report shows it


@pytest.mark.parametrize(
    ("real_time", "by_day", "by_hour"),
    [
        (False, {monday(): 5}, {monday(11): 5}),
        (True, {monday(): 3, monday(day=4): 2}, {monday(13): 3, monday(9, day=4): 2}),
    ],
)
def test_days_and_hours_of_a_report(
    tree: Tree, ad_account: AdAccount, real_time: bool, by_day: dict, by_hour: dict
) -> None:
    report = {"is_real_time": real_time}

    assert conversions(wanted(ad_account, "day", **report)) == by_day
    assert conversions(wanted(ad_account, "hour", **report)) == by_hour
    assert list(conversions(wanted(ad_account, None, **report)).values()) == [5]


def test_a_report_in_utc_counts_them_too(tree: Tree, ad_account: AdAccount) -> None:
    assert conversions(wanted(ad_account, "day", is_utc=True)) == {monday(): 5}
    assert conversions(wanted(ad_account, None, is_utc=True, is_real_time=True)) == {Key().at: 5}


@pytest.mark.parametrize("time", ["day", "hour"])
@pytest.mark.parametrize("real_time", [False, True])
def test_a_page_has_one_row_for_an_ad_and_a_moment(
    tree: Tree, ad_account: AdAccount, time: str, real_time: bool
) -> None:
    """What came later is in the row of its day or hour, and rows are ordered by all of it."""
    report = wanted(ad_account, time, is_real_time=real_time)
    whole = figures(report)

    count, rows = figures_page(report, order="-conversions", start=0, stop=1000)

    assert count == len(rows) == len(whole)
    assert dict(rows) == whole
    order = [each.totals.conversions for _, each in rows]
    assert order == sorted(order, reverse=True)
    assert order[0] in (3, 5)
    assert figures_page(report, order="-conversions", start=0, stop=1)[1] == rows[:1]


def test_the_report_is_the_page(tree: Tree, ad_account: AdAccount) -> None:
    on_pages = totals(ad_account_ids=[ad_account.pk], first_day=MONDAY, last_day=WEDNESDAY)

    for time in (None, "day", "hour"):
        found = [each.totals for each in figures(wanted(ad_account, time)).values()]
        assert sum(found, Totals()) == on_pages
    assert on_pages.conversions == 5


def test_the_overview_counts_them_on_the_day_of_the_click(
    tree: Tree, ad_account: AdAccount
) -> None:
    ben = User.objects.get(email="ben@northwind.example")
    period = Period(MONDAY, WEDNESDAY)

    seen = overview(user=ben, business_center=ad_account.business_center, period=period)

    points = [sums.conversions for _, sums in seen.together.points if sums]
    assert points == [5, 0, 0]
    (line,) = figures_of([ad_account], period)
    assert line.now.conversions == 5


def test_many_late_conversions_cost_no_more_queries(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures(wanted(ad_account, "day"))
            figures_of([ad_account], Period(MONDAY, WEDNESDAY))
        return len(captured)

    few = queries()
    for number in range(20):
        comes_late(tree.ad, clicked=at + 2 * HOUR, comes=at + (3 + number) * HOUR)
    assert queries() == few
