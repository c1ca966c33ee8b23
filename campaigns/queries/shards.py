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

from bizcenter.clock.models import PracticeClock
from bizcenter.lib.asked import SOME_TIME, Asked

from ..models import DeliveryCursor, DeliveryShard

HOUR = timedelta(hours=1)
PATIENCE = timedelta(seconds=60)  # real time


def shard_of(ad_account_id: int) -> int:
    """0 to settings.DELIVERY_SHARDS - 1."""
    return crc32(str(ad_account_id).encode()) % settings.DELIVERY_SHARDS


def accounts_behind(*, until: datetime) -> list[int]:
    """Ad accounts with an hour that is over and not delivered, the longest waiting first."""
    return _BEHIND.firsts(until - HOUR)


_BEHIND = Asked(
    lambda slot: (
        DeliveryCursor.objects.filter(next_slot__lte=slot)
        .order_by("next_slot", "pk")
        .values_list("pk")
    ),
    SOME_TIME,
)


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
    any worker, where that is too long ago; `failing` are cursors with their ad accounts."""

    silent_since: datetime | None
    shards: Sequence[StuckShard]
    failing: Sequence[DeliveryCursor]

    def __bool__(self) -> bool:
        return bool(self.silent_since or self.shards or self.failing)


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
    failing = DeliveryCursor.objects.filter(failed_at__isnull=False).select_related("ad_account")
    return Troubles(
        silent_since=beat if beat is not None and real - beat > PATIENCE else None,
        shards=stuck,
        failing=list(failing.order_by("failed_at")),
    )


def _moved(row: DeliveryShard) -> datetime:
    assert row.behind_since is not None
    return max(row.behind_since, row.progress_at or row.behind_since)
