"""Jumping ahead: everything on the way happens in its order, whatever interrupts the jump."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Sum

from adaccounts.models import AdAccount
from billing.models import Invoice
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import JumpRefused, set_clock, start_jump
from bizcenter.practice import services, tasks
from bizcenter.practice.services import advance_to, run_jump
from campaigns.models import DeliveryCursor, HourFact, ReviewState, StopRequest
from campaigns.services import request_stop
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    fund(ad_account, 500_000, at)
    return make_tree(ad_account, at)


def test_reviews_stops_and_delivery_happen_on_the_way(tree: Tree, at: datetime) -> None:
    advance_to(at + DAY)
    tree.ad.refresh_from_db()
    assert tree.ad.review_state == ReviewState.APPROVED
    assert HourFact.objects.filter(slot__gte=tree.ad.approved_at - HOUR).exists()

    stop = request_stop(
        campaign=tree.campaign, kind="pause", reason="other", note="",
        expected_version=None, actor=None, at=at + DAY,
    )  # fmt: skip
    advance_to(at + 2 * DAY)

    assert StopRequest.objects.get().finished_at == stop.effective_at
    assert HourFact.objects.latest("slot").slot <= stop.effective_at
    assert clock.now() == at + 2 * DAY
    assert DeliveryCursor.objects.get().next_slot == at + 2 * DAY


def test_a_month_that_ends_on_the_way_is_invoiced(ad_account: AdAccount, at: datetime) -> None:
    last_day, new_month = at + 28 * DAY, datetime.fromisoformat("2026-12-01T05:00+00:00")
    set_clock(at=last_day, rate=PracticeClock.PAUSED)
    fund(ad_account, 500_000, last_day)
    approve(make_tree(ad_account, last_day).ad, last_day)

    advance_to(new_month + HOUR)

    invoice = Invoice.objects.get()
    assert (invoice.month.month, invoice.issued_at) == (11, new_month)
    november = HourFact.objects.filter(slot__lt=new_month).aggregate(n=Sum("spend"))["n"]
    assert invoice.net == november > 0


def test_a_jump_to_the_past_does_nothing(tree: Tree, at: datetime) -> None:
    advance_to(at - DAY)

    assert clock.now() == at
    assert not Jump.objects.exists()


def test_a_jump_in_slices_arrives_too(tree: Tree, at: datetime) -> None:
    jump = start_jump(target=at + 3 * HOUR + MINUTE, actor=None)

    assert not run_jump(jump_id=jump.pk, time_limit=0)
    assert clock.now() == at + HOUR
    assert run_jump(jump_id=jump.pk)
    assert clock.now() == at + 3 * HOUR + MINUTE


@pytest.mark.django_db(transaction=True)
def test_the_task_works_in_slices(
    tree: Tree, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE_SECONDS", 0)
    jump = start_jump(target=at + 3 * HOUR, actor=None)

    tasks.run_jump(jump.pk)

    assert clock.now() == at + 3 * HOUR


def test_two_jumps_at_once_are_refused(tree: Tree, at: datetime) -> None:
    start_jump(target=at + DAY, actor=None)

    with pytest.raises(JumpRefused):
        advance_to(at + 2 * DAY)


def test_jump_steps_and_one_leap_of_the_beat_deliver_the_same(
    ad_account: AdAccount, at: datetime
) -> None:
    """Two accounts of one seed: one driven hour by hour, one caught up in a single task."""
    twin = make_ad_account(ad_account.business_center, None, at, name="Twin")
    for account in (ad_account, twin):
        fund(account, 500_000, at)
        make_tree(account, at)
    DeliveryCursor.objects.filter(ad_account=twin).update(next_slot=at + 300 * DAY)

    advance_to(at + DAY)
    DeliveryCursor.objects.filter(ad_account=twin).update(next_slot=at)
    services.live_through(at + DAY)

    def facts(account: AdAccount) -> list[tuple]:
        rows = HourFact.objects.filter(ad_account_id=account.pk).order_by("slot")
        return list(rows.values_list("slot", "impressions", "clicks", "cost_micros", "spend"))

    assert facts(ad_account) == facts(twin) != []
    assert clock.clock().rate == PracticeClock.PAUSED
