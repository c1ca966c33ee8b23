"""Sums of facts: closed days and the open day together, by day, hour and node."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from adaccounts.models import AdAccount
from campaigns.models import DayFact, HourFact
from campaigns.queries import performance
from campaigns.queries.performance import Totals
from campaigns.queries.spend import lifetime_spend, spend_on
from campaigns.services import deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = date(2026, 11, 2)


def deliver(ad_account: AdAccount, at: datetime, until: datetime, trees: int = 2) -> list[Tree]:
    fund(ad_account, 500_000, at)
    made = [make_tree(ad_account, at) for _ in range(trees)]
    for tree in made:
        approve(tree.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=until)
    return made


def total(*accounts: AdAccount, days: int = 3, **more: object) -> Totals:
    return performance.totals(
        ad_account_ids=[each.pk for each in accounts],
        first_day=FIRST,
        last_day=FIRST + days * DAY,
        **more,  # type: ignore[arg-type]
    )


def test_closed_days_and_the_open_day_add_up_without_counting_twice(
    ad_account: AdAccount, at: datetime
) -> None:
    deliver(ad_account, at, at + 2 * DAY + 3 * HOUR)

    assert DayFact.objects.values("day").distinct().count() == 2
    assert total(ad_account).spend == sum(HourFact.objects.values_list("spend", flat=True)) > 0


def test_days_hours_and_nodes_are_the_same_sum(ad_account: AdAccount, at: datetime) -> None:
    trees = deliver(ad_account, at, at + 2 * DAY)
    whole = total(ad_account)
    span = {"ad_account_ids": [ad_account.pk], "first_day": FIRST, "last_day": FIRST + 3 * DAY}

    days = performance.by_day(**span)
    assert [day for day, _ in days] == [FIRST + n * DAY for n in range(4)]
    assert sum((each for _, each in days), Totals()) == whole

    for day, of_day in days:
        hours = performance.by_hour(ad_account=ad_account, day=day)
        assert len(hours) == 24
        assert sum((each for _, each in hours), Totals()) == of_day

    for level in ("campaign", "ad_group", "ad"):
        by_node = performance.by_node(level, **span)
        assert len(by_node) == 2
        assert sum(by_node.values(), Totals()) == whole
    for tree in trees:
        parts = {
            total(ad_account, node=node).spend for node in (tree.campaign, tree.group, tree.ad)
        }
        assert parts == {lifetime_spend(tree.campaign)}


def test_a_period_has_its_own_days_and_none_beside_them(
    ad_account: AdAccount, at: datetime
) -> None:
    deliver(ad_account, at, at + 2 * DAY + 3 * HOUR)
    ids = [ad_account.pk]
    days = [FIRST + n * DAY for n in range(3)]

    alone = [
        performance.totals(ad_account_ids=ids, first_day=day, last_day=day).spend for day in days
    ]

    hours = [performance.by_hour(ad_account=ad_account, day=day) for day in days]
    assert alone == [sum(each.spend for _, each in of_day) for of_day in hours]
    assert min(alone) > 0


def test_accounts_are_summed_each_by_its_own_open_day(ad_account: AdAccount, at: datetime) -> None:
    tokyo = make_ad_account(ad_account.business_center, None, at, currency="JPY")
    deliver(ad_account, at, at + DAY)
    deliver(tokyo, at, at + 2 * DAY)

    both = total(ad_account, tokyo)

    assert both.clicks == total(ad_account).clicks + total(tokyo).clicks > 0
    assert both.impressions == sum(HourFact.objects.values_list("impressions", flat=True))


def test_spend_of_a_day_is_read_from_either_table(ad_account: AdAccount, at: datetime) -> None:
    (tree,) = deliver(ad_account, at, at + DAY, trees=1)

    by_day = [spend_on(tree.campaign, FIRST + n * DAY) for n in range(3)]

    assert min(by_day[:2]) > 0
    assert by_day[2] == 0
    assert sum(by_day) == lifetime_spend(tree.campaign)


def test_ratios_come_from_sums_and_are_nothing_where_undefined() -> None:
    some = Totals(impressions=2000, clicks=30, conversions=3, spend=1500)

    assert (some.ctr, some.cpc, some.cpm) == (Decimal("1.5"), 50, 750)
    assert (some.cpa, some.cvr) == (500, 10)
    assert {Totals().ctr, Totals().cpc, Totals().cpm, Totals().cpa, Totals().cvr} == {None}


def test_data_is_as_of_the_last_delivered_hour(ad_account: AdAccount, at: datetime) -> None:
    assert performance.data_as_of(ad_account=ad_account) is None

    deliver(ad_account, at, at + 5 * HOUR + timedelta(minutes=59))

    assert performance.data_as_of(ad_account=ad_account) == at + 5 * HOUR


@pytest.mark.parametrize("days", [0, 1])
def test_a_period_without_delivery_is_zero(ad_account: AdAccount, at: datetime, days: int) -> None:
    deliver(ad_account, at, at + HOUR)

    found = performance.totals(
        ad_account_ids=[ad_account.pk], first_day=FIRST - 9 * DAY, last_day=FIRST - 8 * DAY
    )

    assert found == Totals()
