"""PostgreSQL's binary COPY format straight from arrays.

With columns of fixed width a row of the format is a row of a structured array: the number of
columns, then length and value of each, most significant byte first. An array column has a fixed
width as long as all rows have the same number of items; rows of different formats may follow each
other, since each says how long it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

import numpy as np

from campaigns.delivery.plan import Ints, Rows

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
AT_ONCE = 1 << 20  # bytes given to the driver: every message wakes the database
_ARRAY_HEAD = 20  # bytes: dimensions, flags, type of the items, their number, the first's number
_TYPES = {2: 21, 4: 23, 8: 20}  # of PostgreSQL, by width: smallint, integer, bigint


def into(table: str, columns: Sequence[str]) -> str:
    """The statement that takes a `Stream`."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)"


CopyRows: TypeAlias = bytes | memoryview


class Stream:
    """One COPY of all these rows, read by the driver piece by piece: what comes later is made while
    the database takes what came before. It must not be made with the same connection.

    `failure` is what went wrong in making them: the driver tells only that something did.
    """

    def __init__(self, rows: Iterable[CopyRows]) -> None:
        self._pieces = chain((_HEADER,), (each for each in rows if each), (_TRAILER,))
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        """The next pieces, together at least as long where there is as much; nothing at the end."""
        pieces: list[CopyRows] = []
        try:
            while size > 0 and (piece := next(self._pieces, b"")):
                pieces.append(piece)
                size -= len(piece)
        except Exception as error:
            self.failure = error
            raise
        return b"".join(pieces)


def row(*values: bytes) -> bytes:
    """One row of values that are in PostgreSQL's binary form already."""
    parts = [struct.pack(">h", len(values))]
    for value in values:
        parts += [struct.pack(">i", len(value)), value]
    return b"".join(parts)


def bigint(value: int) -> bytes:
    return struct.pack(">q", value)


class CopyFormat:
    """Integer columns of a table, eight bytes wide but for those in `widths`.

    Those in `items` are arrays of so many integers.
    """

    def __init__(
        self,
        columns: Sequence[str],
        widths: Mapping[str, int] | None = None,
        items: Mapping[str, int] | None = None,
    ) -> None:
        self.columns, self._items = columns, items or {}
        fields: list[Any] = [("fields", ">i2")]
        heads: list[tuple[str, int]] = [("fields", len(columns))]
        for name in columns:
            width = (widths or {}).get(name, 8)
            fields.append((f"{name}_length", ">i4"))
            if name not in self._items:
                fields.append((name, f">i{width}"))
                heads.append((f"{name}_length", width))
                continue
            number = self._items[name]
            fields.append((f"{name}_head", ">i4", (5,)))
            fields.append((name, [("length", ">i4"), ("value", f">i{width}")], (number,)))
            heads.append((f"{name}_length", _ARRAY_HEAD + number * (4 + width)))
        self._blank = np.zeros(1, np.dtype(fields))
        for name, length in heads:
            self._blank[name] = length
        for name, number in self._items.items():
            width = self._blank[name]["value"].itemsize
            self._blank[f"{name}_head"] = (1, 0, _TYPES[width], number, 1)
            self._blank[name]["length"] = width

    def rows(self, constants: Mapping[str, int | Ints], columns: Mapping[str, Ints]) -> memoryview:
        """Rows of `columns`, each with the same `constants`; together they name every column.

        Of an array column the items come by row: [row, item].
        """
        blank = self._blank.copy()
        for name, value in constants.items():
            self._values(blank, name)[:] = value
        made: Rows = np.empty(len(next(iter(columns.values()))), blank.dtype)
        made[:] = blank[0]
        for name, values in columns.items():
            self._values(made, name)[:] = values
        return made.data.cast("B") if made.size else memoryview(b"")

    def _values(self, rows: Rows, name: str) -> Any:
        return rows[name]["value"] if name in self._items else rows[name]
