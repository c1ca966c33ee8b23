"""Facts into their tables: by binary COPY straight from arrays, or by the database's own sums.

Each goes straight into the table of its month (see partitions), which has been made before.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from zlib import compress

import numpy as np
from django.db import DatabaseError, connection, models

from ..models import DayBreakdown, DayFact, HourFact, HourLog, LateConversion
from . import copying
from .breakdown import FIXED_CELLS, SPLIT_METRICS, Parts
from .copying import CopyFormat, CopyRows
from .day_sums import DaySums
from .hour import LocalHour
from .loading import Running, microseconds
from .market import country_number
from .partitions import leaf
from .plan import METRICS, Ints, Rows

_IDS = ("ad_account_id", "campaign_id", "ad_group_id")
_LATE_COUNTS = ("kind", "conversions", "conversion_value_micros", "view_conversions")
_LATE_PEOPLE = ("age_gender", "system", "country")
_HOURS = CopyFormat(("ad_id", "slot", *_IDS, *METRICS))
_DAYS = CopyFormat(("ad_id", "day", *_IDS, *METRICS), {"day": 4})
_LATE = CopyFormat(
    ("ad_id", "slot", "event_slot", "day", *_IDS, *_LATE_COUNTS, *_LATE_PEOPLE),
    {"day": 4, **dict.fromkeys(("kind", *_LATE_PEOPLE), 2)},
)
_SPLIT_COLUMNS = ("ad_id", "day", *_IDS, "countries", *SPLIT_METRICS)
# PostgreSQL counts from here.
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_EPOCH_SECONDS = int(_EPOCH.timestamp())
_CLOSE_DAY = f"""
    INSERT INTO {{table}}
        (ad_id, day, ad_account_id, campaign_id, ad_group_id, {", ".join(METRICS)})
    SELECT ad_id, %s, min(ad_account_id), min(campaign_id), min(ad_group_id),
        {", ".join(f"sum({metric})::bigint" for metric in METRICS)}
    FROM {HourFact._meta.db_table}
    WHERE ad_account_id = %s AND slot >= %s AND slot < %s
    GROUP BY ad_id
    RETURNING ad_id, ad_group_id, campaign_id, {", ".join(METRICS)}
"""
# The planner knows nothing of today's rows yet, expects a handful and would sort them all.
_HASH_THEM = "SET LOCAL enable_sort = off; SET LOCAL work_mem = '64MB'"


def hour_rows(running: Running, facts: Rows, *, ad_account_id: int, slot: datetime) -> memoryview:
    """The hour's facts as `copy_hour` takes them; nothing when there are none."""
    ads = facts["ad_ix"]
    return _HOURS.rows(
        {"ad_account_id": ad_account_id, "slot": _moment(slot)},
        {**_ids(running, ads), **{name: facts[name] for name in METRICS}},
    )


def late_rows(running: Running, late: Rows, *, ad_account_id: int, slot: datetime) -> memoryview:
    """What the hour brings later, as `copy_late` takes it; nothing when it brings nothing."""
    ads = late["ad_ix"]
    day = LocalHour.at(int(slot.timestamp()), running.plan.utc_offset_minutes).day
    return _LATE.rows(
        {
            "ad_account_id": ad_account_id,
            "slot": _moment(slot),
            "day": day - _EPOCH_SECONDS // 86_400,
        },
        {
            **_ids(running, ads),
            "event_slot": (late["event_slot"] - _EPOCH_SECONDS) * 1_000_000,
            **{name: late[name] for name in (*_LATE_COUNTS, *_LATE_PEOPLE)},
        },
    )


def log_row(log: Rows, *, ad_account_id: int, slot: datetime) -> bytes:
    """The hour's log as `copy_log` takes it."""
    entries = compress(log.tobytes(), level=1)
    return copying.row(copying.bigint(ad_account_id), copying.bigint(_moment(slot)), entries)


def copy_hour(rows: Sequence[CopyRows], *, slot: datetime) -> None:
    """The facts of the hour of some accounts."""
    _copy(HourFact, slot, _HOURS.columns, rows)


def copy_late(rows: Sequence[CopyRows], *, slot: datetime) -> None:
    """What the hour brings them later."""
    _copy(LateConversion, slot, _LATE.columns, rows)


def copy_log(rows: Sequence[CopyRows], *, slot: datetime) -> None:
    """The logs of their hour."""
    _copy(HourLog, slot, ("ad_account_id", "slot", "entries"), rows)


def day_rows(sums: DaySums, *, ad_account_id: int, day: date) -> memoryview:
    """The day's totals as `copy_days` takes them."""
    return _DAYS.rows(
        {"ad_account_id": ad_account_id, "day": _day(day)},
        {
            "ad_id": sums.ad_ids,
            "campaign_id": sums.campaign_ids,
            "ad_group_id": sums.group_ids,
            **dict(zip(METRICS, sums.counts, strict=True)),
        },
    )


def copy_days(rows: Sequence[CopyRows], *, day: date) -> None:
    """The totals of the day of some accounts, as they were added up while its hours were
    delivered."""
    _copy(DayFact, day, _DAYS.columns, rows)


def add_up_day(*, ad_account_id: int, day: date, start: datetime, end: datetime) -> DaySums:
    """The day's totals are the sums of its hours; `start` and `end` are its UTC bounds."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH_THEM)
        statement = _CLOSE_DAY.format(table=leaf(DayFact, day))
        cursor.execute(statement, [day, ad_account_id, start, end])
        found = np.array(cursor.fetchall(), np.int64).reshape(-1, 3 + len(METRICS)).T
    return DaySums(found[0], found[1], found[2], found[3:])


def breakdown_rows(
    sums: DaySums, parts: Iterable[Parts], *, ad_account_id: int, day: date
) -> Iterator[CopyRows]:
    """Who the day's people were, as `copy_breakdowns` takes it; the `ads` of each part are places
    in `sums`."""
    for part in parts:
        yield _split_format(len(part.countries)).rows(
            {
                "ad_account_id": ad_account_id,
                "day": _day(day),
                "countries": np.array([country_number(code) for code in part.countries], np.int64),
            },
            {
                "ad_id": sums.ad_ids[part.ads],
                "campaign_id": sums.campaign_ids[part.ads],
                "ad_group_id": sums.group_ids[part.ads],
                **dict(zip(SPLIT_METRICS, part.values.transpose(0, 2, 1), strict=True)),
            },
        )


def copy_breakdowns(rows: Iterable[CopyRows], *, day: date) -> None:
    """Who the people of the day were, of some accounts."""
    _copy(DayBreakdown, day, _SPLIT_COLUMNS, rows)


@lru_cache(maxsize=256)
def _split_format(countries: int) -> CopyFormat:
    cells = dict.fromkeys(SPLIT_METRICS, FIXED_CELLS + countries)
    return CopyFormat(_SPLIT_COLUMNS, {"day": 4, "countries": 2}, {"countries": countries, **cells})


def _ids(running: Running, ads: Ints) -> dict[str, Ints]:
    return {
        "ad_id": running.ad_ids[ads],
        "campaign_id": running.campaign_ids[ads],
        "ad_group_id": running.group_ids[ads],
    }


def _moment(slot: datetime) -> int:
    return microseconds(slot) - microseconds(_EPOCH)


def _day(day: date) -> int:
    return (day - _EPOCH.date()).days


def _copy(
    model: type[models.Model], month: date, columns: Sequence[str], rows: Iterable[CopyRows]
) -> None:
    some = (each for each in rows if each)
    if not (first := next(some, None)):
        return
    statement = copying.into(leaf(model, month), columns)
    stream = copying.Stream(chain((first,), some))
    try:
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(statement, stream, copying.AT_ONCE)
    except DatabaseError:
        if stream.failure is not None:
            raise stream.failure from None
        raise
