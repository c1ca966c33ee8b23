"""Every metric of a report: what it is made of, and the text it becomes.

Ratios are made from sums, never added up. What the product does not model is a dash or a zero, as
its kind in metric_names.txt says.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from bizcenter.lib import money
from campaigns.queries import audience
from campaigns.queries.reach import People
from campaigns.queries.totals import METRICS
from reporting.queries.integrated import Figures

from .recipes import COUNTS, EVENT_GOALS, RATIOS, RESULT_OF, SPENT, VALUE_OF

DASH, CAME = "-", "came_"
_OF_PEOPLE = frozenset(
    {"one", "result", "click_conversions", *audience.METRICS, *EVENT_GOALS, *VALUE_OF}
)
Value = Decimal | int | str | None


@dataclass(frozen=True)
class Row:
    """One line of a report. `currency` is None where several are mixed; `node` is the ad account,
    campaign, ad group or ad that it is about, where there is one; `people` are whom its ad groups
    address, where it matters; rows `is_of_people` are a part of them, of whom less is known."""

    figures: Figures
    currency: str | None
    node: Any = None
    people: People | None = None
    is_of_people: bool = False

    @cached_property
    def reach(self) -> int | None:
        return self.people.reached(self.figures.shown) if self.people else None


@cache
def kinds() -> dict[str, str]:
    """Every known metric with its kind: text, unknown, count or amount."""
    text = files(__package__).joinpath("metric_names.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    kind = ""
    for line in text.splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            found |= dict.fromkeys(line.split(), kind)
    return found


def needs_goals(names: list[str]) -> bool:
    """Do any of the metrics depend on what the ad groups were optimised for?"""
    return bool(
        {"result", *EVENT_GOALS, *VALUE_OF} & {it.removeprefix(CAME) for it in _made_of(names)}
    )


def needs_reach(names: list[str]) -> bool:
    """Do any of the metrics depend on how many people were reached?"""
    return bool({"reach", "result", "came_result"} & _made_of(names))


def needs_real_time(names: list[str]) -> bool:
    """Do any of the metrics depend on when conversions came?"""
    return any(part.startswith(CAME) for part in _made_of(names))


def _made_of(names: list[str]) -> set[str]:
    """What the metrics are made of."""
    return {part for name in names for part in RATIOS.get(name, (COUNTS.get(name, ""),))[:2]}


def value(name: str, row: Row) -> Value:
    """The metric as a number to sort and compare by; None where it cannot be said."""
    if name in SPENT:
        return _sum(row, "spend")
    if name in COUNTS:
        return _sum(row, COUNTS[name])
    if name in RATIOS:
        part, whole, scale = RATIOS[name]
        above, below = _sum(row, part), _sum(row, whole)
        if above is None or below is None:
            return None
        return Decimal(above) * scale / Decimal(below) if below else Decimal(0)
    nothing: dict[str, Value] = {"count": 0, "amount": Decimal(0)}
    return nothing.get(kinds()[name])


def text(name: str, row: Row) -> str:
    """The metric as the report shows it; attributes are shown elsewhere."""
    found = value(name, row)
    if found is None:
        return DASH
    if name in SPENT:
        assert row.currency
        return f"{found:.{money.exponent(row.currency)}f}"
    if isinstance(found, Decimal):
        return str(found.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return str(found)


def _sum(row: Row, base: str) -> Decimal | int | None:
    """A count, or money in currency units."""
    figures = row.figures
    if row.is_of_people and base not in _OF_PEOPLE:
        return None
    if base.startswith(CAME):
        came = replace(figures.came or Figures.nothing(), shown=figures.shown)
        return _sum(replace(row, figures=came), base.removeprefix(CAME))
    if base == "one":
        return 1
    if base == "reach":
        return row.reach
    if base == "click_conversions":
        return figures.totals.conversions - figures.totals.view_conversions
    if base == "spend":
        if row.currency is None:
            return None
        return money.to_decimal(figures.totals.spend, row.currency)
    if base == "engagements":
        kinds_of = ("clicks", "likes", "comments", "shares", "follows", "profile_visits")
        return sum(getattr(figures.totals, each) for each in kinds_of)
    if base == "result":
        return _result(row)
    if base in EVENT_GOALS:
        return sum(_of(figures, goal, "conversions") for goal in EVENT_GOALS[base])
    if base in VALUE_OF:
        if row.currency is None:
            return None
        worth = sum(
            _of(figures, goal, "conversion_value_micros") for goal in EVENT_GOALS[VALUE_OF[base]]
        )
        return money.micros_to_decimal(worth)
    assert base in METRICS, base
    return getattr(figures.totals, base)


def _of(figures: Figures, goal: str, metric: str) -> int:
    return getattr(figures.goals[goal], metric) if goal in figures.goals else 0


def _result(row: Row) -> int | None:
    """What the ad groups were optimised for; different goals cannot be added up."""
    goals = row.figures.goals
    metrics = {RESULT_OF.get(goal, "conversions") for goal in goals}
    if not metrics:
        return 0
    (metric, *others) = metrics
    if others:
        return None
    if metric == "reach":
        return row.reach
    if row.is_of_people and metric not in _OF_PEOPLE:
        return None
    return sum(getattr(totals, metric) for totals in goals.values())
