"""The sums of a large account's open day, added up while its hours are delivered.

With them the day is closed without reading its hours back. They hold only while this process
delivers hour after hour from midnight on; otherwise the database adds up, with the same result.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from .loading import Running
from .plan import METRICS, Ints, Rows

HOUR = timedelta(hours=1)
LARGE, _MOST_ACCOUNTS, _MOST_PARTS = 1000, 4, 24


class DaySums(NamedTuple):
    """Per ad that had an impression: its ids, and [metric, ad] counts."""

    ad_ids: Ints
    group_ids: Ints
    campaign_ids: Ints
    counts: Ints


@dataclass(eq=False)
class _Day:
    """One part for each plan that was in force."""

    next_slot: datetime
    parts: list[tuple[Running, Ints]] = field(default_factory=list)


_days: OrderedDict[int, _Day] = OrderedDict()


def add(
    account_id: int, *, slot: datetime, is_first: bool, running: Running, facts: Rows | None
) -> None:
    """The hour is delivered, with `facts` or nothing; `is_first` of its day."""
    day = _Day(slot) if is_first else _days.pop(account_id, None)
    if day is None or day.next_slot != slot or running.size < LARGE:
        return
    if not day.parts or day.parts[-1][0] is not running:
        day.parts.append((running, np.zeros((len(METRICS), running.size), np.int64)))
    if facts is not None:
        counts, ads = day.parts[-1][1], facts["ad_ix"]
        for place, name in enumerate(METRICS):
            counts[place, ads] += facts[name]
    day.next_slot = slot + HOUR
    if len(day.parts) <= _MOST_PARTS:
        _days[account_id] = day
    while len(_days) > _MOST_ACCOUNTS:
        _days.popitem(last=False)


def take(account_id: int, *, end: datetime) -> DaySums | None:
    """The day that ends at `end`; None unless all its hours were added."""
    day = _days.pop(account_id, None)
    if day is None or day.next_slot != end:
        return None
    parts = [running for running, _ in day.parts]
    ids, first, place = np.unique(
        np.concatenate([each.ad_ids for each in parts]), return_index=True, return_inverse=True
    )
    counts = np.zeros((len(METRICS), len(ids)), np.int64)
    for metric, row in enumerate(np.concatenate([part for _, part in day.parts], axis=1)):
        np.add.at(counts[metric], place, row)
    groups = np.concatenate([each.group_ids for each in parts])[first]
    campaigns = np.concatenate([each.campaign_ids for each in parts])[first]
    shown = counts[0] > 0
    return DaySums(ids[shown], groups[shown], campaigns[shown], counts[:, shown])
