"""Bringing an account's delivery up to a moment, hour by hour."""

from datetime import datetime, timedelta
from time import monotonic

from django.db import connection, transaction

from adaccounts.services import decide_due_ad_accounts

from ..delivery import partitions, tick
from ..models import DeliveryCursor
from .settling import settle_due

HOUR = timedelta(hours=1)


def deliver_slot(*, ad_account_id: int, slot: datetime, is_durable: bool = True) -> bool:
    """The account-local hour that begins at `slot` is delivered, charged and final; reviews (of
    the account too) and stops due by its end took effect at their own times.

    False, and nothing changed, when it was not the account's next hour.

    One that is not durable becomes so with the next commit that is, whoever makes it: if the
    machine loses its power before, the database is as it was before the hour, which will be
    delivered again and be the same.
    """
    partitions.ensure_around(slot)
    return _deliver(ad_account_id, slot, is_durable)


@transaction.atomic
def _deliver(ad_account_id: int, slot: datetime, is_durable: bool) -> bool:
    cursor = tick.claim(ad_account_id=ad_account_id, slot=slot)
    if cursor is None:
        return False
    if not is_durable:
        need_not_wait_for_the_disk()
    if cursor.ad_account.is_review_due(slot + HOUR):
        decide_due_ad_accounts(ad_account_id=ad_account_id, until=slot + HOUR)
        cursor.ad_account.refresh_from_db()
    settle_due(ad_account_id=ad_account_id, until=slot + HOUR)
    tick.run(cursor)
    return True


def need_not_wait_for_the_disk() -> None:
    """The commit of this transaction becomes durable with the next one that waits."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def deliver_until(
    *,
    ad_account_id: int,
    until: datetime,
    time_limit: float | None = None,
    is_durable: bool = True,
) -> int:
    """Every hour of the account that is over by `until` is delivered; how many were.

    After `time_limit` seconds it returns early; calling again goes on. Where it is durable, the
    last hour is, and with it those before; after an early return the next to commit sees to that.
    """
    began, delivered = monotonic(), 0
    slot = _next_slot(ad_account_id)
    while slot is not None and slot + HOUR <= until:
        is_last = slot + 2 * HOUR > until
        if deliver_slot(ad_account_id=ad_account_id, slot=slot, is_durable=is_durable and is_last):
            delivered += 1
            slot += HOUR
        else:
            slot = _next_slot(ad_account_id)
        if time_limit is not None and monotonic() - began > time_limit:
            break
    return delivered


def _next_slot(ad_account_id: int) -> datetime | None:
    cursors = DeliveryCursor.objects.filter(pk=ad_account_id)
    return cursors.values_list("next_slot", flat=True).first()
