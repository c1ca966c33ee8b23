"""Facts into their tables: hours by binary COPY straight from the engine's arrays, days by SQL."""

from datetime import UTC, date, datetime
from io import BytesIO

import numpy as np
from django.db import connection

from ..models import DayFact, HourFact
from .loading import Running, microseconds
from .plan import METRICS, Rows

_KEYS = ("ad_id", "slot", "ad_account_id", "campaign_id", "ad_group_id")
COLUMNS = (*_KEYS, *METRICS)
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
# Every column is eight bytes, so a row of the COPY format is a row of a structured array.
_ROW = np.dtype(
    [("fields", ">i2")]
    + [item for name in COLUMNS for item in ((f"{name}_length", ">i4"), (name, ">i8"))]
)
_PG_EPOCH = microseconds(datetime(2000, 1, 1, tzinfo=UTC))
_COPY = f"COPY {HourFact._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT binary)"
_CLOSE_DAY = f"""
    INSERT INTO {DayFact._meta.db_table}
        (ad_id, day, ad_account_id, campaign_id, ad_group_id, {", ".join(METRICS)})
    SELECT ad_id, %s, min(ad_account_id), min(campaign_id), min(ad_group_id),
        {", ".join(f"sum({metric})::bigint" for metric in METRICS)}
    FROM {HourFact._meta.db_table}
    WHERE ad_account_id = %s AND slot >= %s AND slot < %s
    GROUP BY ad_id
"""
# The planner knows nothing of today's rows yet, expects a handful and would sort them all.
_HASH_THEM = "SET LOCAL enable_sort = off; SET LOCAL work_mem = '64MB'"


def as_copy(running: Running, facts: Rows, *, ad_account_id: int, slot: datetime) -> bytes:
    """The hour's facts in PostgreSQL's binary COPY format."""
    rows = np.empty(len(facts), _ROW)
    rows[:] = _blank(ad_account_id, slot)
    ads = facts["ad_ix"]
    rows["ad_id"] = running.ad_ids[ads]
    rows["campaign_id"] = running.campaign_ids[ads]
    rows["ad_group_id"] = running.group_ids[ads]
    for name in METRICS:
        rows[name] = facts[name]
    return b"".join((_HEADER, rows.data, _TRAILER))


def _blank(ad_account_id: int, slot: datetime) -> np.void:
    """A row of this account and hour with nothing counted."""
    row = np.zeros(1, _ROW)
    row["fields"] = len(COLUMNS)
    for name in COLUMNS:
        row[f"{name}_length"] = 8
    row["slot"] = microseconds(slot) - _PG_EPOCH
    row["ad_account_id"] = ad_account_id
    blank: np.void = row[0]
    return blank


def copy_hour(data: bytes) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(_COPY, BytesIO(data), len(data))


def close_day(*, ad_account_id: int, day: date, start: datetime, end: datetime) -> None:
    """The day's totals are the sums of its hours; `start` and `end` are its UTC bounds."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH_THEM)
        cursor.execute(_CLOSE_DAY, [day, ad_account_id, start, end])
