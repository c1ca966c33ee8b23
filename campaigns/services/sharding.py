"""Delivering a shard of ad accounts: each has its turn, and one that fails holds up nobody else."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from time import monotonic

from django.utils import timezone

from bizcenter.lib import disk
from bizcenter.lib.prepared import Prepared

from ..models import DeliveryCursor, DeliveryShard
from ..queries.shards import batches_to_try, shard_of
from .delivering import deliver_together

log = logging.getLogger(__name__)
# How workers get on with ad accounts, which are locked in the order of their ids.
_BEGIN = Prepared(
    f"""
    WITH own AS (
        SELECT ad_account_id FROM {DeliveryCursor._meta.db_table}
         WHERE ad_account_id = ANY($1) ORDER BY ad_account_id FOR NO KEY UPDATE
    )
    UPDATE {DeliveryCursor._meta.db_table} stands
       SET attempted_at = $2, attempts = stands.attempts + 1
      FROM own WHERE stands.ad_account_id = own.ad_account_id
    """,
    *("bigint[]", "timestamptz"),
)
# The hours that were delivered are free of their attempt already. A shard in which nothing has
# waited yet has no row: something is written all the same, or the commit would not wait.
_COME_BACK = Prepared(
    f"""
    WITH own AS (
        SELECT ad_account_id FROM {DeliveryCursor._meta.db_table}
         WHERE ad_account_id = ANY($1) AND attempted_at = $2
         ORDER BY ad_account_id FOR NO KEY UPDATE
    ), moved AS (
        INSERT INTO {DeliveryShard._meta.db_table} (number, progress_at)
        SELECT number, $4 FROM unnest($3) AS number ORDER BY number
        ON CONFLICT (number) DO UPDATE SET progress_at = excluded.progress_at
    )
    UPDATE {DeliveryCursor._meta.db_table} stands
       SET attempted_at = NULL, attempts = 0
      FROM own WHERE stands.ad_account_id = own.ad_account_id
    """,
    *("bigint[]", "timestamptz", "smallint[]", "timestamptz"),
)


def note_waiting(numbers: Collection[int], *, real: datetime) -> None:
    """Hours of these shards wait since `real`, if they did not before; in no other shard any do."""
    rows = DeliveryShard.objects
    rows.exclude(number__in=numbers).exclude(behind_since=None).update(behind_since=None)
    rows.bulk_create([DeliveryShard(number=each) for each in numbers], ignore_conflicts=True)
    rows.filter(number__in=numbers, behind_since=None).update(behind_since=real)


def deliver_shard(*, number: int, until: datetime, time_limit: float | None = None) -> bool:
    """Every hour of the shard's ad accounts that is over by `until` is delivered, but for those of
    accounts that fail or are left alone after it. False when `time_limit` seconds were not enough;
    calling again goes on.

    Each account has an equal part of the time that is left, the longest waiting first; at least
    one hour is delivered. Those that wait for the same hour are delivered together.
    """
    end = None if time_limit is None else monotonic() + time_limit
    batches = _batches(number, until)
    left = sum(len(batch) for batch in batches)
    for batch in batches:
        share = None if end is None else max((end - monotonic()) * len(batch) / left, 0.0)
        left -= len(batch)
        deliver_or_note(ad_account_ids=batch, until=until, time_limit=share)
        if end is not None and monotonic() > end:
            break
    return not _batches(number, until)


def deliver_or_note(
    *,
    ad_account_ids: Sequence[int],
    until: datetime,
    time_limit: float | None = None,
    is_durable: bool = True,
) -> int:
    """As `deliver_together`; where an hour fails each account goes on by itself, and its own
    failure is noted on its cursor and in the log, with nothing of that hour saved.

    An hour that takes the worker with it has left its attempt on the cursors. Where it is durable,
    what was delivered is on the disk; elsewhere the caller's next commit sees to that.
    """
    began, started = timezone.now(), monotonic()
    _BEGIN.rows(list(ad_account_ids), began, after=disk.need_not_wait())
    try:
        delivered = deliver_together(
            ad_account_ids=ad_account_ids, until=until, time_limit=time_limit, is_durable=False
        )
    except Exception as error:
        if len(ad_account_ids) > 1:
            left = None if time_limit is None else time_limit + started - monotonic()
            return _one_by_one(ad_account_ids, until, left, is_durable, began)
        log.exception("an hour of ad account %s could not be delivered", *ad_account_ids)
        text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        DeliveryCursor.objects.filter(pk__in=ad_account_ids).update(
            failed_at=timezone.now(), failure=text, attempted_at=None, attempts=0
        )
        return 0
    _come_back(ad_account_ids, began, progress=bool(delivered), is_durable=is_durable)
    return delivered


def _come_back(
    ad_account_ids: Sequence[int], began: datetime, *, progress: bool, is_durable: bool
) -> None:
    """What began at that time is not under way any more. Where it is durable, the hours of its
    progress are as well."""
    shards = sorted({shard_of(each) for each in ad_account_ids}) if progress else []
    ids, now = list(ad_account_ids), timezone.now()
    _COME_BACK.rows(ids, began, shards, now, after=disk.need_not_wait(unless=is_durable))


def _one_by_one(
    ad_account_ids: Sequence[int],
    until: datetime,
    time_limit: float | None,
    is_durable: bool,
    began: datetime,
) -> int:
    """What began together goes on by itself."""
    _come_back(ad_account_ids, began, progress=False, is_durable=False)
    share = None if time_limit is None else max(time_limit / len(ad_account_ids), 0.0)
    return sum(
        deliver_or_note(ad_account_ids=[each], until=until, time_limit=share, is_durable=is_durable)
        for each in ad_account_ids
    )


def _batches(number: int, until: datetime) -> list[list[int]]:
    """The shard's accounts whose turn it is, in their order."""
    return batches_to_try(until=until, real=timezone.now(), shard=number)
