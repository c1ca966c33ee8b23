"""Facts grouped the way a report asks: by campaign, ad group, ad or account, by day or hour.

Closed days come from the day totals, an account's open day from its hours, as on the pages, so
the numbers are the same to the last minor unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import reduce
from operator import or_
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from adaccounts.models import AdAccount
from campaigns.models import AdGroup, HourFact
from campaigns.queries.periods import LATE_METRICS, Part, Period, known_late
from campaigns.queries.reach import Shown, added
from campaigns.queries.totals import METRICS, Totals

COLUMNS = {
    "advertiser_id": "ad_account_id",
    "campaign_id": "campaign_id",
    "adgroup_id": "ad_group_id",
    "ad_id": "ad_id",
    "ad_id_v2": "ad_id",
}
_SUMS = tuple(f"sum_{metric}" for metric in METRICS)
_ANYTHING = reduce(or_, (~Q(**{name: 0}) for name in _SUMS))
_EVER = (date(2000, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True)
class Wanted:
    """`id_dimension` one of COLUMNS or none, `time_dimension` "day", "hour" or none. Days are each
    account's own, or UTC days; none means since ever. `by_goal` keeps the goals of ad groups
    apart, for counts that only have a meaning together with the goal. Conversions count when their
    click or view was, or when they came where `is_real_time`."""

    accounts: Sequence[AdAccount]
    id_dimension: str | None
    time_dimension: str | None
    days: tuple[date, date] | None
    condition: Q = field(default_factory=Q)
    is_utc: bool = False
    by_goal: bool = False
    is_real_time: bool = False


@dataclass(frozen=True)
class Figures:
    """What one row of a report sums up; on request `goals`, the impressions ad groups have
    `shown`, and what `came` in that time, whenever its click or view was."""

    totals: Totals
    goals: Mapping[str, Totals] = field(default_factory=dict)
    account_ids: frozenset[int] = frozenset()
    shown: Shown = field(default_factory=dict)
    came: "Figures | None" = None

    def __add__(self, other: "Figures") -> "Figures":
        goals = {
            goal: self.goals.get(goal, Totals()) + other.goals.get(goal, Totals())
            for goal in self.goals.keys() | other.goals.keys()
        }
        accounts = self.account_ids | other.account_ids
        shown = added(self.shown, other.shown)
        came = self.came + other.came if self.came and other.came else self.came or other.came
        return Figures(self.totals + other.totals, goals, accounts, shown, came)

    @classmethod
    def nothing(cls) -> Self:
        return cls(Totals())


@dataclass(frozen=True, order=True)
class Key:
    """Where a row stands: the time first, as reports are read; the first day and 0 for none."""

    at: datetime = datetime(1, 1, 1)  # noqa: DTZ001 - local time, as a report shows it
    node_id: int = 0


def figures(wanted: Wanted) -> dict[Key, Figures]:
    """Sums by key, of everything that was delivered and fits; keys without facts are missing."""
    found: dict[Key, Figures] = {}
    place, goals = Placing(wanted), goals_of(wanted)
    for grouped in _grouped(wanted):
        for node_id, moment, account_id, *rest in grouped:
            key = Key(place(moment, account_id), node_id)
            by_goal, sums = {}, rest
            if wanted.by_goal:
                group_id, *sums = rest
                by_goal = {goals[group_id]: Totals.of(sums)}
            one = Figures(Totals.of(sums), by_goal, frozenset({account_id}))
            found[key] = found[key] + one if key in found else one
    return found


def figures_page(
    wanted: Wanted, *, order: str | None, start: int, stop: int
) -> tuple[int, list[tuple[Key, Figures]]]:
    """How many rows there are, and those from `start` to `stop`, in order of time and id or of a
    sum ("-spend"). For splits by id and time, of which there can be very many."""
    by = ["moment", "node", "account"]
    if order:
        column = f"sum_{order.lstrip('-')}"
        assert column in _SUMS
        by.insert(0, f"{column} {'DESC' if order[0] == '-' else 'ASC'}")
    place = Placing(wanted)
    count, rows = _page(_added_up(replace(wanted, by_goal=False)), by, start, stop)
    found = [
        (
            Key(place(moment, account_id), node_id),
            Figures(Totals.of(sums), {}, frozenset({account_id})),
        )
        for node_id, moment, account_id, *sums in rows
    ]
    return count, _with_goals(found, wanted) if wanted.by_goal else found


def _added_up(wanted: Wanted) -> tuple[str, list[Any]]:
    """One row for each node, moment and account: its day and what came later put together."""
    sql: list[str] = []
    values: list[Any] = []
    for rows in _grouped(wanted):
        try:
            part, part_values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        sql.append(part)
        values += part_values
    if not sql:
        return "", []
    names = ("node", "moment", "account", *_SUMS)
    sums = ", ".join(f"sum({name})::bigint AS {name}" for name in _SUMS)
    return (
        f"SELECT node, moment, account, {sums} FROM ({' UNION ALL '.join(sql)}) "
        f"facts ({', '.join(names)}) GROUP BY node, moment, account"
    ), values


def _page(
    statement: tuple[str, list[Any]], by: Sequence[str], start: int, stop: int
) -> tuple[int, list[tuple[Any, ...]]]:
    """The number of rows of the statement, and some of them in order."""
    sql, values = statement
    if not sql:
        return 0, []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) rows", values)
        count = cursor.fetchone()[0]
        wanted = f"{sql} ORDER BY {', '.join(by)} LIMIT %s OFFSET %s"
        cursor.execute(wanted, [*values, stop - start, start])
        return count, cursor.fetchall()


def _with_goals(rows: Sequence[tuple[Key, Figures]], wanted: Wanted) -> list[tuple[Key, Figures]]:
    """The same rows, with the goals of their ad groups told apart."""
    if not rows:
        return []
    nodes, days = {key.node_id for key, _ in rows}, {key.at.date() for key, _ in rows}
    condition = Q(**{f"{COLUMNS[wanted.id_dimension or '']}__in": nodes})
    by_key = figures(
        replace(wanted, condition=wanted.condition & condition, days=(min(days), max(days)))
    )
    return [(key, by_key.get(key, each)) for key, each in rows]


def goals_of(wanted: Wanted) -> dict[int, str]:
    if not wanted.by_goal:
        return {}
    groups = AdGroup.objects.filter(ad_account__in=wanted.accounts)
    return dict(groups.values_list("pk", "optimization_goal"))


class Placing:
    """Puts a moment of the facts where the report shows it."""

    def __init__(self, wanted: Wanted) -> None:
        self.time_dimension = wanted.time_dimension
        self.zones = {each.pk: UTC if wanted.is_utc else each.zone for each in wanted.accounts}

    def __call__(self, moment: Any, account_id: int) -> datetime:
        if self.time_dimension == "hour":
            return moment.astimezone(self.zones[account_id]).replace(tzinfo=None)
        return datetime.combine(moment, clock_time())


def _grouped(wanted: Wanted) -> list[QuerySet]:
    """The parts of the report as rows (node, moment, account, ad group on request, sums in the
    order of METRICS); without a split by time the moment is the first day there is."""
    return [_group(each, wanted) for each in parts_of(wanted)]


def parts_of(wanted: Wanted) -> list[Part]:
    """`day` of each part is the moment that it is grouped by."""
    by_hour = wanted.time_dimension == "hour"
    if wanted.days and (by_hour or wanted.is_utc):
        parts = [part for each in wanted.accounts for part in _hours(wanted, each)]
        return parts or [Part(HourFact.objects.none(), _no_moment())]
    period = Period.of([each.pk for each in wanted.accounts], *wanted.days or _EVER)
    parts = period.parts(real_time=wanted.is_real_time)
    if wanted.time_dimension is None:
        return [each._replace(day=_no_moment(), local_day=each.day) for each in parts]
    return parts


def _hours(wanted: Wanted, account: AdAccount) -> Iterator[Part]:
    """Hours of the wanted days by the wanted clock, and what came later than its hour."""
    assert wanted.days is not None
    zone = UTC if wanted.is_utc else account.zone
    first, last = (datetime.combine(day, clock_time(), zone) for day in wanted.days)
    facts = HourFact.objects.filter(ad_account_id=account.pk)
    came = "event_slot" if wanted.is_real_time else "slot"
    for rows, column, metrics in (
        (facts, "slot", None),
        (known_late(account.pk), came, LATE_METRICS),
    ):
        within = {f"{column}__gte": first, f"{column}__lt": last + timedelta(days=1)}
        moments = {"hour": F(column), "day": TruncDate(column, tzinfo=zone)}
        moment = moments.get(wanted.time_dimension or "", _no_moment())
        local_day = TruncDate(column, tzinfo=account.zone)
        yield Part(rows.filter(**within), moment, metrics, local_day)


def _no_moment() -> Value:
    return Value(Key.at.date(), output_field=DateField())


def node_of(wanted: Wanted) -> Any:
    column = COLUMNS.get(wanted.id_dimension or "")
    return F(column) if column else Value(0)


def _group(part: Part, wanted: Wanted) -> QuerySet:
    keys = {
        "node": node_of(wanted),
        "moment": part.day,
        "account": F("ad_account_id"),
        **({"group": F("ad_group_id")} if wanted.by_goal else {}),
    }
    rows = part.rows.filter(wanted.condition).order_by().values(**keys)
    rows = rows.annotate(**part.sums(METRICS))
    return rows.filter(_ANYTHING).values_list(*keys, *_SUMS)
