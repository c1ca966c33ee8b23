"""Days and months end by each ad account's own clock, on whatever minute of ours that is."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum

from adaccounts.models import AdAccount
from billing.models import Invoice
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.leaps import ZoneClock, leaps_from
from bizcenter.practice.services import advance_to
from campaigns.delivery import partitions
from campaigns.models import DayFact, DeliveryCursor, HourFact
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = ("Asia/Kathmandu", "Asia/Kolkata", "Pacific/Honolulu")


def make_delivering(like: AdAccount, zone: str, at: datetime) -> AdAccount:
    """An account in that zone with one ad that delivers from `at` on."""
    account = make_ad_account(like.business_center, None, at, name=zone, timezone=zone)
    fund(account, 900_000, at)
    approve(make_tree(account, at).ad, at)
    return account


def closed_days(account: AdAccount) -> list[date]:
    found = DayFact.objects.filter(ad_account_id=account.pk)
    return sorted(found.values_list("day", flat=True))


@pytest.mark.parametrize(
    ("zone", "offset", "minute"), [("Asia/Kathmandu", 345, 15), ("Asia/Kolkata", 330, 30)]
)
def test_days_of_a_zone_off_the_hour_are_its_own(
    ad_account: AdAccount, at: datetime, zone: str, offset: int, minute: int
) -> None:
    account = make_delivering(ad_account, zone, at)
    new_york = make_delivering(ad_account, "America/New_York", at)
    tuesday = date(2026, 11, 3)
    midnight = account.day_start(tuesday)
    assert (account.utc_offset_minutes, midnight.hour, midnight.minute) == (offset, 18, minute)

    advance_to(midnight - MINUTE)
    assert closed_days(account) == []
    advance_to(midnight)
    assert closed_days(account) == [tuesday - DAY]
    advance_to(midnight + DAY)

    assert closed_days(account) == [tuesday - DAY, tuesday]
    assert closed_days(new_york) == [tuesday - DAY]
    hours = HourFact.objects.filter(ad_account_id=account.pk)
    assert {slot.minute for slot in hours.values_list("slot", flat=True)} == {minute}
    for day in closed_days(account):
        start = account.day_start(day)
        own = hours.filter(slot__gte=start, slot__lt=start + DAY)
        assert {account.day_of(slot) for slot in own.values_list("slot", flat=True)} == {day}
        sums = own.aggregate(n=Sum("impressions"), cost=Sum("cost_micros"), spend=Sum("spend"))
        fact = DayFact.objects.get(ad_account_id=account.pk, day=day)
        assert sums == {"n": fact.impressions, "cost": fact.cost_micros, "spend": fact.spend}
        assert fact.impressions > 0
    # At night an hour now and then brings nothing.
    assert hours.filter(slot__gte=midnight, slot__lt=midnight + DAY).count() > 20
    cursor = DeliveryCursor.objects.get(ad_account=account)
    assert (cursor.next_slot, cursor.open_day) == (midnight + DAY, tuesday + DAY)


@pytest.mark.parametrize(
    ("month", "days"),
    [
        (date(2027, 2, 1), 28),
        (date(2028, 2, 1), 29),
        (date(2026, 11, 1), 30),
        (date(2026, 12, 1), 31),
    ],
)
def test_the_leap_over_a_months_end_invoices_every_zone_by_its_own_days(
    ad_account: AdAccount, month: date, days: int
) -> None:
    last, first = month + (days - 1) * DAY, month + days * DAY
    assert first.day == 1
    partitions.ensure(month, first)
    here = ad_account.day_start(last) - 6 * HOUR
    set_clock(at=here, rate=PracticeClock.PAUSED)
    accounts = [make_delivering(ad_account, zone, here) for zone in (*ZONES, ad_account.timezone)]
    clocks = [ZoneClock(account, 1) for account in accounts]
    leap = leaps_from(here, clocks[-1], clocks).month_end

    advance_to(leap.target - MINUTE)
    honolulu = accounts[2]
    assert leap.target == honolulu.day_start(first)
    assert not Invoice.objects.filter(ad_account=honolulu).exists()
    advance_to(leap.target)

    for account in accounts:
        invoice = Invoice.objects.get(ad_account=account)
        assert (invoice.month, invoice.issue_date) == (month, first)
        assert invoice.issued_at == account.day_start(first)
        assert invoice.due_date == first + 30 * DAY
        of_month = HourFact.objects.filter(
            ad_account_id=account.pk, slot__lt=account.day_start(first)
        )
        assert invoice.net == of_month.aggregate(n=Sum("spend"))["n"] > 0
        assert closed_days(account)[-1] >= last
        assert last in closed_days(account)
