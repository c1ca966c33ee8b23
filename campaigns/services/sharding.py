"""Delivering a shard of ad accounts: each has its turn, and one that fails holds up nobody else."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import DeliveryCursor, DeliveryShard
from ..queries.shards import accounts_to_try, shard_of
from .delivering import deliver_until, need_not_wait_for_the_disk

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
    one hour is delivered.
    """
    end = None if time_limit is None else monotonic() + time_limit
    waiting = _waiting(number, until)
    while waiting:
        share = None if end is None else max((end - monotonic()) / len(waiting), 0.0)
        deliver_or_note(ad_account_id=waiting.pop(0), until=until, time_limit=share)
        if end is not None and monotonic() > end:
            break
    return not _waiting(number, until)


def deliver_or_note(
    *,
    ad_account_id: int,
    until: datetime,
    time_limit: float | None = None,
    is_durable: bool = True,
) -> int:
    """As `deliver_until`; an hour that fails is noted on the account's cursor and in the log, with
    nothing of it saved, and 0 is returned.

    An hour that takes the worker with it has left its attempt on the cursor. Where it is not
    durable, the caller's next commit sees to that.
    """
    cursors = DeliveryCursor.objects.filter(pk=ad_account_id)
    began = timezone.now()
    with _note(is_durable):
        cursors.update(attempted_at=began, attempts=F("attempts") + 1)
    try:
        delivered = deliver_until(
            ad_account_id=ad_account_id, until=until, time_limit=time_limit, is_durable=False
        )
    except Exception as error:
        log.exception("an hour of ad account %s could not be delivered", ad_account_id)
        text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        cursors.update(failed_at=timezone.now(), failure=text, attempted_at=None, attempts=0)
        return 0
    with _note(is_durable):
        if delivered:
            # Its commit makes the hours durable as well.
            own = DeliveryShard.objects.filter(number=shard_of(ad_account_id))
            own.update(progress_at=timezone.now())
        else:
            cursors.filter(attempted_at=began).update(attempted_at=None, attempts=0)
    return delivered


@contextmanager
def _note(is_durable: bool) -> Iterator[None]:
    """A transaction for how workers get on."""
    with transaction.atomic():
        if not is_durable:
            need_not_wait_for_the_disk()
        yield


def _waiting(number: int, until: datetime) -> list[int]:
    """The shard's accounts whose turn it is, in their order."""
    waiting = accounts_to_try(until=until, real=timezone.now())
    return [each for each in waiting if shard_of(each) == number]
