"""One account, one hour: facts, charge, state and cursor together, once."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from adaccounts.models import AdAccount
from billing.models import Entry, LedgerAccount, Posting
from billing.queries import spend_by_campaign, spendable_balance
from campaigns import services
from campaigns.delivery import day_sums, tick
from campaigns.delivery.closing import Closing, close_days
from campaigns.delivery.plan import FACT, METRICS
from campaigns.models import (
    AdGroup,
    BudgetMode,
    Campaign,
    DayFact,
    DeliveryCursor,
    HourFact,
    HourLog,
)
from campaigns.services import deliver_slot, deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import approve, effects, make_ad, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def cursor_of(ad_account: AdAccount) -> DeliveryCursor:
    return DeliveryCursor.objects.get(ad_account=ad_account)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime):
    fund(ad_account, 500_000, at)
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    return tree


def test_facts_charge_and_cursor_move_together(tree, ad_account: AdAccount, at: datetime) -> None:
    assert deliver_slot(ad_account_id=ad_account.pk, slot=at)

    fact = HourFact.objects.get()
    assert (fact.ad_id, fact.slot) == (tree.ad.pk, at)
    assert (fact.ad_group_id, fact.campaign_id) == (tree.group.pk, tree.campaign.pk)
    assert 0 < fact.spend * 10_000 <= fact.cost_micros < (fact.spend + 1) * 10_000
    assert spendable_balance(ad_account=ad_account) == 500_000 - fact.spend
    posting = Posting.objects.get(kind="spend")
    assert (posting.at, posting.day) == (at + HOUR, date(2026, 11, 2))
    cost = Entry.objects.get(posting=posting, account__kind=LedgerAccount.Kind.COST)
    assert (cost.amount, cost.reference) == (fact.spend, f"campaign:{tree.campaign.pk}")
    assert cursor_of(ad_account).next_slot == at + HOUR
    assert bytes(cursor_of(ad_account).state)


def test_an_hour_that_is_not_the_next_one_changes_nothing(
    tree, ad_account: AdAccount, at: datetime
) -> None:
    deliver_slot(ad_account_id=ad_account.pk, slot=at)
    before = list(HourFact.objects.values()), Posting.objects.count()

    for slot in (at, at - HOUR, at + 2 * HOUR):
        assert not deliver_slot(ad_account_id=ad_account.pk, slot=slot)

    assert (list(HourFact.objects.values()), Posting.objects.count()) == before
    assert cursor_of(ad_account).next_slot == at + HOUR


@pytest.mark.parametrize("breaks", ["copy_hour", "copy_log", "charge_hour", "_move_on"])
def test_a_failure_anywhere_leaves_nothing(
    tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as patched:
        home = tick.writing if breaks.startswith("copy") else tick
        patched.setattr(home, breaks, fail)
        with pytest.raises(RuntimeError):
            deliver_slot(ad_account_id=ad_account.pk, slot=at)

    assert not HourFact.objects.exists()
    assert not HourLog.objects.exists()
    assert spendable_balance(ad_account=ad_account) == 500_000
    assert cursor_of(ad_account).next_slot == at
    assert deliver_slot(ad_account_id=ad_account.pk, slot=at)


def test_a_closed_day_is_the_sum_of_its_hours(tree, ad_account: AdAccount, at: datetime) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + 14 * HOUR)

    day = DayFact.objects.get()
    hours = HourFact.objects.filter(slot__lt=at + 14 * HOUR)
    sums = hours.aggregate(i=Sum("impressions"), c=Sum("cost_micros"), s=Sum("spend"))
    assert day.day == date(2026, 11, 2)
    assert (day.impressions, day.cost_micros, day.spend) == tuple(int(n) for n in sums.values())
    assert cursor_of(ad_account).open_day == date(2026, 11, 3)


@pytest.mark.parametrize("large", [0, 10_000], ids=["added up on the way", "by the database"])
def test_a_day_is_closed_once(
    tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    """Closing it again is refused and adds nothing."""
    monkeypatch.setattr(day_sums, "LARGE", large)
    DeliveryCursor.objects.update(next_slot=at - 10 * HOUR)  # the day's first hour
    deliver_until(ad_account_id=ad_account.pk, until=at + 14 * HOUR)
    found, _ = tick.look([ad_account], since=at)[0]
    day, end = date(2026, 11, 2), at + 14 * HOUR
    whole = day_sums.OpenDay(at - 10 * HOUR)
    whole.add(found, np.array([(1, 0, *[5] * len(METRICS))], FACT))
    closing = Closing(ad_account, day, found, None if large else whole, b"")
    before = list(DayFact.objects.values())

    with pytest.raises(IntegrityError), transaction.atomic():
        close_days([closing], end=end)

    assert list(DayFact.objects.values()) == before != []


def test_without_anything_to_deliver_the_hour_still_passes(
    ad_account: AdAccount, at: datetime
) -> None:
    make_tree(ad_account, at)  # in review, and no money

    assert deliver_until(ad_account_id=ad_account.pk, until=at + timedelta(minutes=150)) == 2
    assert not HourFact.objects.exists()
    assert cursor_of(ad_account).next_slot == at + 2 * HOUR


def test_an_empty_wallet_is_noticed_and_mended(tree, ad_account: AdAccount, at: datetime) -> None:
    AdGroup.objects.update(budget=2_000_000)
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * DAY)
    assert cursor_of(ad_account).is_out_of_balance
    assert 0 <= spendable_balance(ad_account=ad_account) < 200

    fund(ad_account, 4_000_000, at + 3 * DAY)
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * DAY + HOUR)

    assert not cursor_of(ad_account).is_out_of_balance
    assert HourFact.objects.filter(slot=at + 3 * DAY).exists()


def test_an_exhausted_daily_budget_is_marked_until_midnight(
    tree, ad_account: AdAccount, at: datetime
) -> None:
    AdGroup.objects.update(budget=2_000, pacing="PACING_MODE_FAST")
    Campaign.objects.update(budget_mode=BudgetMode.TOTAL, budget=5_000)

    deliver_until(ad_account_id=ad_account.pk, until=at + 13 * HOUR)
    tree.group.refresh_from_db()
    assert tree.group.exhausted_on == date(2026, 11, 2)

    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * DAY)
    tree.campaign.refresh_from_db()
    assert tree.campaign.exhausted_on == date.max
    assert spend_by_campaign(
        ad_account=ad_account, first_day=date(2026, 11, 1), last_day=date(2026, 11, 9)
    )[tree.campaign.pk] in range(4_900, 5_001)


def test_a_suspended_account_delivers_nothing(tree, ad_account: AdAccount, at: datetime) -> None:
    AdAccount.objects.update(status=AdAccount.Status.SUSPENDED)

    assert deliver_slot(ad_account_id=ad_account.pk, slot=at)

    assert not HourFact.objects.exists()


def test_an_edit_is_seen_by_the_very_next_hour(tree, ad_account: AdAccount, at: datetime) -> None:
    deliver_slot(ad_account_id=ad_account.pk, slot=at)
    new = approve(make_ad(tree.group, at), at)
    services.switch_off(node=tree.ad, actor=None, at=at + HOUR - timedelta(minutes=1))
    [effect] = effects(tree.ad)

    for hour in (1, 2):
        deliver_slot(ad_account_id=ad_account.pk, slot=at + hour * HOUR)

    assert at + HOUR < effect <= at + HOUR + timedelta(minutes=1)
    last = HourFact.objects.filter(slot=at + 2 * HOUR).values_list("ad_id", flat=True)
    assert set(last) == {new.pk}


def test_hours_of_a_half_hour_zone_begin_at_half_past(ad_account: AdAccount, at: datetime) -> None:
    AdAccount.objects.update(utc_offset_minutes=330)
    ad_account.refresh_from_db()
    fund(ad_account, 100_000, at)
    approve(make_tree(ad_account, at).ad, at)

    deliver_until(ad_account_id=ad_account.pk, until=at + DAY)

    slots = set(HourFact.objects.values_list("slot__minute", flat=True))
    assert slots == {30}
    assert DayFact.objects.get().day == date(2026, 11, 2)
    midnight = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    closed = HourFact.objects.filter(slot__lt=midnight).aggregate(n=Sum("spend"))["n"]
    assert DayFact.objects.get().spend == closed
