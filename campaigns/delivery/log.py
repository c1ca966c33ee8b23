"""The hour's log as it is kept: the engine's array, deflated."""

import zlib
from typing import NamedTuple, cast

import numpy as np

from .plan import LOG, Limit, Rows


class Entry(NamedTuple):
    """What one hour looked like from one ad; shares in per mille, money in micros."""

    limit: Limit
    open: int
    auctions: int
    win: int
    target: int
    price: int
    tired: int
    learned: int
    shared: int


def pack(log: Rows) -> bytes:
    """As HourLog.entries holds it."""
    return zlib.compress(np.ascontiguousarray(log, LOG).tobytes(), 1)


def unpack(entries: bytes) -> Rows:
    """The array (dtype LOG) that was packed."""
    return cast(Rows, np.frombuffer(zlib.decompress(entries), LOG))


def entry_of(log: Rows, ordinal: int) -> Entry | None:
    """The ad's entry; None when it was not in the hour's plan."""
    found = log[log["ordinal"] == ordinal]
    if not len(found):
        return None
    _, limit, *values = found[0].item()
    return Entry(Limit(limit), *values)
