"""A day's totals are the same whether they were added up on the way or by the database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery import day_sums, tick
from campaigns.models import DayFact, DeliveryCursor
from campaigns.services import deliver_slot, deliver_until
from tests.factories import facts
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
MIDNIGHT = 14  # hours after the story's 10:00


def noting(by: list[str], real: Callable[..., Any]) -> Callable[..., Any]:
    def noted(*args: Any, **kwargs: Any) -> Any:
        by.append(real.__name__)
        return real(*args, **kwargs)

    return noted


@pytest.fixture
def added_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every account counts as large; says who added up each day."""
    by: list[str] = []
    monkeypatch.setattr(day_sums, "LARGE", 0)
    for name in ("copy_days", "add_up_day"):
        monkeypatch.setattr(tick.writing, name, noting(by, getattr(tick.writing, name)))
    return by


def days() -> list[tuple]:
    counts = [f.name for f in DayFact._meta.concrete_fields if f.name not in ("pk", "ad_id")]
    return list(DayFact.objects.order_by("day", "ad_id").values_list("ad_id", *counts))


def by_the_database(ad_account: AdAccount) -> list[tuple]:
    """The same days, summed from their hours."""
    first = DayFact.objects.earliest("day").day
    last = DayFact.objects.latest("day").day
    facts.empty(DayFact)
    for number in range((last - first).days + 1):
        day = first + number * timedelta(days=1)
        start = ad_account.day_start(day)
        tick.writing.add_up_day(
            ad_account_id=ad_account.pk, day=day, start=start, end=start + 24 * HOUR
        )
    return days()


def test_a_day_with_edits_is_the_same_either_way(
    ad_account: AdAccount, at: datetime, added_up: list[str]
) -> None:
    fund(ad_account, 500_000, at)
    tree, other = (make_tree(ad_account, at) for _ in range(2))
    for each in (tree, other):
        approve(each.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 6) * HOUR)
    now = at + (MIDNIGHT + 6) * HOUR
    services.delete_node(node=other.ad, actor=None, at=now)
    approve(make_ad(tree.group, now), now)

    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 24) * HOUR)

    # The first day began before its first hour was delivered here; the second was whole.
    assert added_up == ["add_up_day", "copy_days"]
    kept = days()
    assert len({row[0] for row in kept}) == 3
    assert by_the_database(ad_account) == kept


def test_an_hour_delivered_by_somebody_else_leaves_it_to_the_database(
    ad_account: AdAccount, at: datetime, added_up: list[str]
) -> None:
    fund(ad_account, 500_000, at)
    approve(make_tree(ad_account, at).ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 3) * HOUR)
    sums = day_sums._days.take(ad_account.pk)
    assert sums is not None
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 5) * HOUR)
    day_sums._days.keep(ad_account.pk, sums, ads=1)

    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 24) * HOUR)

    assert added_up == ["add_up_day", "add_up_day"]
    assert DeliveryCursor.objects.get().open_day == ad_account.day_of(at) + 2 * timedelta(days=1)


def test_an_hour_that_was_rolled_back_is_not_remembered(
    ad_account: AdAccount, at: datetime, added_up: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its second delivery may see more money than the first did."""
    fund(ad_account, 500_000, at)
    approve(make_tree(ad_account, at).ad, at)
    now = at + (MIDNIGHT + 3) * HOUR
    deliver_until(ad_account_id=ad_account.pk, until=now)
    known = day_sums._days.find(ad_account.pk)
    assert known is not None
    assert known.next_slot == now

    with monkeypatch.context() as patched:
        patched.setattr(tick, "close_days", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver_slot(ad_account_id=ad_account.pk, slot=now)

    assert ad_account.pk not in day_sums._days
