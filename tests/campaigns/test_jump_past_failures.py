"""A jump goes on without an ad account that fails, tries it now and then, and says which it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from adaccounts.models import AdAccount
from bizcenter.clock.services import start_jump
from bizcenter.practice.services import run_jump
from campaigns import tasks
from campaigns.delivery import tick
from campaigns.models import DeliveryCursor
from tests.factories.accounts import Cast

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def slot(account: AdAccount) -> datetime:
    return DeliveryCursor.objects.get(pk=account.pk).next_slot


def long_ago(account: AdAccount) -> None:
    """The account failed so long ago that it may be tried again."""
    DeliveryCursor.objects.filter(pk=account.pk).update(
        failed_at=DeliveryCursor.objects.get(pk=account.pk).failed_at - DeliveryCursor.TRY_AGAIN
    )


@pytest.fixture
def tries(poison, pair, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Hours of the first of the pair, which fails from its second on, that were tried."""
    poison(pair[0])
    found, fail = [], tick.run

    def count(cursors: list[DeliveryCursor]) -> None:
        if [cursor.pk for cursor in cursors] == [pair[0].pk]:
            found.append(cursors[0].next_slot)
        fail(cursors)

    monkeypatch.setattr(tick, "run", count)
    return found


def test_the_others_arrive_and_the_failing_one_is_not_tried_at_every_hour(
    pair: tuple[AdAccount, AdAccount], at: datetime, tries: list[datetime]
) -> None:
    bad, good = pair
    jump = start_jump(target=at + 12 * HOUR, actor=None)

    run_jump(jump_id=jump.pk)

    jump.refresh_from_db()
    assert jump.state == jump.State.DONE
    assert slot(good) == at + 12 * HOUR
    assert slot(bad) == tries[-1] < at + 5 * HOUR
    assert tries.count(slot(bad)) == 1


def test_it_is_tried_again_on_the_way_once_it_has_rested(
    pair: tuple[AdAccount, AdAccount], at: datetime, tries: list[datetime]
) -> None:
    bad, _ = pair
    jump = start_jump(target=at + 12 * HOUR, actor=None)
    for _ in range(3):
        run_jump(jump_id=jump.pk, time_limit=0)
    before = len(tries)

    long_ago(bad)
    run_jump(jump_id=jump.pk)

    assert len(tries) == before + 1


def test_who_is_behind_is_shown_while_the_jump_runs_and_after_it(
    pair: tuple[AdAccount, AdAccount],
    at: datetime,
    tries: list[datetime],
    cast: Cast,
    client_of: Callable[..., Client],
) -> None:
    jump = start_jump(target=at + 8 * HOUR, actor=None)
    run_jump(jump_id=jump.pk, time_limit=0)
    said = f'{pair[0].name} (<span class="num">{pair[0].pk}</span>): the hour from'

    assert said in client_of(cast.tom).get("/practice/clock/progress/").content.decode()
    assert said not in client_of(cast.mia).get("/practice/clock/progress/").content.decode()
    assert client_of(cast.tom).get("/practice/clock/").content.decode().count(said) == 1

    run_jump(jump_id=jump.pk)
    assert client_of(cast.tom).get("/practice/clock/").content.decode().count(said) == 1


def test_after_the_jump_it_catches_up(
    pair: tuple[AdAccount, AdAccount], at: datetime, poison: Callable
) -> None:
    bad, good = pair
    cure = poison(bad)
    run_jump(jump_id=start_jump(target=at + 8 * HOUR, actor=None).pk)

    cure()
    long_ago(bad)
    tasks.deliver_shard(0, (at + 8 * HOUR).isoformat())

    assert slot(bad) == slot(good) == at + 8 * HOUR
    assert DeliveryCursor.objects.get(pk=bad.pk).failed_at is None
