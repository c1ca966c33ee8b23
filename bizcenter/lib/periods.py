"""Spans of whole days that people choose on pages: presets, custom, and the span before.

Days are the caller's local days: the caller says which day is today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PRESETS: Mapping[str, str] = {
    "today": "Today",
    "yesterday": "Yesterday",
    "last_7": "Last 7 days",
    "last_14": "Last 14 days",
    "last_28": "Last 28 days",
    "last_30": "Last 30 days",
    "this_month": "This month",
    "last_month": "Last month",
    "lifetime": "Lifetime",
}
CUSTOM = "custom"
DEFAULT = "last_14"
LONGEST = 366 * 3
EARLIEST_YEAR = 2000


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included; `preset` is one of PRESETS or "custom"."""

    start: date
    end: date
    preset: str = CUSTOM

    @property
    def label(self) -> str:
        return PRESETS.get(self.preset, "Custom")

    @property
    def length(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def is_single_day(self) -> bool:
        return self.start == self.end

    def days(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.length))

    def before(self) -> "Period":
        """As many days, ending the day before this begins."""
        end = self.start - timedelta(days=1)
        return Period(end - timedelta(days=self.length - 1), end)

    @property
    def query(self) -> dict[str, str]:
        """The parameters that choose this period again."""
        if self.preset != CUSTOM:
            return {"range": self.preset}
        return {"range": CUSTOM, "start": self.start.isoformat(), "end": self.end.isoformat()}


def preset(key: str, *, today: date, earliest: date) -> Period:
    """The preset as seen from `today`; `earliest` begins a lifetime. KeyError otherwise."""
    if key.startswith("last_") and key != "last_month":
        return Period(today - timedelta(days=int(key[5:]) - 1), today, key)
    month = today.replace(day=1)
    eve, month_eve = today - timedelta(days=1), month - timedelta(days=1)
    start, end = {
        "today": (today, today),
        "yesterday": (eve, eve),
        "this_month": (month, today),
        "last_month": (month_eve.replace(day=1), month_eve),
        "lifetime": (min(earliest, today), today),
    }[key]
    return Period(start, end, key)


def chosen(
    parameters: Mapping[str, str], *, today: date, earliest: date, default: str = DEFAULT
) -> Period:
    """What `range`, `start` and `end` ask for. Nonsense in an address gives the default; days after
    today are cut off and a start after the end changes places with it."""
    key = parameters.get("range", "")
    if key in PRESETS:
        return preset(key, today=today, earliest=earliest)
    start, end = _day(parameters.get("start")), _day(parameters.get("end"))
    if key in ("", CUSTOM) and start and end:
        start, end = sorted((min(start, today), min(end, today)))
        return Period(max(start, end - timedelta(days=LONGEST - 1)), end)
    return preset(default, today=today, earliest=earliest)


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year >= EARLIEST_YEAR else None
