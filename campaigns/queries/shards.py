"""Delivery is shared out over shards of ad accounts; which of them do not get on.

A shard is one task at a time. Which accounts belong to it follows from their ids, so that any
number of workers, on any number of machines, agree without asking each other.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from bizcenter.clock.models import PracticeClock

from ..models import Ad, DeliveryCursor, DeliveryShard

HOUR = timedelta(hours=1)
PATIENCE = timedelta(seconds=60)  # real time
MOST_ADS, FEWEST_ADS = 10_000, 100  # delivered together; an account counts as a hundred at least
TROUBLED = Q(failed_at__isnull=False) | Q(attempted_at__isnull=False)


def shard_of(ad_account_id: int) -> int:
    """0 to settings.DELIVERY_SHARDS - 1."""
    return crc32(str(ad_account_id).encode()) % settings.DELIVERY_SHARDS


def _behind(until: datetime) -> QuerySet[DeliveryCursor]:
    due = DeliveryCursor.objects.filter(next_slot__lte=until - HOUR)
    return due.order_by("attempts", "next_slot", "pk")


def accounts_behind(*, until: datetime) -> list[int]:
    """Ad accounts with an hour that is over and not delivered, the longest waiting first; those
    from which workers did not come back are last."""
    return list(_behind(until).values_list("pk", flat=True))


def batches_to_try(*, until: datetime, real: datetime, shard: int | None = None) -> list[list[int]]:
    """Those of them, of all or of one shard, that are not left alone for a while after a failure,
    in the same order; those that wait for the same hour together, as many as have MOST_ADS ads.
    One in trouble comes by itself, so that it does not hold up others.
    """
    cursors = [
        cursor
        for cursor in _behind(until).defer("state")
        if (shard is None or shard_of(cursor.pk) == shard)
        and not (cursor.try_again_at and cursor.try_again_at > real)
    ]
    counted = Ad.objects.filter(ad_account__in=[cursor.pk for cursor in cursors])
    ads = dict(counted.order_by().values_list("ad_account").annotate(Count("pk")))
    batches: list[list[int]] = []
    before, size = None, 0
    for cursor in cursors:
        own = max(ads.get(cursor.pk, 0), FEWEST_ADS)
        size += own
        if _is_troubled(cursor) or before != cursor.next_slot or size > MOST_ADS:
            batches.append([])
            size = own
        batches[-1].append(cursor.pk)
        before = None if _is_troubled(cursor) else cursor.next_slot
    return batches


def _is_troubled(cursor: DeliveryCursor) -> bool:
    """Its hour failed, or a worker is not back from it."""
    return cursor.failed_at is not None or cursor.attempted_at is not None


def shards_behind(*, until: datetime) -> dict[int, list[int]]:
    """The same by shard."""
    found: dict[int, list[int]] = defaultdict(list)
    for ad_account_id in accounts_behind(until=until):
        found[shard_of(ad_account_id)].append(ad_account_id)
    return dict(found)


@dataclass(frozen=True)
class StuckShard:
    """Hours of so many ad accounts wait, and none was delivered since a moment of real time."""

    number: int
    accounts: int
    since: datetime


@dataclass(frozen=True)
class Troubles:
    """Why delivery does not get on; all times are real. `silent_since` is the last sign of life of
    any worker, where that is too long ago; `failing` and `deadly` are cursors with their ad
    accounts: their hour ends in an error, or with the worker."""

    silent_since: datetime | None
    shards: Sequence[StuckShard]
    failing: Sequence[DeliveryCursor]
    deadly: Sequence[DeliveryCursor]

    def __bool__(self) -> bool:
        return bool(self.silent_since or self.shards or self.failing or self.deadly)


def troubles(*, clock: PracticeClock, until: datetime, real: datetime) -> Troubles:
    """What has kept delivery from getting on to the practice time `until` for a minute or longer,
    seen at the real time `real`."""
    beat = clock.beat_at
    rows = {row.number: row for row in DeliveryShard.objects.filter(behind_since__isnull=False)}
    waiting = shards_behind(until=until) if rows else {}
    stuck = [
        StuckShard(number, len(waiting[number]), since)
        for number, row in sorted(rows.items())
        if number in waiting and real - (since := _moved(row)) > PATIENCE
    ]
    troubled = DeliveryCursor.objects.filter(TROUBLED).select_related("ad_account").defer("state")
    cursors = list(troubled.order_by("next_slot", "pk"))
    deadly = [each for each in cursors if _is_deadly(each, real)]
    return Troubles(
        silent_since=beat if beat is not None and real - beat > PATIENCE else None,
        shards=stuck,
        failing=[each for each in cursors if each.failed_at and each not in deadly],
        deadly=deadly,
    )


def _is_deadly(cursor: DeliveryCursor, real: datetime) -> bool:
    """Who began with the hour is gone: another had to begin again, or it is too long ago."""
    began = cursor.attempted_at
    return began is not None and (cursor.attempts > 1 or real - began > PATIENCE)


def _moved(row: DeliveryShard) -> datetime:
    assert row.behind_since is not None
    return max(row.behind_since, row.progress_at or row.behind_since)
