"""What a chart shows, as plain values: views build a Chart, <c-chart> draws and tabulates it.

Values are numbers in currency units, percent or plain counts (never minor units); None is a gap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bizcenter.lib.money import format_amount

Value = int | float | Decimal | None
Unit = Literal["number", "money", "percent"]
Kind = Literal["line", "bar"]
DASH = "–"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line or set of bars; `muted` is the dashed grey one, for the previous period."""

    name: str
    values: Sequence[Value]
    muted: bool = False
    kind: Kind | None = None
    unit: Unit | None = None
    axis: Literal["left", "right"] = "left"
    stack: str | None = None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Labels along the axis and the series over them; all series are as long as the labels."""

    labels: Sequence[str]
    series: Sequence[Series]
    kind: Kind = "line"
    unit: Unit = "number"
    currency: str = "USD"
    axis: str = "Date"

    def __post_init__(self) -> None:
        if any(len(s.values) != len(self.labels) for s in self.series):
            raise ValueError("Every series needs one value for each label.")

    @property
    def payload(self) -> dict[str, Any]:
        """The chart as JSON-ready values for the script that draws it."""
        return {
            "labels": list(self.labels),
            "kind": self.kind,
            "unit": self.unit,
            "currency": self.currency,
            "series": [
                {
                    "name": s.name,
                    "values": [None if v is None else float(v) for v in s.values],
                    "muted": s.muted,
                    "kind": s.kind,
                    "unit": s.unit,
                    "axis": s.axis,
                    "stack": s.stack,
                }
                for s in self.series
            ],
        }

    @property
    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """The same numbers as text, one row for each label."""
        for index, label in enumerate(self.labels):
            yield label, [self._text(s.values[index], s.unit or self.unit) for s in self.series]

    def _text(self, value: Value, unit: Unit) -> str:
        if value is None:
            return DASH
        if unit == "money":
            return format_amount(Decimal(str(value)), self.currency)
        return f"{value:,.2f} %" if unit == "percent" else f"{value:,}"
