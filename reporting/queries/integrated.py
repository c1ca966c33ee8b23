"""Facts grouped the way a report asks: by campaign, ad group, ad or account, by day or hour.

Closed days come from the day totals, an account's open day from its hours, as on the pages, so
the numbers are the same to the last minor unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any, Self

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from adaccounts.models import AdAccount
from campaigns.models import AdGroup, HourFact
from campaigns.queries.totals import METRICS, Period, Totals

COLUMNS = {
    "advertiser_id": "ad_account_id",
    "campaign_id": "campaign_id",
    "adgroup_id": "ad_group_id",
    "ad_id": "ad_id",
    "ad_id_v2": "ad_id",
}
_SUMS = {f"sum_{metric}": Sum(metric) for metric in METRICS}
_EVER = (date(2000, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True)
class Wanted:
    """`id_dimension` one of COLUMNS or none, `time_dimension` "day", "hour" or none. Days are each
    account's own, or UTC days; none means since ever. `by_goal` keeps the goals of ad groups
    apart, for counts that only have a meaning together with the goal."""

    accounts: Sequence[AdAccount]
    id_dimension: str | None
    time_dimension: str | None
    days: tuple[date, date] | None
    condition: Q = field(default_factory=Q)
    is_utc: bool = False
    by_goal: bool = False


@dataclass(frozen=True)
class Figures:
    """What one row of a report sums up; `goals` is filled on request."""

    totals: Totals
    goals: Mapping[str, Totals] = field(default_factory=dict)
    account_ids: frozenset[int] = frozenset()

    def __add__(self, other: "Figures") -> "Figures":
        goals = {
            goal: self.goals.get(goal, Totals()) + other.goals.get(goal, Totals())
            for goal in self.goals.keys() | other.goals.keys()
        }
        accounts = self.account_ids | other.account_ids
        return Figures(self.totals + other.totals, goals, accounts)

    @classmethod
    def nothing(cls) -> Self:
        return cls(Totals())


@dataclass(frozen=True, order=True)
class Key:
    """Where a row stands: the time first, as reports are read; 0 and the first day for none."""

    at: datetime = datetime(1, 1, 1)  # noqa: DTZ001 - local time, as a report shows it
    node_id: int = 0


def figures(wanted: Wanted) -> dict[Key, Figures]:
    """Sums by key, of everything that was delivered and fits; keys without facts are missing."""
    found: dict[Key, Figures] = {}
    for day_of, rows in _sources(wanted):
        goals = _goals(wanted)
        for row in rows:
            node_id, moment, account_id, group_id, *sums = row
            key = Key(day_of(moment, account_id), node_id)
            totals = Totals.of(sums)
            by_goal = {goals[group_id]: totals} if wanted.by_goal else {}
            one = Figures(totals, by_goal, frozenset({account_id}))
            found[key] = found[key] + one if key in found else one
    return {key: each for key, each in found.items() if each.totals != Totals()}


def _goals(wanted: Wanted) -> dict[int, str]:
    if not wanted.by_goal:
        return {}
    groups = AdGroup.objects.filter(ad_account__in=wanted.accounts)
    return dict(groups.values_list("pk", "optimization_goal"))


def _sources(wanted: Wanted) -> Iterable[tuple[Any, Iterable[tuple[Any, ...]]]]:
    """Grouped rows with the function that places their moment in a report's time."""
    by_hour = wanted.time_dimension == "hour"
    if wanted.days and (by_hour or wanted.is_utc):
        for account in wanted.accounts:
            yield from _hours(wanted, account, by_hour=by_hour)
        return
    period = Period.of([each.pk for each in wanted.accounts], *wanted.days or _EVER)
    if wanted.time_dimension == "day":
        yield (lambda day, _: _midnight(day)), _grouped(period.closed(), wanted, "day")
        open_days = period.open_days
        yield (lambda _, key: _midnight(open_days[key])), _grouped(period.open(), wanted, None)
    else:
        yield (lambda *_: Key.at), _grouped(period.closed(), wanted, None)
        yield (lambda *_: Key.at), _grouped(period.open(), wanted, None)


def _hours(
    wanted: Wanted, account: AdAccount, *, by_hour: bool
) -> Iterable[tuple[Any, Iterable[tuple[Any, ...]]]]:
    assert wanted.days is not None
    zone = UTC if wanted.is_utc else account.zone
    first, last = (datetime.combine(day, clock_time(), zone) for day in wanted.days)
    facts = HourFact.objects.filter(
        ad_account_id=account.pk, slot__gte=first, slot__lt=last + timedelta(days=1)
    )
    if by_hour:
        yield (
            lambda slot, _: slot.astimezone(zone).replace(tzinfo=None),
            _grouped(facts, wanted, "slot"),
        )
    elif wanted.time_dimension == "day":
        facts = facts.annotate(utc_day=TruncDate("slot", tzinfo=zone))
        yield (lambda day, _: _midnight(day)), _grouped(facts, wanted, "utc_day")
    else:
        yield (lambda *_: Key.at), _grouped(facts, wanted, None)


def _grouped(facts: QuerySet, wanted: Wanted, moment: str | None) -> Iterable[tuple[Any, ...]]:
    """(node, moment, account, ad group, sums in the order of METRICS), 0 for what is not asked."""
    node = COLUMNS.get(wanted.id_dimension or "")
    keys = [node, moment, "ad_account_id", "ad_group_id" if wanted.by_goal else None]
    named = list(dict.fromkeys(key for key in keys if key))
    rows = facts.filter(wanted.condition).order_by().values(*named).annotate(**_SUMS)
    places = [named.index(key) if key else None for key in keys]
    for row in rows.values_list(*named, *_SUMS):
        yield (*(0 if at is None else row[at] for at in places), *row[len(named) :])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, clock_time())
