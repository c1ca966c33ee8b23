"""Delivering a shard of ad accounts: each has its turn, and one that fails holds up nobody else."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from ..models import DeliveryCursor, DeliveryShard
from ..queries.shards import shard_of, shards_behind
from .delivering import deliver_until

log = logging.getLogger(__name__)

TRY_AGAIN = timedelta(seconds=30)  # real time, after a failure
_PROGRESS = f"UPDATE {DeliveryShard._meta.db_table} SET progress_at = %s WHERE number = %s"


def note_waiting(numbers: Collection[int], *, real: datetime) -> None:
    """Hours of these shards wait since `real`, if they did not before; in no other shard any do."""
    rows = DeliveryShard.objects
    rows.exclude(number__in=numbers).exclude(behind_since=None).update(behind_since=None)
    rows.bulk_create([DeliveryShard(number=each) for each in numbers], ignore_conflicts=True)
    rows.filter(number__in=numbers, behind_since=None).update(behind_since=real)


def deliver_shard(*, number: int, until: datetime, time_limit: float | None = None) -> bool:
    """Every hour of the shard's ad accounts that is over by `until` is delivered, but for those of
    accounts that fail. False when `time_limit` seconds were not enough; calling again goes on.

    Each account has an equal part of the time that is left, the longest waiting first; at least
    one hour is delivered.
    """
    end = None if time_limit is None else monotonic() + time_limit
    waiting = _ready(shards_behind(until=until).get(number, []))
    while waiting:
        share = None if end is None else max((end - monotonic()) / len(waiting), 0.0)
        deliver_or_note(ad_account_id=waiting.pop(0), until=until, time_limit=share)
        if end is not None and monotonic() > end:
            break
    return not _ready(shards_behind(until=until).get(number, []))


def deliver_or_note(*, ad_account_id: int, until: datetime, time_limit: float | None = None) -> int:
    """As `deliver_until`; an hour that fails is noted on the account's cursor and in the log, with
    nothing of it saved, and 0 is returned."""
    cursors = DeliveryCursor.objects.filter(pk=ad_account_id)
    try:
        delivered = deliver_until(
            ad_account_id=ad_account_id, until=until, time_limit=time_limit, is_durable=False
        )
    except Exception as error:
        log.exception("an hour of ad account %s could not be delivered", ad_account_id)
        text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        cursors.update(failed_at=timezone.now(), failure=text)
        return 0
    if delivered:
        # A durable commit, which makes the hours durable as well.
        with connection.cursor() as cursor:
            cursor.execute(_PROGRESS, [timezone.now(), shard_of(ad_account_id)])
    return delivered


def _ready(ad_account_ids: Iterable[int]) -> list[int]:
    """Without those that failed a moment ago, in the order given."""
    ids = list(ad_account_ids)
    lately = Q(failed_at__gt=timezone.now() - TRY_AGAIN)
    failed = set(DeliveryCursor.objects.filter(lately, pk__in=ids).values_list("pk", flat=True))
    return [each for each in ids if each not in failed]
