"""How long facts are kept, and that the months to come have their tables."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.db.models import Min

from ..delivery import partitions
from ..models import DayBreakdown, DayFact, DeliveryCursor, HourFact, HourLog, LateConversion

MONTHS_AHEAD = 3
_BRIEF = "2s"


def prepare_months(*, at: datetime) -> None:
    """The months until a quarter after `at` have their tables; repeating it changes nothing."""
    month, wanted = partitions.month_of(at), []
    for _ in range(MONTHS_AHEAD + 1):
        wanted.append(month)
        month = partitions.following(month)
    partitions.ensure(*wanted)


def drop_old_facts(*, at: datetime) -> list[str]:
    """Facts that are older than the settings say are gone, by whole months; what was dropped.

    The months of open days and of everything that is not delivered yet stay, however old. A month
    that somebody is reading is left for the next time. Repeating it changes nothing.
    """
    return [
        name
        for model, months in _kept().items()
        if months is not None
        for name in _drop(model, _months_before(at, months))
    ]


def _kept() -> dict[type[models.Model], int | None]:
    """Whole months besides the running one; None for ever."""
    hours, days = settings.KEEP_HOURS_MONTHS, settings.KEEP_DAYS_MONTHS
    return {
        HourFact: hours,
        HourLog: hours,
        DayFact: days,
        DayBreakdown: days,
        LateConversion: days,
    }


def _months_before(at: datetime, months: int) -> date:
    """The first day of the oldest month that stays."""
    first = partitions.month_of(at)
    for _ in range(months):
        first = partitions.month_of(first - timedelta(days=1))
    earliest = DeliveryCursor.objects.aggregate(at=Min("next_slot"), day=Min("open_day"))
    if earliest["at"] is None:
        return first
    # The account's day may have begun in the month before in UTC.
    open_since = partitions.month_of(earliest["at"] - timedelta(days=1))
    return min(first, open_since, partitions.month_of(earliest["day"]))


def _drop(model: type[models.Model], first_kept: date) -> list[str]:
    dropped = []
    for month in partitions.stored_months(model):
        if month >= first_kept:
            break
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{_BRIEF}'")
                partitions.drop(model, month)
        except OperationalError:
            break
        dropped.append(partitions.leaf(model, month))
    return dropped
