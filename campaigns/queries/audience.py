"""Who the people were whom ads reached: closed days by age and gender, by system, by country.

Each way of dividing adds up to the days, to the last unit. Conversions that came late are added to
the people they came from, so that the split says the same as every other page. The open day is not
divided: its people are known when it is over.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from ..models import DayBreakdown
from .periods import LATE_METRICS, Period
from .totals import Totals

METRICS = tuple(
    field.name
    for field in DayBreakdown._meta.fields
    if isinstance(field, ArrayField) and field.name != "countries"
)
GENDERS, AGE_GENDERS, SYSTEMS = 3, 18, 2
FIRST_SYSTEM = 100  # codes: 18 of age and gender, 2 of systems from here, and numbers of countries
Cells = dict[int, Totals]
_EVERYBODY = Q()


def cells(
    period: Period, *keys: str, condition: Q = _EVERYBODY
) -> Iterator[tuple[tuple[Any, ...], int, Totals]]:
    """The split of the period by these columns of its facts: their values, the code of the people,
    and what they did. The same may come twice, since late conversions come by themselves."""
    rows = DayBreakdown.objects.filter(
        condition,
        ad_account_id__in=period.ad_account_ids,
        day__range=(period.first_day, period.last_day),
    )
    for row in _unnested(rows, keys):
        sums = dict(zip(METRICS, row[len(keys) + 1 :], strict=True))
        yield row[: len(keys)], row[len(keys)], Totals(**sums)
    for part in period.parts():
        if part.metrics is None:
            continue
        late = part.rows.filter(condition, _closed(period)).order_by()
        columns = (*keys, "age_gender", "system", "country")
        sums = part.sums(LATE_METRICS)
        for row in late.values(*columns).annotate(**sums).values_list(*columns, *sums):
            counts = Totals(**dict(zip(LATE_METRICS, row[len(columns) :], strict=True)))
            age_gender, system, country = row[len(keys) : len(columns)]
            for code in (age_gender, FIRST_SYSTEM + system, country):
                yield row[: len(keys)], code, counts


def split(period: Period, condition: Q) -> Cells:
    """What everybody did in the period, by the code of the people."""
    found: Cells = defaultdict(Totals)
    for _, code, sums in cells(period, condition=condition):
        found[code] += sums
    return found


def complete_until(period: Period) -> date | None:
    """The last day of the period whose people are known; None when there is none."""
    last = min((stand.open_day for stand in period.stands), default=None)
    if last is None or last <= period.first_day:
        return None
    return min(last - timedelta(days=1), period.last_day)


def by_age(found: Cells) -> Cells:
    return _merged({code: code // GENDERS for code in found if code < AGE_GENDERS}, found)


def by_gender(found: Cells) -> Cells:
    return _merged({code: code % GENDERS for code in found if code < AGE_GENDERS}, found)


def by_age_gender(found: Cells) -> Cells:
    return _merged({code: code for code in found if code < AGE_GENDERS}, found)


def by_system(found: Cells) -> Cells:
    last = FIRST_SYSTEM + SYSTEMS
    codes = {code: code - FIRST_SYSTEM for code in found if FIRST_SYSTEM <= code < last}
    return _merged(codes, found)


def by_country(found: Cells) -> Cells:
    return _merged({code: code for code in found if code >= FIRST_SYSTEM + SYSTEMS}, found)


def country_code(number: int) -> str:
    """The two letters of a country's number."""
    return chr(number // 256) + chr(number % 256)


def _merged(codes: dict[int, int], found: Cells) -> Cells:
    """Sums by new code, in its order, of those to whom anything happened."""
    merged: Cells = defaultdict(Totals)
    for old, new in sorted(codes.items()):
        if found[old] != Totals():
            merged[new] += found[old]
    return dict(sorted(merged.items()))


def _unnested(rows: QuerySet[DayBreakdown], keys: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """One row for each combination of the keys and the people, with their sums."""
    try:
        inner, values = (
            rows.order_by().values_list(*keys, "countries", *METRICS).query.sql_with_params()
        )
    except EmptyResultSet:
        return []
    names = [f"k{place}" for place in range(len(keys))]
    columns = [f"m{place}" for place in range(len(METRICS))]
    units = [f"v{place}" for place in range(len(METRICS))]
    cell = (
        f"CASE WHEN cell <= {AGE_GENDERS} THEN cell - 1 "
        f"WHEN cell <= {AGE_GENDERS + SYSTEMS} THEN cell - {AGE_GENDERS + 1} + {FIRST_SYSTEM} "
        f"ELSE days.countries[cell - {AGE_GENDERS + SYSTEMS}] END"
    )
    sums = ", ".join(f"sum({unit})::bigint" for unit in units)
    sql = (
        f"SELECT {', '.join([*names, f'{cell} AS code'])}, {sums} "
        f"FROM ({inner}) days ({', '.join([*names, 'countries', *columns])}), "
        f"unnest({', '.join(f'days.{column}' for column in columns)}) "
        f"WITH ORDINALITY cells ({', '.join(units)}, cell) "
        f"GROUP BY {', '.join([*names, 'code'])}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _closed(period: Period) -> Q:
    """Days that are over, whose people are known."""
    days: dict[date, list[int]] = defaultdict(list)
    for stand in period.stands:
        days[stand.open_day].append(stand.ad_account_id)
    parts = (Q(day__lt=day, ad_account_id__in=ids) for day, ids in days.items())
    return reduce(or_, parts, Q(pk__in=[]))
