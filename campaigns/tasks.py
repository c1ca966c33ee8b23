"""Background work of campaigns: delivery of the hours that are over, and what falls due."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from celery.signals import worker_init
from django.utils import timezone

from bizcenter.clock import queries as clock
from bizcenter.clock.services import keep_pace
from bizcenter.lib import jobs

from . import services
from .delivery import compiled
from .queries.shards import shards_behind

SLICE_SECONDS = 20


@worker_init.connect
def load_engine(**_: object) -> None:
    """A worker's processes, made after this, share the engine's compiled loops."""
    compiled.compile_all()


@shared_task(name="campaigns.start_tick")
def start_tick() -> None:
    """One task for each shard that has an hour to deliver; a jump does its own delivery."""
    real = timezone.now()
    keep_pace(real=real)
    if clock.running_jump() is not None:
        return
    now = clock.now()
    behind = shards_behind(until=now)
    services.note_waiting(behind.keys(), real=real)
    for number in behind:
        _queue(number, now)


def _queue(number: int, until: datetime) -> None:
    """At most one task a shard waits or runs; if it is lost, a later tick makes another."""
    turn = services.book_turn(number=number, real=timezone.now())
    if turn is not None:
        end = until.isoformat()
        jobs.enqueue("campaigns.deliver_shard", number=number, until=end, turn=str(turn))


@shared_task(name="campaigns.deliver_shard")
def deliver_shard(number: int, until: str, turn: str | None = None) -> None:
    """Deliver for a while; what is left is queued again, so that every shard has its turn."""
    end = datetime.fromisoformat(until)
    try:
        done = services.deliver_shard(number=number, until=end, time_limit=SLICE_SECONDS)
    finally:
        if turn is not None:
            services.end_turn(number=number, token=UUID(turn))
    if not done:
        _queue(number, end)


@shared_task(name="campaigns.settle_due")
def settle_due() -> None:
    services.settle_due(ad_account_ids=None, until=clock.now())


@shared_task(name="campaigns.process_stop")
def process_stop(stop_request_id: int) -> None:
    services.process_stop(stop_request_id=stop_request_id, at=clock.now())


@shared_task(name="campaigns.keep_facts")
def keep_facts() -> None:
    """Room for the months to come, and none for those that are kept long enough."""
    now = clock.now()
    services.prepare_months(at=now)
    services.drop_old_facts(at=now)
