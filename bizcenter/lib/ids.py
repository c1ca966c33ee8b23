"""19-digit, time-ordered integers: primary key, the number people copy, and a string in JSON.

Layout: Unix seconds << 32 | microsecond << 12 | 12 bits that keep ids of one microsecond apart.
"""

import secrets
import threading
import time
from datetime import datetime
from typing import Any

from django.db import models

_lock = threading.Lock()
_last = 0
_MOST_DIGITS = 19


def new_id() -> int:
    """A new id, larger than every id this process made before; fits a signed 64-bit column."""
    global _last
    seconds, nanos = divmod(time.time_ns(), 1_000_000_000)
    candidate = seconds << 32 | (nanos // 1000) << 12 | secrets.randbits(12)
    with _lock:
        _last = max(_last + 1, candidate)
        return _last


def first_id_of(moment: datetime) -> int:
    """All ids that were made before this second of real time are smaller."""
    return int(moment.timestamp()) << 32


def read_id(text: str) -> int | None:
    """The id that somebody typed or a form sent; None for text that is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    number = int(text)
    return number if number <= models.BigIntegerField.MAX_BIGINT else None


class IdField(models.BigIntegerField):
    """The primary key of every row that people or programs can name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["primary_key"] = True
        kwargs["default"] = new_id
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)
