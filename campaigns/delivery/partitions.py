"""The months of the tables of facts: each in a table of its own, made before it is written to.

A month is a month of `slot` in UTC, or of the account-local `day`. Reports name the parent, COPY
writes straight into the month, and what is old is dropped month by month.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import connection, models, transaction

from ..models import DayBreakdown, DayFact, HourFact, HourLog, LateConversion

BY_HOUR: tuple[type[models.Model], ...] = (HourFact, LateConversion, HourLog)
BY_DAY: tuple[type[models.Model], ...] = (DayFact, DayBreakdown)
_AROUND = timedelta(days=1)  # no account's clock is further from UTC
_ready: set[date] = set()


def month_of(moment: date) -> date:
    """The first day of the month; of a moment, of its month in UTC."""
    day = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
    return day.replace(day=1)


def following(month: date) -> date:
    return month_of(month + timedelta(days=31))


def leaf(model: type[models.Model], moment: date) -> str:
    """The table that holds the model's facts of the month."""
    return f"{model._meta.db_table}_{month_of(moment):%Y_%m}"


def ensure_around(slot: datetime) -> None:
    """Everything that the hour at `slot` writes has its table, whatever the account's clock."""
    ensure(slot - _AROUND, slot + _AROUND)


def ensure(*moments: date) -> None:
    """The months of these days and moments have their tables; repeating it changes nothing.

    Made in a short transaction of its own where none is open, and remembered in this process, so
    that it costs nothing the next time. Nobody who reads or writes facts waits for it.
    """
    months = {month_of(moment) for moment in moments} - _ready
    if not months:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time: two processes that come to a new month together must not both make it.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('campaigns.delivery.partitions'))")
        for month in sorted(months):
            for model in (*BY_HOUR, *BY_DAY):
                cursor.execute("SELECT to_regclass(%s) IS NULL", [leaf(model, month)])
                if cursor.fetchone()[0]:
                    cursor.execute(_creation(model, month))
        transaction.on_commit(partial(_ready.update, months))


def _creation(model: type[models.Model], month: date) -> str:
    """Attached afterwards, since creating it as a partition would lock the parent for everybody."""
    parent, name = model._meta.db_table, leaf(model, month)
    start = " 00:00+00" if model in BY_HOUR else ""
    return (
        f"CREATE TABLE {name} (LIKE {parent} INCLUDING ALL);"
        f"ALTER TABLE {parent} ATTACH PARTITION {name} "
        f"FOR VALUES FROM ('{month}{start}') TO ('{following(month)}{start}')"
    )


def drop(model: type[models.Model], month: date) -> None:
    """The model has no facts of the month any more; others wait for the moment that this takes."""
    name = leaf(model, month)
    _ready.discard(month)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} DETACH PARTITION {name}")
        cursor.execute(f"DROP TABLE {name}")


def stored_months(model: type[models.Model]) -> list[date]:
    """Months that have their table, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid "
            "WHERE inhparent = %s::regclass ORDER BY relname",
            [model._meta.db_table],
        )
        names = [name.rsplit("_", 2)[1:] for (name,) in cursor.fetchall()]
    return [date(int(year), int(month), 1) for year, month in names]
