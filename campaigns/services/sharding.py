"""Delivering a shard of ad accounts: each has its turn, and one that fails holds up nobody else."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from ..models import DeliveryCursor, DeliveryShard
from ..queries.shards import batches_to_try, shard_of
from .delivering import deliver_together, need_not_wait_for_the_disk

log = logging.getLogger(__name__)


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

    An hour that takes the worker with it has left its attempt on the cursors. Where it is not
    durable, the caller's next commit sees to that.
    """
    began, started = timezone.now(), monotonic()
    with _cursors(ad_account_ids, is_durable) as cursors:
        cursors.update(attempted_at=began, attempts=F("attempts") + 1)
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
        with _cursors(ad_account_ids) as cursors:
            cursors.update(failed_at=timezone.now(), failure=text, attempted_at=None, attempts=0)
        return 0
    with _cursors(ad_account_ids, is_durable) as cursors:
        if delivered:
            # Its commit makes the hours durable as well.
            own = {shard_of(each) for each in ad_account_ids}
            DeliveryShard.objects.filter(number__in=own).update(progress_at=timezone.now())
        cursors.filter(attempted_at=began).update(attempted_at=None, attempts=0)
    return delivered


def _one_by_one(
    ad_account_ids: Sequence[int],
    until: datetime,
    time_limit: float | None,
    is_durable: bool,
    began: datetime,
) -> int:
    """What began together goes on by itself."""
    with _cursors(ad_account_ids, is_durable) as cursors:
        cursors.filter(attempted_at=began).update(attempted_at=None, attempts=0)
    share = None if time_limit is None else max(time_limit / len(ad_account_ids), 0.0)
    return sum(
        deliver_or_note(ad_account_ids=[each], until=until, time_limit=share, is_durable=is_durable)
        for each in ad_account_ids
    )


@contextmanager
def _cursors(
    ad_account_ids: Sequence[int], is_durable: bool = True
) -> Iterator[QuerySet[DeliveryCursor]]:
    """A transaction for how workers get on with these, locked in the order of their ids."""
    with transaction.atomic():
        if not is_durable:
            need_not_wait_for_the_disk()
        cursors = DeliveryCursor.objects.filter(pk__in=ad_account_ids)
        list(cursors.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        yield cursors


def _batches(number: int, until: datetime) -> list[list[int]]:
    """The shard's accounts whose turn it is, in their order."""
    return batches_to_try(until=until, real=timezone.now(), shard=number)
