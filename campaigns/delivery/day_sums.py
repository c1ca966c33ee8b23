"""The sums of a large account's open day, added up while its hours are delivered.

With them the day is closed without reading its hours back. They hold only while this process
delivers and commits hour after hour from midnight on; otherwise they are forgotten and the database
adds up, with the same result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from .loading import Running
from .memory import Memory
from .plan import METRICS, Ints, Rows, metrics_of

HOUR = timedelta(hours=1)
LARGE, _MOST_ADS, _MOST_PARTS = 1000, 200_000, 24


class DaySums(NamedTuple):
    """Per ad that had an impression: its ids, and [metric, ad] counts."""

    ad_ids: Ints
    group_ids: Ints
    campaign_ids: Ints
    counts: Ints


@dataclass(eq=False)
class OpenDay:
    """One part for each plan that was in force: [ad, metric] counts, as they lie in the facts."""

    next_slot: datetime
    parts: list[tuple[Running, Ints]] = field(default_factory=list)

    def add(self, running: Running, facts: Rows | None) -> None:
        if not self.parts or self.parts[-1][0] is not running:
            self.parts.append((running, np.zeros((running.size, len(METRICS)), np.int64)))
        if facts is not None:
            sums = self.parts[-1][1]
            shown = slice(None) if len(facts) == len(sums) else facts["ad_ix"]  # in their order
            sums[shown] += metrics_of(facts)
        self.next_slot += HOUR

    def sums(self) -> DaySums:
        parts = [running for running, _ in self.parts]
        ids, first, place = np.unique(
            np.concatenate([each.ad_ids for each in parts]), return_index=True, return_inverse=True
        )
        counts = np.zeros((len(METRICS), len(ids)), np.int64)
        for metric, row in enumerate(np.concatenate([part for _, part in self.parts]).T):
            np.add.at(counts[metric], place, row)
        groups = np.concatenate([each.group_ids for each in parts])[first]
        campaigns = np.concatenate([each.campaign_ids for each in parts])[first]
        shown = counts[0] > 0
        return DaySums(ids[shown], groups[shown], campaigns[shown], counts[:, shown])


_days: Memory[OpenDay] = Memory(_MOST_ADS)


def take(account_id: int, *, slot: datetime, is_first: bool, running: Running) -> OpenDay | None:
    """The day up to `slot`, which may be its first, to be added to; None where that is unknown.

    Forgotten unless it is kept again: a rollback must not leave the hour in here.
    """
    day = _days.take(account_id)
    if running.size < LARGE:
        return None
    if is_first:
        return OpenDay(slot)
    return day if day is not None and day.next_slot == slot else None


def keep(account_id: int, day: OpenDay) -> None:
    """For the next hour, once this one is committed."""
    if len(day.parts) <= _MOST_PARTS:
        _days.keep(account_id, day, ads=sum(running.size for running, _ in day.parts))
