"""Facts into their tables: by binary COPY straight from arrays, or by the database's own sums.

Each goes straight into the table of its month (see partitions), which has been made before.
"""

from datetime import UTC, date, datetime
from io import BytesIO

from django.db import connection

from ..models import DayFact, HourFact
from .copying import CopyFormat
from .day_sums import DaySums
from .loading import Running, microseconds
from .partitions import leaf
from .plan import METRICS, Rows

_IDS = ("ad_account_id", "campaign_id", "ad_group_id")
_HOURS = CopyFormat(("ad_id", "slot", *_IDS, *METRICS))
_DAYS = CopyFormat(("ad_id", "day", *_IDS, *METRICS), narrow=("day",))
# PostgreSQL counts from here.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_CLOSE_DAY = f"""
    INSERT INTO {{table}}
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
    """The hour's facts as `copy_hour` takes them."""
    ads = facts["ad_ix"]
    return _HOURS.rows(
        {"ad_account_id": ad_account_id, "slot": microseconds(slot) - microseconds(_EPOCH)},
        {
            "ad_id": running.ad_ids[ads],
            "campaign_id": running.campaign_ids[ads],
            "ad_group_id": running.group_ids[ads],
            **{name: facts[name] for name in METRICS},
        },
    )


def copy_hour(data: bytes, *, slot: datetime) -> None:
    _copy(_HOURS.into(leaf(HourFact, slot)), data)


def copy_day(sums: DaySums, *, ad_account_id: int, day: date) -> None:
    """The day's totals as they were added up while its hours were delivered."""
    data = _DAYS.rows(
        {"ad_account_id": ad_account_id, "day": (day - _EPOCH.date()).days},
        {
            "ad_id": sums.ad_ids,
            "campaign_id": sums.campaign_ids,
            "ad_group_id": sums.group_ids,
            **dict(zip(METRICS, sums.counts, strict=True)),
        },
    )
    _copy(_DAYS.into(leaf(DayFact, day)), data)


def add_up_day(*, ad_account_id: int, day: date, start: datetime, end: datetime) -> None:
    """The day's totals as the sums of its hours; `start` and `end` are its UTC bounds."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH_THEM)
        cursor.execute(
            _CLOSE_DAY.format(table=leaf(DayFact, day)), [day, ad_account_id, start, end]
        )


def _copy(sql: str, data: bytes) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(sql, BytesIO(data), len(data))
