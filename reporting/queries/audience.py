"""A report's figures divided by the people they came from: closed days, as on the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from campaigns.delivery.market import AGES, GENDERS, SYSTEMS
from campaigns.queries import audience
from campaigns.queries.audience import AGE_GENDERS, FIRST_SYSTEM
from campaigns.queries.periods import Period

from .integrated import COLUMNS, Figures, Key, Wanted, goals_of

_AGES, _GENDERS = tuple(AGES), tuple(name.removeprefix("GENDER_") for name in GENDERS)
_SYSTEM_CODES = range(FIRST_SYSTEM, FIRST_SYSTEM + len(SYSTEMS))
_PEOPLE, _COUNTRIES = range(AGE_GENDERS), range(_SYSTEM_CODES.stop, 2**15)
# For each dimension the codes of people it divides, and its value for one of them.
DIMENSIONS: dict[str, tuple[range, Callable[[int], str]]] = {
    "age": (_PEOPLE, lambda code: _AGES[code // audience.GENDERS]),
    "gender": (_PEOPLE, lambda code: _GENDERS[code % audience.GENDERS]),
    "platform": (_SYSTEM_CODES, lambda code: SYSTEMS[code - FIRST_SYSTEM]),
    "country_code": (_COUNTRIES, audience.country_code),
}


@dataclass(frozen=True, order=True)
class PeopleKey(Key):
    """Where a row stands; `people` are the values of its dimensions, in their order."""

    people: tuple[str, ...] = ()


def people_figures(wanted: Wanted, dimensions: Sequence[str]) -> dict[PeopleKey, Figures]:
    """Sums by key, where there are any; `wanted` has days and is not split by hour.

    The dimensions divide the same people: one of DIMENSIONS, or age and gender together.
    """
    assert wanted.days is not None
    codes = DIMENSIONS[dimensions[0]][0]
    node = COLUMNS.get(wanted.id_dimension or "")
    names = ("ad_account_id", "day", "ad_group_id")
    keys = (*names, node) if node and node not in names else names
    goals = goals_of(wanted)
    found: dict[PeopleKey, Figures] = {}
    period = Period.of([each.pk for each in wanted.accounts], *wanted.days)
    for values, code, sums in audience.cells(period, *keys, condition=wanted.condition):
        if code not in codes:
            continue
        place = dict(zip(keys, values, strict=True))
        key = PeopleKey(
            datetime.combine(place["day"], time()) if wanted.time_dimension else Key.at,
            place[node] if node else 0,
            tuple(DIMENSIONS[name][1](code) for name in dimensions),
        )
        by_goal = {goals[place["ad_group_id"]]: sums} if wanted.by_goal else {}
        one = Figures(sums, by_goal, frozenset({place["ad_account_id"]}))
        found[key] = found[key] + one if key in found else one
    return {
        key: each
        for key, each in found.items()
        if each.totals.impressions or each.totals.spend or each.totals.conversions
    }
