"""Turns of shards: one at a time, made again when lost, and nobody ends that of somebody else."""

from datetime import datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns import services, tasks
from campaigns.models import DeliveryCursor, DeliveryShard
from campaigns.services.turns import LOST

HOUR = timedelta(hours=1)
Queue = list[dict[str, str]]


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """What would be handed to the workers, in its order."""
    calls: Queue = []
    monkeypatch.setattr(tasks.jobs, "enqueue", lambda name, **call: calls.append(call))
    return calls


def lose_turn() -> None:
    """As when nothing was heard of the shard's task for long."""
    DeliveryShard.objects.update(turn_booked_at=DeliveryShard.objects.get().turn_booked_at - LOST)


@pytest.mark.django_db
def test_a_shard_has_one_turn_at_a_time(pair: tuple[AdAccount, AdAccount], queued: Queue) -> None:
    for _ in range(3):
        tasks.start_tick()

    assert len(queued) == 1


@pytest.mark.django_db
def test_a_task_that_was_lost_is_made_again_and_one_that_comes_twice_does_nothing(
    pair: tuple[AdAccount, AdAccount], at: datetime, queued: Queue
) -> None:
    tasks.start_tick()
    lose_turn()
    tasks.start_tick()
    assert [call["number"] for call in queued] == [0, 0]

    for call in [*queued]:
        tasks.deliver_shard(**call)

    slots = DeliveryCursor.objects.values_list("next_slot", flat=True)
    assert list(slots) == [at + 5 * HOUR] * 2
    assert len(queued) == 2


@pytest.mark.django_db
def test_a_task_that_comes_late_does_not_end_a_newer_turn(
    pair: tuple[AdAccount, AdAccount], at: datetime, queued: Queue
) -> None:
    tasks.start_tick()
    lose_turn()
    tasks.start_tick()
    late, newer = queued

    tasks.deliver_shard(**late)
    set_clock(at=at + 9 * HOUR, rate=PracticeClock.PAUSED)
    tasks.start_tick()
    assert len(queued) == 2  # the newer one still has its turn

    tasks.deliver_shard(**newer)
    tasks.start_tick()
    assert len(queued) == 3


@pytest.mark.django_db
def test_a_turn_is_over_even_when_the_task_fails(
    pair: tuple[AdAccount, AdAccount], queued: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**what: object) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(services, "deliver_shard", fail)
    tasks.start_tick()

    with pytest.raises(ZeroDivisionError):
        tasks.deliver_shard(**queued[0])

    assert DeliveryShard.objects.get().turn is None
