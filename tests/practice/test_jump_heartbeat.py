"""A jump whose worker lives is left alone however long an hour takes; a lost one is picked up."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump
from bizcenter.clock.services import begin_hour, note_progress, start_jump, take_over_jump
from bizcenter.lib import jobs
from bizcenter.practice import services, tasks
from bizcenter.practice.services import run_jump
from campaigns.models import DeliveryCursor, HourFact
from campaigns.queries import shards
from campaigns.services import deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import make_tree
from tests.races.histories import history
from tests.races.test_double_delivery import in_thread

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG_AGO = Jump.SILENCE + timedelta(seconds=1)


def make_accounts(like: AdAccount, at: datetime, names: str) -> list[AdAccount]:
    accounts = []
    for seed, name in enumerate(names):
        account = make_ad_account(like.business_center, None, at, name=name, seed=seed)
        fund(account, 500_000, at)
        make_tree(account, at)
        accounts.append(account)
    return accounts


def fall_silent() -> None:
    Jump.objects.update(heartbeat_at=timezone.now() - LONG_AGO)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **kwargs: found.append(name))
    return found


def test_every_account_of_a_slow_hour_is_a_sign_of_life(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch, queued: list[str]
) -> None:
    """Each of three accounts takes longer than a worker may be silent."""
    make_accounts(ad_account, at, "ABC")
    jump = start_jump(target=at + HOUR, actor=None)
    monkeypatch.setattr(services, "HEARTBEAT_SECONDS", 0)
    monkeypatch.setattr(shards, "MOST_ADS", 0)  # each by itself
    deliver, told = services.deliver_or_note, []

    def slowly(**kwargs: object) -> int:
        jump.refresh_from_db()
        told.append((jump.accounts_done, jump.accounts_due))
        tasks.resume_jump()
        fall_silent()
        return deliver(**kwargs)

    monkeypatch.setattr(services, "deliver_or_note", slowly)
    run_jump(jump_id=jump.pk)

    assert told == [(0, 3), (1, 3), (2, 3)]
    assert queued == []


def test_an_account_that_is_far_behind_is_delivered_in_pieces(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (account,) = make_accounts(ad_account, at, "A")
    jump = start_jump(target=at + HOUR, actor=None)
    DeliveryCursor.objects.update(next_slot=at - 4 * HOUR, open_day=account.day_of(at - 4 * HOUR))
    monkeypatch.setattr(services, "PIECE_SECONDS", 0)
    monkeypatch.setattr(services, "HEARTBEAT_SECONDS", 0)
    beats = []
    monkeypatch.setattr(services, "note_progress", lambda **kwargs: beats.append(kwargs))

    run_jump(jump_id=jump.pk)

    assert DeliveryCursor.objects.get().next_slot == at + HOUR
    assert len(beats) >= 5


def test_a_lost_jump_is_given_out_once(ad_account: AdAccount, at: datetime) -> None:
    jump = start_jump(target=at + HOUR, actor=None)
    assert take_over_jump(real=timezone.now()) is None

    fall_silent()

    assert take_over_jump(real=timezone.now()) == jump
    assert take_over_jump(real=timezone.now()) is None
    assert take_over_jump(real=timezone.now() + LONG_AGO) == jump


@pytest.mark.django_db(transaction=True)
def test_a_jump_whose_worker_died_is_picked_up(ad_account: AdAccount, at: datetime) -> None:
    make_accounts(ad_account, at, "A")
    jump = start_jump(target=at + 5 * HOUR, actor=None)
    begin_hour(jump_id=jump.pk)
    tasks.resume_jump()
    assert clock.now() == at

    fall_silent()
    tasks.resume_jump()

    jump.refresh_from_db()
    assert jump.state == Jump.State.DONE
    assert clock.now() == at + 5 * HOUR
    assert HourFact.objects.count() <= 5


def test_of_two_workers_the_further_one_is_shown(ad_account: AdAccount, at: datetime) -> None:
    jump = start_jump(target=at + DAY, actor=None)
    begin_hour(jump_id=jump.pk)
    for left in (40, 12, 30, None):
        note_progress(jump_id=jump.pk, accounts_left=left)

    jump.refresh_from_db()
    assert (jump.accounts_done, jump.accounts_due) == (28, 40)


@pytest.mark.django_db(transaction=True)
def test_two_workers_in_one_jump_deliver_once(ad_account: AdAccount, at: datetime) -> None:
    once, twice = make_accounts(ad_account, at, "A"), make_accounts(ad_account, at, "A")
    deliver_until(ad_account_id=once[0].pk, until=at + 12 * HOUR)
    jump = start_jump(target=at + 12 * HOUR, actor=None)
    answers: list[object] = []

    threads = [in_thread(lambda: run_jump(jump_id=jump.pk), answers) for _ in range(2)]
    for thread in threads:
        thread.join()

    jump.refresh_from_db()
    assert answers == [True, True]
    assert (jump.state, clock.now()) == (Jump.State.DONE, at + 12 * HOUR)
    assert history(once[0])["log"] != []
    assert history(twice[0]) == history(once[0])


@pytest.mark.parametrize(
    ("share_of_the_hour", "seconds", "left"),
    [(0, 40, 400), (0.5, 60, 380), (0.5, 2, None)],
)
def test_the_time_left_follows_from_what_is_done(
    at: datetime, share_of_the_hour: float, seconds: int, left: int | None
) -> None:
    """One of eleven hours is done, and a part of the second; `seconds` have passed."""
    real = timezone.now()
    jump = Jump(
        started_from=at,
        reached=at + HOUR,
        target=at + 11 * HOUR,
        working_to=at + 2 * HOUR,
        accounts_due=10,
        accounts_left=int(10 - 10 * share_of_the_hour),
        began_at=real - timedelta(seconds=seconds),
        heartbeat_at=real,
    )

    found = jump.time_left(real)

    assert (found and round(found.total_seconds())) == left
