"""A conversion comes days after its click: on which day it counts, and from when on."""

from datetime import date, datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from bizcenter.lib.periods import Period as Span
from campaigns import services
from campaigns.models import Objective
from campaigns.queries import performance, series
from campaigns.queries.metrics import CPA, SPEND
from campaigns.queries.performance import Totals
from campaigns.queries.totals import METRICS
from campaigns.services import deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree
from tests.factories.facts import comes_late

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 11, 2)
WEDNESDAY = MONDAY + 2 * DAY
MIDNIGHT = 14  # hours after the story's 10:00


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    """It brings traffic; whether somebody buys is not measured but in these stories."""
    fund(ad_account, 500_000, at)
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    return tree


def counts(totals: Totals) -> Totals:
    """Without the people reached."""
    return Totals.of(getattr(totals, metric) for metric in METRICS)


def of_days(
    account: AdAccount, first: date, last: date | None = None, *, real_time: bool = False
) -> Totals:
    return performance.totals(
        ad_account_ids=[account.pk], first_day=first, last_day=last or first, real_time=real_time
    )


@pytest.fixture
def comes(tree: Tree, ad_account: AdAccount, at: datetime) -> datetime:
    """Two orders over 40 dollars in the hour from Wednesday, 9:00, after a click on Monday at
    11:00; the account is delivered up to that hour."""
    clicked, comes = at + HOUR, at + 47 * HOUR
    comes_late(
        tree.ad, clicked=clicked, comes=comes, conversions=2, conversion_value_micros=40_000_000
    )
    deliver_until(ad_account_id=ad_account.pk, until=comes)
    return comes


def test_it_raises_the_day_of_the_click_once_it_has_come(
    tree: Tree, ad_account: AdAccount, comes: datetime
) -> None:
    before = of_days(ad_account, MONDAY)
    assert (before.conversions, before.cpa) == (0, None)
    assert before.spend > 0

    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)

    after = of_days(ad_account, MONDAY)
    assert (after.conversions, after.conversion_value_micros) == (2, 40_000_000)
    assert after.cpa == before.spend / 2
    assert (after.spend, after.clicks, after.impressions) == (
        before.spend, before.clicks, before.impressions,
    )  # fmt: skip
    assert of_days(ad_account, MONDAY + DAY, WEDNESDAY).conversions == 0


def test_another_one_makes_the_day_cheaper_still(
    tree: Tree, ad_account: AdAccount, at: datetime, comes: datetime
) -> None:
    comes_late(tree.ad, clicked=at + 2 * HOUR, comes=at + 4 * DAY)
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)
    earlier = of_days(ad_account, MONDAY)

    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * DAY + HOUR)

    later = of_days(ad_account, MONDAY)
    assert (earlier.conversions, later.conversions) == (2, 3)
    assert later.cpa is not None
    assert earlier.cpa is not None
    assert later.cpa < earlier.cpa
    assert later.spend == earlier.spend


def test_in_real_time_it_counts_on_the_day_it_came(
    tree: Tree, ad_account: AdAccount, comes: datetime
) -> None:
    assert of_days(ad_account, MONDAY, WEDNESDAY, real_time=True).conversions == 0

    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)

    assert of_days(ad_account, MONDAY, real_time=True).conversions == 0
    assert of_days(ad_account, WEDNESDAY, real_time=True).conversions == 2
    by_day = performance.by_day(
        ad_account_ids=[ad_account.pk], first_day=MONDAY, last_day=WEDNESDAY, real_time=True
    )
    assert [sums.conversions for _, sums in by_day] == [0, 0, 2]
    spent = [sums.spend for _, sums in by_day]
    assert sum(spent) == of_days(ad_account, MONDAY, WEDNESDAY).spend
    hours = dict(performance.by_hour(ad_account=ad_account, day=WEDNESDAY, real_time=True))
    assert {slot: sums.conversions for slot, sums in hours.items() if sums.conversions} == {
        comes: 2
    }


def test_days_hours_and_nodes_are_the_same_sum(
    tree: Tree, ad_account: AdAccount, at: datetime, comes: datetime
) -> None:
    other = make_tree(ad_account, at)
    approve(other.ad, at)
    comes_late(other.ad, clicked=at + 40 * HOUR, comes=at + 41 * HOUR, conversions=5)
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)
    span = {"ad_account_ids": [ad_account.pk], "first_day": MONDAY, "last_day": WEDNESDAY}
    whole = performance.totals(**span)
    assert whole.conversions == 7

    days = performance.by_day(**span)
    assert [sums.conversions for _, sums in days] == [2, 0, 5]
    assert sum((sums for _, sums in days), Totals()) == whole
    for day, of_day in days:
        hours = performance.by_hour(ad_account=ad_account, day=day)
        assert sum((sums for _, sums in hours), Totals()) == of_day
    for level in ("campaign", "ad_group", "ad"):
        by_node = performance.by_node(level, **span)
        assert sum(by_node.values(), Totals()) == whole
        page = performance.rows(
            level=level, ad_account=ad_account, first_day=MONDAY, last_day=WEDNESDAY, at=comes
        )
        assert {row.pk: counts(row.totals) for row in page.rows} == by_node
        assert page.totals.conversions == 7
    for node, number in ((tree.campaign, 2), (other.group, 5), (other.ad, 5)):
        assert performance.totals(**span, node=node).conversions == number


def test_the_table_of_a_past_day_does_not_show_what_it_showed_before(
    tree: Tree, ad_account: AdAccount, comes: datetime
) -> None:
    """Sums are kept for a while, and a past day still changes."""

    def shown() -> int:
        page = performance.rows(
            level="campaign", ad_account=ad_account, first_day=MONDAY, last_day=MONDAY,
            at=comes, order="-conversions",
        )  # fmt: skip
        assert page.totals.conversions == page.rows[0].totals.conversions
        return page.totals.conversions

    assert shown() == 0
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)

    assert shown() == 2


def test_a_table_without_conversions_among_its_sums_still_adds_up(
    tree: Tree, ad_account: AdAccount, comes: datetime
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)

    page = performance.rows(
        level="ad", ad_account=ad_account, first_day=MONDAY, last_day=WEDNESDAY, at=comes,
        order="-likes",
    )  # fmt: skip

    assert counts(page.rows[0].totals) == of_days(ad_account, MONDAY, WEDNESDAY)


def test_the_chart_of_the_day_falls_in_cost_per_conversion(
    tree: Tree, ad_account: AdAccount, comes: datetime
) -> None:
    def course() -> series.Course:
        return series.course(ad_account=ad_account, period=Span(MONDAY, MONDAY + DAY))

    before = course()
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)
    after = course()

    assert before.trend(SPEND) == after.trend(SPEND)
    assert before.trend(CPA) == []
    assert len(after.trend(CPA)) == 1


def test_each_account_counts_what_came_by_the_hour_it_stands_at(
    tree: Tree, ad_account: AdAccount, at: datetime, comes: datetime
) -> None:
    """Tokyo is behind: nothing that comes after its last hour has come there."""
    tokyo = make_ad_account(ad_account.business_center, None, at, currency="JPY")
    there = make_tree(tokyo, at)
    slot = tokyo.delivery_cursor.next_slot
    comes_late(there.ad, clicked=slot - 3 * HOUR, comes=slot - HOUR, conversions=10)
    comes_late(there.ad, clicked=slot - 2 * HOUR, comes=slot + HOUR, conversions=100)
    deliver_until(ad_account_id=ad_account.pk, until=comes + HOUR)
    both = {
        "ad_account_ids": [ad_account.pk, tokyo.pk],
        "first_day": MONDAY,
        "last_day": WEDNESDAY,
    }

    for real_time in (False, True):
        assert performance.totals(**both, real_time=real_time).conversions == 2 + 10

    deliver_until(ad_account_id=tokyo.pk, until=slot + 2 * HOUR)
    assert performance.totals(**both).conversions == 2 + 10 + 100


def test_real_days_begin_on_the_accounts_own_clock(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    """One comes in the last hour of Tuesday in New York, one in the first of Wednesday."""
    midnight = at + (MIDNIGHT + 24) * HOUR
    comes_late(tree.ad, clicked=at, comes=midnight - HOUR)
    comes_late(tree.ad, clicked=at, comes=midnight, conversions=4)
    deliver_until(ad_account_id=ad_account.pk, until=midnight + HOUR)

    assert of_days(ad_account, MONDAY + DAY, real_time=True).conversions == 1
    assert of_days(ad_account, WEDNESDAY, real_time=True).conversions == 4


def test_after_the_last_window_both_ways_of_counting_have_counted_everything(
    ad_account: AdAccount, at: datetime
) -> None:
    """What the engine itself wrote: a shop on a day, and the month after it."""
    for _ in range(2):
        fund(ad_account, 50_000_00, at)
    shop = make_tree(
        ad_account,
        at,
        campaign={"objective": Objective.WEB_CONVERSIONS},
        group={"budget": 20_000_00},
    )
    approve(shop.ad, at)
    midnight = at + MIDNIGHT * HOUR
    deliver_until(ad_account_id=ad_account.pk, until=midnight - HOUR)
    services.switch_off(node=shop.campaign, actor=None, at=midnight - timedelta(minutes=1))
    deliver_until(ad_account_id=ad_account.pk, until=midnight)
    at_first = of_days(ad_account, MONDAY)

    deliver_until(ad_account_id=ad_account.pk, until=at + 29 * DAY)

    in_the_end = of_days(ad_account, MONDAY)
    assert in_the_end.conversions > at_first.conversions > 0
    assert in_the_end.spend == at_first.spend > 0
    came = of_days(ad_account, MONDAY, MONDAY + 29 * DAY, real_time=True)
    assert came == of_days(ad_account, MONDAY, MONDAY + 29 * DAY) == in_the_end
    assert 0 < of_days(ad_account, MONDAY, real_time=True).conversions < in_the_end.conversions
