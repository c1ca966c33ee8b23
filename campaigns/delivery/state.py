"""What the engine remembers of one ad account between hours: integers, by key, never by position.

The bytes are stable and versioned. Ads that left the plan keep their row, so an ad that comes back
goes on where it stopped, and adding an ad changes nobody else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_MAGIC = b"USDS"
_VERSION = 2
_HEAD = struct.Struct("<4sHH")  # magic, version, number of tables
_ROWS = struct.Struct("<q")
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
    impressions: Ints  # of the present creative: fatigue
    revision: Ints  # of that creative

    def billed_minor(self, micros_per_minor: int) -> Ints:
        """Minor units billed so far, per ad."""
        return self.accrued_micros // micros_per_minor


@dataclass(frozen=True, eq=False)
class BudgetLedger:
    """Per group or campaign, sorted by key.

    On the local day `day`: `used_day_micros` is cost plus opening carries, `billed_day_minor` what
    was billed, `highest_day_micros` the highest daily budget. `week` counts weeks from Sunday.
    """

    key: Ints
    day: Ints
    used_day_micros: Ints
    total_micros: Ints
    week: Ints
    used_week_micros: Ints
    billed_day_minor: Ints
    highest_day_micros: Ints

    def over_minor(self, day: int, micros_per_minor: int) -> Ints:
        """What was billed on that day above its highest daily budget, in minor units."""
        over = self.billed_day_minor - self.highest_day_micros // micros_per_minor
        return np.where(self.day == day, np.maximum(over, 0), 0)


@dataclass(frozen=True, eq=False)
class ProgressLedger:
    """Per group, sorted by key: learning phase `epoch`, and the block of days of a frequency cap.

    `since_day` is the first local day with an impression in the epoch, `results` the conversions
    that have become known in it.
    """

    key: Ints
    epoch: Ints
    since_day: Ints
    results: Ints
    block: Ints
    block_impressions: Ints


@dataclass(frozen=True, eq=False)
class Pending:
    """Results of learning groups that become known later, sorted by group, slot and number."""

    key: Ints  # of the group; not unique
    event_slot: Ints  # epoch seconds
    results: Ints


Ledger = TypeVar("Ledger", AdLedger, BudgetLedger, ProgressLedger)
_BLANK = {"opened_day": NEVER, "day": NEVER, "since_day": NEVER, "week": NEVER, "block": NEVER}


_names: dict[type[Any], tuple[str, ...]] = {}


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """The columns of that kind of table, in their order."""
    if kind not in _names:
        _names[kind] = tuple(field.name for field in fields(kind))
    return _names[kind]


def columns(table: Any) -> dict[str, Ints]:
    """The table's columns by name, in their order."""
    return {name: getattr(table, name) for name in names_of(type(table))}


def lookup(ledger: Ledger, keys: Ints) -> Ledger:
    """The rows of `keys`, in their order; blank where the ledger has none."""
    if np.array_equal(keys, ledger.key):
        return ledger
    at = np.searchsorted(ledger.key, keys)
    found = np.zeros(len(keys), np.bool_)
    if ledger.key.size:
        at = np.minimum(at, ledger.key.size - 1)
        found = ledger.key[at] == keys
    rows = {
        name: np.where(found, column[at], _BLANK.get(name, 0))
        if ledger.key.size
        else np.full(len(keys), _BLANK.get(name, 0), np.int64)
        for name, column in columns(ledger).items()
    }
    return type(ledger)(**{**rows, "key": keys})


def merge(ledger: Ledger, rows: Ledger) -> Ledger:
    """The ledger with `rows` (unique keys, any order) put in or replaced."""
    order = np.argsort(rows.key)
    key = rows.key[order]
    if np.array_equal(key, ledger.key):
        return type(ledger)(**{name: column[order] for name, column in columns(rows).items()})
    union = np.union1d(ledger.key, key)
    was, now = np.searchsorted(union, ledger.key), np.searchsorted(union, rows.key)
    merged = {}
    for name, column in columns(rows).items():
        merged[name] = np.empty(union.size, np.int64)
        merged[name][was] = columns(ledger)[name]
        merged[name][now] = column
    return type(ledger)(**merged)


def empty(kind: type[Any]) -> Any:
    """A table of that kind without rows."""
    return kind(**{name: np.empty(0, np.int64) for name in names_of(kind)})


@dataclass(frozen=True, eq=False)
class State:
    """Everything carried from one hour to the next."""

    ads: AdLedger
    groups: BudgetLedger
    campaigns: BudgetLedger
    progress: ProgressLedger
    pending: Pending

    @classmethod
    def empty(cls) -> Self:
        """Nothing has happened yet."""
        return cls(*(empty(kind) for kind in _KINDS))

    def to_bytes(self) -> bytes:
        """Little-endian int64 columns behind a versioned header; equal states give equal bytes."""
        tables = [columns(getattr(self, name)) for name in names_of(State)]
        head = _HEAD.pack(_MAGIC, _VERSION, len(tables))
        head += b"".join(_ROWS.pack(len(table["key"])) for table in tables)
        return head + b"".join(
            np.ascontiguousarray(column, "<i8").tobytes()
            for table in tables
            for column in table.values()
        )

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> Self:
        """The inverse of `to_bytes`; b"" is the empty state. ValueError if it is no state."""
        if not len(data):
            return cls.empty()
        view = memoryview(data)
        if len(view) < _HEAD.size:
            raise ValueError("delivery state is truncated")
        magic, version, number = _HEAD.unpack(view[: _HEAD.size])
        if magic != _MAGIC or (version, number) not in ((_VERSION, len(_KINDS)), (1, 0)):
            raise ValueError(f"not a delivery state of version {_VERSION}")
        if version == 1:
            return cls(*_first_version(view))
        return cls(*_tables(view, _HEAD.size, [(kind, None) for kind in _KINDS]))


_KINDS = (AdLedger, BudgetLedger, BudgetLedger, ProgressLedger, Pending)


def _tables(
    view: memoryview, start: int, kinds: list[tuple[type[Any], tuple[str, ...] | None]]
) -> Iterator[Any]:
    """Tables of these kinds one after the other, each with the given columns or all of them."""
    if len(view) < start + _ROWS.size * len(kinds):
        raise ValueError("delivery state is truncated")
    counts = [_ROWS.unpack_from(view, start + _ROWS.size * place)[0] for place in range(len(kinds))]
    names = [given or names_of(kind) for kind, given in kinds]
    start += _ROWS.size * len(kinds)
    if len(view) != start + 8 * sum(rows * len(of) for rows, of in zip(counts, names, strict=True)):
        raise ValueError("delivery state is truncated")
    values = np.frombuffer(view, "<i8", offset=start).astype(np.int64)
    at = 0
    for (kind, _), of, rows in zip(kinds, names, counts, strict=True):
        found = {name: values[at + n * rows : at + (n + 1) * rows] for n, name in enumerate(of)}
        at += rows * len(of)
        for name in names_of(kind):
            if name not in found:
                found[name] = np.full(rows, _BLANK.get(name, 0), np.int64)
        yield kind(**{name: found[name] for name in names_of(kind)})


def _first_version(view: memoryview) -> Iterator[Any]:
    """What the first version knew; learning starts again."""
    ads = ("key", "accrued_micros", "opened_day", "impressions", "conversions")
    budgets = ("key", "day", "used_day_micros", "total_micros")
    yield from _tables(
        view, _HEAD.size, [(AdLedger, ads), (BudgetLedger, budgets), (BudgetLedger, budgets)]
    )
    yield from (empty(ProgressLedger), empty(Pending))
