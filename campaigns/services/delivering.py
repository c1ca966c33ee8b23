"""Bringing the delivery of ad accounts up to a moment, hour by hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from adaccounts.services import decide_due_ad_accounts
from bizcenter.lib.prepared import Prepared

from ..delivery import partitions, tick
from ..models import DeliveryCursor
from .settling import settle_due

HOUR = timedelta(hours=1)
_BEHIND = Prepared(
    f"SELECT min(next_slot) FROM {DeliveryCursor._meta.db_table} WHERE ad_account_id = ANY($1)",
    "bigint[]",
)


def deliver_slot(*, ad_account_id: int, slot: datetime, is_durable: bool = True) -> bool:
    """As `deliver_hour`, for one ad account; False when it was not the account's next hour."""
    return bool(deliver_hour(ad_account_ids=[ad_account_id], slot=slot, is_durable=is_durable))


def deliver_hour(
    *, ad_account_ids: Sequence[int], slot: datetime, is_durable: bool = True
) -> list[int]:
    """The account-local hour that begins at `slot` is delivered, charged and final for those of the
    accounts whose next hour it is, in one transaction; reviews (of the accounts too) and stops due
    by its end took effect at their own times. Returns which; of the others nothing changed.

    One that is not durable becomes so with the next commit that is, whoever makes it: if the
    machine loses its power before, the database is as it was before the hour, which will be
    delivered again and be the same.
    """
    partitions.ensure_around(slot)
    return _deliver(ad_account_ids, slot, is_durable)


@transaction.atomic
def _deliver(ad_account_ids: Sequence[int], slot: datetime, is_durable: bool) -> list[int]:
    cursors = tick.claim(ad_account_ids=ad_account_ids, slot=slot, is_durable=is_durable)
    if not cursors:
        return []
    end, claimed = slot + HOUR, [cursor.pk for cursor in cursors]
    for cursor in cursors:
        if cursor.ad_account.is_review_due(end):
            decide_due_ad_accounts(ad_account_id=cursor.pk, until=end)
            cursor.ad_account.refresh_from_db()
    settle_due(ad_account_ids=claimed, until=end)
    tick.run(cursors)
    return claimed


def deliver_until(
    *,
    ad_account_id: int,
    until: datetime,
    time_limit: float | None = None,
    is_durable: bool = True,
) -> int:
    """As `deliver_together`, for one ad account."""
    return deliver_together(
        ad_account_ids=[ad_account_id], until=until, time_limit=time_limit, is_durable=is_durable
    )


def deliver_together(
    *,
    ad_account_ids: Sequence[int],
    until: datetime,
    time_limit: float | None = None,
    is_durable: bool = True,
) -> int:
    """Every hour of the accounts that is over by `until` is delivered, the same hour of all that
    stand at it in one transaction; returns how many hours were, counted for each account.

    After `time_limit` seconds it returns early; calling again goes on. Where it is durable, the
    last hour is, and with it those before; after an early return the next to commit sees to that.
    """
    began, delivered = monotonic(), 0
    slot = _next_slot(ad_account_ids)
    while slot is not None and slot + HOUR <= until:
        is_last = slot + 2 * HOUR > until
        done = deliver_hour(
            ad_account_ids=ad_account_ids, slot=slot, is_durable=is_durable and is_last
        )
        delivered += len(done)
        slot = slot + HOUR if len(done) == len(ad_account_ids) else _next_slot(ad_account_ids)
        if time_limit is not None and monotonic() - began > time_limit:
            break
    return delivered


def _next_slot(ad_account_ids: Sequence[int]) -> datetime | None:
    """The hour of the account that is the furthest behind."""
    ((slot,),) = _BEHIND.rows(list(ad_account_ids))
    return slot
