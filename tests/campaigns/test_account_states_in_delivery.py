"""No campaign delivers while its ad account is not approved, to the minute."""

from datetime import datetime, timedelta

import pytest

from accounts.models import BusinessCenter
from adaccounts import services
from adaccounts.models import AdAccount
from bizcenter.practice.services import advance_to
from campaigns.models import HourFact, HourLog
from campaigns.services import deliver_slot, deliver_until
from tests.factories import facts
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def running(account: AdAccount, at: datetime) -> AdAccount:
    fund(account, 500_000, at)
    approve(make_tree(account, at).ad, at)
    return account


@pytest.mark.parametrize("status", sorted({*AdAccount.Status.values} - {"approved"}))
def test_only_an_approved_account_delivers(
    ad_account: AdAccount, at: datetime, status: str
) -> None:
    running(ad_account, at)
    due = at + 2 * HOUR if status == "in_review" else None
    AdAccount.objects.update(status=status, review_due_at=due)

    assert deliver_slot(ad_account_id=ad_account.pk, slot=at)

    assert not HourFact.objects.exists()


def test_delivery_begins_at_the_minute_of_the_approval(ad_account: AdAccount, at: datetime) -> None:
    running(ad_account, at)
    whole, late = [], []
    for since, found in ((None, whole), (at + 45 * MINUTE, late)):
        AdAccount.objects.update(status="approved", status_since=since)
        ad_account.delivery_cursor.refresh_from_db()
        facts.empty(HourFact, HourLog)
        type(ad_account.delivery_cursor).objects.update(next_slot=at, state=b"")
        deliver_slot(ad_account_id=ad_account.pk, slot=at)
        found.extend(HourFact.objects.values_list("impressions", flat=True))

    assert 0.1 < sum(late) / sum(whole) < 0.5


def test_an_hour_before_the_approval_has_no_delivery(ad_account: AdAccount, at: datetime) -> None:
    running(ad_account, at)
    AdAccount.objects.update(status_since=at + 2 * HOUR)

    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * HOUR)

    assert set(HourFact.objects.values_list("slot", flat=True)) == {at + 2 * HOUR}


def test_the_hour_itself_decides_the_review_that_falls_due_in_it(
    business_center: BusinessCenter, at: datetime
) -> None:
    """A worker that is ahead of the beat does not lose what would have been delivered."""
    account = services.create_ad_account(
        business_center=business_center, name="Coats", currency="USD",
        timezone="America/New_York", country="US", actor=None, at=at,
    )  # fmt: skip
    running(account, at)

    assert deliver_slot(ad_account_id=account.pk, slot=at)

    account.refresh_from_db()
    assert account.status == "approved"
    assert HourFact.objects.filter(slot=at).exists()


def test_a_refused_account_never_delivers_through_a_jump(
    business_center: BusinessCenter, at: datetime
) -> None:
    account = services.create_ad_account(
        business_center=business_center, name="Coats", currency="USD",
        timezone="America/New_York", country="US", website="https://casino.example",
        actor=None, at=at,
    )  # fmt: skip
    running(account, at)

    advance_to(at + 6 * HOUR)

    account.refresh_from_db()
    assert account.status == "disapproved"
    assert not HourFact.objects.exists()


def test_a_suspension_ends_delivery_and_its_end_lets_it_go_on(
    ad_account: AdAccount, at: datetime
) -> None:
    running(ad_account, at)
    who = {"ad_account": ad_account, "actor": None}
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * HOUR)
    services.suspend_ad_account(reason="Complaints.", at=at + 2 * HOUR, **who)
    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * HOUR)
    services.lift_suspension(at=at + 4 * HOUR, **who)

    deliver_until(ad_account_id=ad_account.pk, until=at + 5 * HOUR)

    slots = set(HourFact.objects.values_list("slot", flat=True))
    assert slots == {at, at + HOUR, at + 4 * HOUR}
