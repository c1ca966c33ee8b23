"""Delivery is shared out over shards of ad accounts; which of them do not get on.

A shard is one task at a time. Which accounts belong to it follows from their ids, so that any
number of workers, on any number of machines, agree without asking each other.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from django.conf import settings
from django.db.models import Q

from bizcenter.clock.models import PracticeClock
from bizcenter.lib.prepared import Prepared

from ..models import Ad, DeliveryCursor, DeliveryShard

HOUR = timedelta(hours=1)
PATIENCE = timedelta(seconds=60)  # real time
MOST_ADS, FEWEST_ADS = 10_000, 100  # delivered together; an account counts as a hundred at least
TROUBLED = Q(failed_at__isnull=False) | Q(attempted_at__isnull=False)
# Ads are numbered within their account and kept when deleted: the highest number tells how many.
_WAITING = Prepared(
    f"""
    SELECT stands.ad_account_id, stands.next_slot,
           (SELECT ordinal FROM {Ad._meta.db_table} ad
             WHERE ad.ad_account_id = stands.ad_account_id ORDER BY ordinal DESC LIMIT 1),
           stands.failed_at, stands.attempted_at, stands.attempts
      FROM {DeliveryCursor._meta.db_table} stands
     WHERE stands.next_slot <= $1
     ORDER BY stands.attempts, stands.next_slot, stands.ad_account_id
    """,
    "timestamptz",
)


def shard_of(ad_account_id: int) -> int:
    """0 to settings.DELIVERY_SHARDS - 1."""
    return crc32(str(ad_account_id).encode()) % settings.DELIVERY_SHARDS


def accounts_behind(*, until: datetime) -> list[int]:
    """Ad accounts with an hour that is over and not delivered, the longest waiting first; those
    from which workers did not come back are last."""
    return [ad_account_id for ad_account_id, *_ in _WAITING.rows(until - HOUR)]


def batches_to_try(*, until: datetime, real: datetime, shard: int | None = None) -> list[list[int]]:
    """Those of them, of all or of one shard, that are not left alone for a while after a failure,
    in the same order; those that wait for the same hour together, as many as have MOST_ADS ads.
    One in trouble comes by itself, so that it does not hold up others.
    """
    batches: list[list[int]] = []
    before, size = None, 0
    for waiting in _waiting(until, real):
        if shard is not None and shard_of(waiting.ad_account_id) != shard:
            continue
        size += waiting.ads
        if waiting.is_troubled or before != waiting.slot or size > MOST_ADS:
            batches.append([])
            size = waiting.ads
        batches[-1].append(waiting.ad_account_id)
        before = None if waiting.is_troubled else waiting.slot
    return batches


class _Waiting(NamedTuple):
    """An ad account behind; `is_troubled`: its hour failed, or a worker is not back from it."""

    ad_account_id: int
    slot: datetime
    ads: int
    is_troubled: bool


def _waiting(until: datetime, real: datetime) -> Iterator[_Waiting]:
    """Those that are not left alone at the real time `real`, in the order of their turns."""
    for key, slot, ads, *trouble in _WAITING.rows(until - HOUR):
        failed_at, attempted_at, attempts = trouble
        is_troubled = failed_at is not None or attempted_at is not None
        if is_troubled:
            cursor = DeliveryCursor(
                failed_at=failed_at, attempted_at=attempted_at, attempts=attempts
            )
            if cursor.try_again_at is not None and cursor.try_again_at > real:
                continue
        yield _Waiting(key, slot, max(ads or 0, FEWEST_ADS), is_troubled)


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
