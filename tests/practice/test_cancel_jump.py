"""A jump that is cancelled leaves the clock exactly where the last delivered hour ends."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import (
    advance_jump,
    begin_hour,
    cancel_jump,
    set_clock,
    set_speed,
    start_jump,
)
from bizcenter.practice import services
from bizcenter.practice.services import run_jump
from campaigns.models import DeliveryCursor, HourFact
from campaigns.queries import shards
from campaigns.queries.shards import accounts_behind
from campaigns.services import deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SILENCE = Jump.SILENCE + timedelta(seconds=1)


@pytest.fixture
def accounts(ad_account: AdAccount, at: datetime) -> list[AdAccount]:
    """Three that deliver."""
    others = [make_ad_account(ad_account.business_center, None, at, name=n) for n in "BC"]
    for account in (ad_account, *others):
        fund(account, 500_000, at)
        make_tree(account, at)
    return [ad_account, *others]


@pytest.fixture
def after_hours(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], object]], None]:
    """Something happens once so many ad accounts have been delivered by jumps."""
    monkeypatch.setattr(shards, "MOST_ADS", 0)  # each by itself
    deliver, counted = services.deliver_or_note, [0]

    def plan(number: int, deed: Callable[[], object]) -> None:
        def counting(**kwargs: object) -> int:
            delivered = deliver(**kwargs)
            counted[0] += 1
            if counted[0] == number:
                deed()
            return delivered

        monkeypatch.setattr(services, "deliver_or_note", counting)

    return plan


def places() -> list[datetime]:
    return sorted(DeliveryCursor.objects.values_list("next_slot", flat=True))


def test_cancelled_in_the_midst_of_an_hour_it_ends_with_that_hour(
    accounts: list[AdAccount], at: datetime, after_hours: Callable
) -> None:
    jump = start_jump(target=at + DAY, actor=None)
    seen = []

    def cancel() -> None:
        cancel_jump(jump_id=jump.pk)
        seen.append(clock.now())

    after_hours(7, cancel)  # the first of three in the third hour
    assert run_jump(jump_id=jump.pk)

    jump.refresh_from_db()
    assert seen == [at + 2 * HOUR]
    assert (jump.state, jump.reached) == (Jump.State.CANCELLED, at + 3 * HOUR)
    assert clock.now() == at + 3 * HOUR
    assert places() == [at + 3 * HOUR] * 3


def test_after_a_cancelled_jump_the_clock_runs_as_before(
    accounts: list[AdAccount], at: datetime
) -> None:
    set_clock(at=at, rate=PracticeClock.REAL)
    jump = start_jump(target=at + DAY, actor=None)
    begin_hour(jump_id=jump.pk)
    cancel_jump(jump_id=jump.pk)
    assert clock.clock().rate == PracticeClock.PAUSED

    run_jump(jump_id=jump.pk)

    assert clock.clock().rate == PracticeClock.REAL
    assert clock.clock().practice_anchor == at + HOUR
    set_speed(rate=PracticeClock.PAUSED)


def test_between_two_hours_it_ends_at_once(accounts: list[AdAccount], at: datetime) -> None:
    jump = start_jump(target=at + DAY, actor=None)
    run_jump(jump_id=jump.pk, time_limit=0)

    cancel_jump(jump_id=jump.pk)

    assert clock.running_jump() is None
    assert clock.now() == at + HOUR
    assert run_jump(jump_id=jump.pk)
    assert places() == [at + HOUR] * 3


@pytest.mark.parametrize("asked_before", [True, False])
def test_without_a_worker_it_ends_when_it_is_cancelled(
    accounts: list[AdAccount], at: datetime, asked_before: bool
) -> None:
    """The worker died after one of three accounts of the second hour."""
    jump = start_jump(target=at + DAY, actor=None)
    run_jump(jump_id=jump.pk, time_limit=0)
    begin_hour(jump_id=jump.pk)
    deliver_until(ad_account_id=accounts[0].pk, until=at + 2 * HOUR)
    if asked_before:
        cancel_jump(jump_id=jump.pk)
    Jump.objects.update(heartbeat_at=timezone.now() - SILENCE)

    cancel_jump(jump_id=jump.pk)

    assert clock.running_jump() is None
    assert clock.now() == at + 2 * HOUR == max(places())
    left = {account.pk for account in accounts[1:]}
    assert set(accounts_behind(until=clock.now())) == left


def test_a_worker_that_was_taken_for_lost_delivers_nothing_ahead_of_the_clock(
    accounts: list[AdAccount], at: datetime, after_hours: Callable
) -> None:
    jump = start_jump(target=at + DAY, actor=None)

    def cancel_as_if_silent() -> None:
        Jump.objects.update(heartbeat_at=timezone.now() - SILENCE)
        cancel_jump(jump_id=jump.pk)
        assert clock.running_jump() is None

    after_hours(4, cancel_as_if_silent)
    assert run_jump(jump_id=jump.pk)

    assert clock.now() == at + 2 * HOUR
    assert places() == [at + 2 * HOUR] * 3


def test_a_worker_an_hour_ahead_of_another_finishes_its_hour(
    accounts: list[AdAccount], at: datetime
) -> None:
    """Two run the same jump; the slower one hears of the end while the faster one is in an hour."""
    jump = start_jump(target=at + DAY, actor=None)
    first = begin_hour(jump_id=jump.pk)
    advance_jump(jump_id=jump.pk, to=first)
    second = begin_hour(jump_id=jump.pk)
    cancel_jump(jump_id=jump.pk)

    assert advance_jump(jump_id=jump.pk, to=first)
    assert clock.running_jump() is not None
    assert begin_hour(jump_id=jump.pk) == second
    assert not advance_jump(jump_id=jump.pk, to=second)

    assert clock.now() == second == at + 2 * HOUR


def test_cancelled_in_its_last_hour_it_has_arrived(accounts: list[AdAccount], at: datetime) -> None:
    jump = start_jump(target=at + timedelta(minutes=30), actor=None)
    begin_hour(jump_id=jump.pk)
    cancel_jump(jump_id=jump.pk)

    run_jump(jump_id=jump.pk)

    jump.refresh_from_db()
    assert (jump.state, clock.now()) == (Jump.State.DONE, at + timedelta(minutes=30))


def test_cancelling_twice_or_too_late_changes_nothing(
    accounts: list[AdAccount], at: datetime
) -> None:
    jump = start_jump(target=at + DAY, actor=None)
    begin_hour(jump_id=jump.pk)
    first = cancel_jump(jump_id=jump.pk)
    again = cancel_jump(jump_id=jump.pk)
    run_jump(jump_id=jump.pk)
    after = HourFact.objects.count()

    assert first.cancel_requested_at == again.cancel_requested_at is not None
    assert cancel_jump(jump_id=jump.pk) is None
    assert run_jump(jump_id=jump.pk)
    assert clock.now() == at + HOUR
    assert HourFact.objects.count() == after
