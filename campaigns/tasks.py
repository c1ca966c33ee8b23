"""Background work of campaigns: delivery of the hours that are over, and what falls due."""

from datetime import datetime

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from bizcenter.clock import queries as clock
from bizcenter.clock.services import keep_pace
from bizcenter.lib import jobs

from . import services

SLICE_SECONDS = 20
_QUEUED_SECONDS = 30


@shared_task(name="campaigns.start_tick")
def start_tick() -> None:
    """One task for each account that has an hour to deliver; a jump does its own delivery."""
    keep_pace(real=timezone.now())
    if clock.running_jump() is not None:
        return
    now = clock.now()
    for ad_account_id in services.accounts_behind(until=now):
        _queue(ad_account_id, now)


def _queue(ad_account_id: int, until: datetime) -> None:
    """At most one task an account waits or runs; if it is lost, the next tick makes another."""
    if cache.add(_mark(ad_account_id), True, timeout=_QUEUED_SECONDS):
        jobs.enqueue(
            "campaigns.deliver_account", ad_account_id=ad_account_id, until=until.isoformat()
        )


def _mark(ad_account_id: int) -> str:
    return f"delivery-queued:{ad_account_id}"


@shared_task(name="campaigns.deliver_account")
def deliver_account(ad_account_id: int, until: str) -> None:
    """Deliver for a while; what is left is queued again, so that every account has its turn."""
    end = datetime.fromisoformat(until)
    try:
        services.deliver_until(ad_account_id=ad_account_id, until=end, time_limit=SLICE_SECONDS)
    finally:
        cache.delete(_mark(ad_account_id))
    if ad_account_id in services.accounts_behind(until=end):
        _queue(ad_account_id, end)


@shared_task(name="campaigns.settle_due")
def settle_due() -> None:
    services.settle_due(ad_account_id=None, until=clock.now())


@shared_task(name="campaigns.process_stop")
def process_stop(stop_request_id: int) -> None:
    services.process_stop(stop_request_id=stop_request_id, at=clock.now())


@shared_task(name="campaigns.keep_facts")
def keep_facts() -> None:
    """Room for the months to come, and none for those that are kept long enough."""
    now = clock.now()
    services.prepare_months(at=now)
    services.drop_old_facts(at=now)
