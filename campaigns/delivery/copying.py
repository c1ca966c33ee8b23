"""PostgreSQL's binary COPY format straight from arrays.

With columns of fixed width a row of the format is a row of a structured array: the number of
columns, then length and value of each, most significant byte first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from campaigns.delivery.plan import Ints

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"


class CopyFormat:
    """Integer columns of a table, eight bytes wide but for those in `narrow` (four)."""

    def __init__(self, columns: Sequence[str], narrow: Sequence[str] = ()) -> None:
        self._columns = ", ".join(columns)
        widths = {name: 4 if name in narrow else 8 for name in columns}
        self._row = np.dtype(
            [("fields", ">i2")]
            + [
                item
                for name, width in widths.items()
                for item in ((f"{name}_length", ">i4"), (name, f">i{width}"))
            ]
        )
        self._blank = np.zeros(1, self._row)
        self._blank["fields"] = len(columns)
        for name, width in widths.items():
            self._blank[f"{name}_length"] = width

    def into(self, table: str) -> str:
        """The statement that takes `rows`."""
        return f"COPY {table} ({self._columns}) FROM STDIN (FORMAT binary)"

    def rows(self, constants: Mapping[str, int], columns: Mapping[str, Ints]) -> bytes:
        """Rows of `columns`, each with the same `constants`; together they name every column."""
        blank = self._blank.copy()
        for name, value in constants.items():
            blank[name] = value
        rows = np.empty(len(next(iter(columns.values()))), self._row)
        rows[:] = blank[0]
        for name, values in columns.items():
            rows[name] = values
        return b"".join((_HEADER, rows.data, _TRAILER))
