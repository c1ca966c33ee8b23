"""The account's own calendar: fixed offset, no daylight saving, one slot per local hour."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Self

_EPOCH = date(1970, 1, 1).toordinal()


class LocalHour(NamedTuple):
    """One local hour. `day` counts local days from 1970, `half` half hours from midnight."""

    start: int  # epoch seconds, UTC
    day: int
    weekday: int  # Monday = 0
    half: int
    month: int  # 1 to 12
    day_start: int  # epoch seconds, UTC, of local midnight

    @classmethod
    def at(cls, slot_start: int, utc_offset_minutes: int) -> Self:
        """The hour that starts at `slot_start`; ValueError if no local hour does."""
        day, second = divmod(slot_start + 60 * utc_offset_minutes, 86_400)
        if second % 3600:
            raise ValueError(f"no hour of this account starts at {slot_start}")
        return cls(
            start=slot_start,
            day=day,
            weekday=(day + 3) % 7,
            half=second // 1800,
            month=date.fromordinal(_EPOCH + day).month,
            day_start=slot_start - second,
        )

    @property
    def week(self) -> int:
        """Weeks from Sunday to Saturday, since 1970."""
        return (self.day + 4) // 7

    @property
    def slot(self) -> int:
        """The slot's number for the random streams: UTC quarter hours."""
        return self.start // 900
