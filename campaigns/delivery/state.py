"""What the engine remembers of one ad account between hours: integers, by key, never by position.

The bytes are stable and versioned. Ads that left the plan keep their row, so an ad that comes back
goes on where it stopped, and adding an ad changes nobody else.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_HEADER = struct.Struct("<4sHHqqq")  # magic, version, reserved, ads, groups, campaigns
_MAGIC = b"USDS"
_VERSION = 1
NEVER = -(2**31)  # a local day before any slot


@dataclass(frozen=True, eq=False)
class AdLedger:
    """Per ad, sorted by key.

    `opened_day` is the last local day on which the ad cost anything. When a day opens for it, its
    carry (accrued but unbilled micros) is booked as used: so the bill stays within budget too.
    """

    key: Ints
    accrued_micros: Ints  # lifetime; billed so far = accrued // micros_per_minor
    opened_day: Ints
    impressions: Ints  # lifetime: creative fatigue
    conversions: Ints  # lifetime: learning phase

    def billed_minor(self, micros_per_minor: int) -> Ints:
        """Minor units billed so far, per ad."""
        return self.accrued_micros // micros_per_minor


@dataclass(frozen=True, eq=False)
class BudgetLedger:
    """Per group or campaign, sorted by key.

    `used_day_micros` is cost plus opening carries on the local day `day`.
    """

    key: Ints
    day: Ints
    used_day_micros: Ints
    total_micros: Ints


Ledger = TypeVar("Ledger", AdLedger, BudgetLedger)
_BLANK = {"opened_day": NEVER, "day": NEVER}  # every other column starts at 0


def lookup(ledger: Ledger, keys: Ints) -> Ledger:
    """The rows of `keys`, in their order; blank where the ledger has none."""
    at = np.searchsorted(ledger.key, keys)
    found = np.zeros(len(keys), np.bool_)
    if ledger.key.size:
        at = np.minimum(at, ledger.key.size - 1)
        found = ledger.key[at] == keys
    rows = {
        name: np.where(found, column[at], _BLANK.get(name, 0))
        if ledger.key.size
        else np.full(len(keys), _BLANK.get(name, 0), np.int64)
        for name, column in vars(ledger).items()
    }
    return type(ledger)(**{**rows, "key": keys})


def merge(ledger: Ledger, rows: Ledger) -> Ledger:
    """The ledger with `rows` (unique keys, any order) put in or replaced."""
    order = np.argsort(rows.key)
    key = rows.key[order]
    if np.array_equal(key, ledger.key):
        return type(ledger)(**{name: column[order] for name, column in vars(rows).items()})
    union = np.union1d(ledger.key, key)
    was, now = np.searchsorted(union, ledger.key), np.searchsorted(union, rows.key)
    merged = {}
    for name, column in vars(rows).items():
        merged[name] = np.empty(union.size, np.int64)
        merged[name][was] = vars(ledger)[name]
        merged[name][now] = column
    return type(ledger)(**merged)


@dataclass(frozen=True, eq=False)
class State:
    """Everything carried from one hour to the next."""

    ads: AdLedger
    groups: BudgetLedger
    campaigns: BudgetLedger

    @classmethod
    def empty(cls) -> Self:
        """Nothing has happened yet."""

        def none() -> Ints:
            return np.empty(0, np.int64)

        return cls(
            AdLedger(none(), none(), none(), none(), none()),
            BudgetLedger(none(), none(), none(), none()),
            BudgetLedger(none(), none(), none(), none()),
        )

    def to_bytes(self) -> bytes:
        """Little-endian int64 columns behind a versioned header; equal states give equal bytes."""
        head = _HEADER.pack(
            _MAGIC, _VERSION, 0, len(self.ads.key), len(self.groups.key), len(self.campaigns.key)
        )
        return head + b"".join(
            np.ascontiguousarray(column, "<i8").tobytes()
            for table in (self.ads, self.groups, self.campaigns)
            for column in vars(table).values()
        )

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """The inverse of `to_bytes`; b"" is the empty state. ValueError if it is no state."""
        if not len(data):
            return cls.empty()
        view = memoryview(data)
        if len(view) < _HEADER.size:
            raise ValueError("delivery state is truncated")
        magic, version, _, ads, groups, campaigns = _HEADER.unpack(view[: _HEADER.size])
        if magic != _MAGIC or version != _VERSION:
            raise ValueError(f"not a delivery state of version {_VERSION}")
        if len(view) != _HEADER.size + 8 * (5 * ads + 4 * groups + 4 * campaigns):
            raise ValueError("delivery state is truncated")
        values = np.frombuffer(view, "<i8", offset=_HEADER.size).astype(np.int64)

        def columns(start: int, rows: int, count: int) -> list[Ints]:
            return [values[start + i * rows : start + (i + 1) * rows] for i in range(count)]

        return cls(
            AdLedger(*columns(0, ads, 5)),
            BudgetLedger(*columns(5 * ads, groups, 4)),
            BudgetLedger(*columns(5 * ads + 4 * groups, campaigns, 4)),
        )
