"""Ad accounts that are delivered together have the hours they would have by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from adaccounts.models import AdAccount
from adaccounts.services import set_over_delivery
from billing.models import Posting
from billing.queries import reconcile
from campaigns import services
from campaigns.delivery import ahead, day_sums
from campaigns.models import DeliveryCursor, HourFact, Objective
from campaigns.queries import shards
from campaigns.queries.shards import batches_to_try
from campaigns.services import deliver_hour, deliver_together, deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_ad, make_tree
from tests.races.histories import history

HOUR = timedelta(hours=1)
NIGHT = 26  # hours after the story's 10:00 in New York: over one midnight at least in every zone
# Each with its own seed; one wallet is soon empty, and two accounts end their day as New York does.
ACCOUNTS = (
    ("New York", "America/New_York", "USD", 500_000),
    ("Berlin", "Europe/Berlin", "EUR", 500_000),
    ("Tokyo", "Asia/Tokyo", "JPY", 500_000),
    ("Broke", "America/New_York", "USD", 2_000),
    ("Boston", "America/New_York", "USD", 500_000),
)
Accounts = list[tuple[AdAccount, Tree]]


def make_accounts(like: AdAccount, at: datetime) -> Accounts:
    """They sell, and may deliver above their budgets; an ad of each has its review on the way."""
    found = []
    for seed, (name, zone, currency, money) in enumerate(ACCOUNTS, 70):
        account = make_ad_account(
            like.business_center, None, at, name=name, timezone=zone, currency=currency, seed=seed
        )
        set_over_delivery(ad_account=account, is_on=True, actor=None, at=at)
        account.refresh_from_db()
        fund(account, money, at)
        shop = make_tree(account, at, campaign={"objective": Objective.WEB_CONVERSIONS})
        for ad in (shop.ad, make_ad(shop.group, at), make_tree(account, at).ad):
            approve(ad, at)
        make_ad(shop.group, at)
        found.append((account, shop))
    return found


def live(accounts: Accounts, at: datetime, deliver: Callable[[list[int], datetime], None]) -> None:
    """A day and a night with a top-up, an edit and a switch on the way."""
    ids = [account.pk for account, _ in accounts]
    deliver(ids, at + 3 * HOUR)
    fund(accounts[3][0], 2_000, at + 3 * HOUR)
    services.update_ad_group(
        ad_group=accounts[0][1].group, changes={"budget": 60_000}, expected_version=None,
        actor=None, at=at + 3 * HOUR,
    )  # fmt: skip
    services.switch_off(node=accounts[1][1].ad, actor=None, at=at + 3.5 * HOUR)
    deliver(ids, at + NIGHT * HOUR)


def alone(ids: list[int], until: datetime) -> None:
    for each in ids:
        deliver_until(ad_account_id=each, until=until)


def together(ids: list[int], until: datetime) -> None:
    deliver_together(ad_account_ids=ids, until=until)


@pytest.fixture(params=[0, 10_000], ids=["remembered", "forgotten"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether hours are foreseen and days added up on the way, as for many ads."""
    for module in (ahead, day_sums):
        monkeypatch.setattr(module, "LARGE", request.param)


@pytest.mark.django_db(transaction=True)
def test_everything_is_the_same(ad_account: AdAccount, at: datetime, size: None) -> None:
    singly, jointly = (make_accounts(ad_account, at) for _ in range(2))

    live(singly, at, alone)
    live(jointly, at, together)

    for (expected, _), (found, _) in zip(singly, jointly, strict=True):
        assert history(found) == history(expected), found.name
        assert len(history(found)["days"]) >= 3
        assert reconcile(ad_account=found, month=at.date()).agrees
    assert DeliveryCursor.objects.get(pk=jointly[3][0].pk).is_out_of_balance
    credits = Posting.objects.filter(kind=Posting.Kind.CREDIT)
    assert {jointly[0][0].pk, jointly[4][0].pk} <= set(credits.values_list("ad_account", flat=True))


@pytest.mark.django_db
def test_who_does_not_stand_at_the_hour_is_left_where_it_is(
    ad_account: AdAccount, at: datetime
) -> None:
    (first, _), (ahead_of_it, _), *_ = make_accounts(ad_account, at)
    deliver_until(ad_account_id=ahead_of_it.pk, until=at + 2 * HOUR)
    before = history(ahead_of_it)

    assert deliver_hour(ad_account_ids=[first.pk, ahead_of_it.pk], slot=at) == [first.pk]
    assert history(ahead_of_it) == before
    assert deliver_hour(ad_account_ids=[first.pk], slot=at) == []

    ids = [first.pk, ahead_of_it.pk]
    assert deliver_together(ad_account_ids=ids, until=at + 4 * HOUR) == 3 + 2
    assert set(DeliveryCursor.objects.filter(pk__in=ids).values_list("next_slot", flat=True)) == {
        at + 4 * HOUR
    }


@pytest.mark.django_db
def test_more_accounts_need_no_more_statements(ad_account: AdAccount, at: datetime) -> None:
    found: list[int] = []

    def count(execute: Any, *statement: Any) -> Any:
        found[-1] += 1
        return execute(*statement)

    ids = [account.pk for account, _ in make_accounts(ad_account, at)[:3]]
    together(ids, at + 2 * HOUR)  # the first hours make books and what is remembered
    for batch in (ids[:1], ids[1:]):
        found.append(0)
        with connection.execute_wrapper(count):
            deliver_hour(ad_account_ids=batch, slot=at + 2 * HOUR)

    assert (
        HourFact.objects.filter(slot=at + 2 * HOUR).values("ad_account_id").distinct().count() == 3
    )
    assert found[0] == found[1]


def places(until: datetime, real: datetime) -> list[list[int]]:
    return batches_to_try(until=until, real=real)


@pytest.mark.django_db
def test_those_that_wait_for_the_same_hour_go_together_up_to_so_many_ads(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c, d = (account.pk for account, _ in make_accounts(ad_account, at)[:4])
    DeliveryCursor.objects.exclude(pk__in=[a, b, c, d]).delete()
    cursors = DeliveryCursor.objects
    cursors.filter(pk=b).update(next_slot=at + HOUR)
    until, now = at + 3 * HOUR, at

    assert places(until, now) == [[a, c, d], [b]]
    monkeypatch.setattr(shards, "FEWEST_ADS", 1)
    monkeypatch.setattr(shards, "MOST_ADS", 8)  # each has four
    assert places(until, now) == [[a, c], [d], [b]]

    monkeypatch.setattr(shards, "MOST_ADS", 100)
    cursors.filter(pk=c).update(failed_at=at - HOUR, failure="It was dark.")
    assert places(until, now) == [[a], [c], [d], [b]]
    cursors.filter(pk=d).update(attempted_at=at, attempts=1)
    assert places(until, now) == [[a], [c], [b], [d]]
    cursors.filter(pk=c).update(failed_at=now)
    assert places(until, now) == [[a], [b], [d]]
