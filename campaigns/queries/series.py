"""Figures over a span of days beside the span before: what tiles and charts are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import add

from adaccounts.models import AdAccount
from bizcenter.lib.charts import Chart, Series
from bizcenter.lib.periods import Period

from . import totals
from .metrics import Metric
from .reach import People
from .reached import days_of, hours_of
from .totals import Node, Totals

Point = tuple[str, Totals | None]


@dataclass(frozen=True)
class Tile:
    """One figure with its change in percent and the values of a small line."""

    metric: Metric
    text: str
    change: Decimal | None
    trend: list[Decimal | int]


@dataclass(frozen=True)
class Course:
    """`points` are days, or the hours of a single day; `before` are as many of the span before.

    What has not been delivered yet is None.
    """

    period: Period
    currency: str
    points: Sequence[Point]
    before: Sequence[Point] | None
    axis: str = "Date"

    @property
    def total(self) -> Totals:
        return _sum(self.points)

    @property
    def total_before(self) -> Totals | None:
        """Of the span before, up to the point that this one has come to: like with like."""
        if self.before is None:
            return None
        pairs = zip(self.points, self.before, strict=True)
        return _sum([then for now, then in pairs if now[1] is not None])

    def tiles(self, metrics: Sequence[Metric]) -> list[Tile]:
        now, then = self.total, self.total_before
        return [
            Tile(
                metric,
                metric.text(now, self.currency),
                None if then is None else metric.change(now, then),
                self.trend(metric),
            )
            for metric in metrics
        ]

    def trend(self, metric: Metric) -> list[Decimal | int]:
        """For a sparkline: gaps are left out."""
        values = [_value(metric, each, self.currency) for _, each in self.points]
        return [value for value in values if value is not None]

    def chart(self, metric: Metric) -> Chart:
        """The metric as a line, the span before as a dashed one."""
        now = [_value(metric, each, self.currency) for _, each in self.points]
        lines = [Series(name="This period", values=now)]
        if self.before is not None:
            then = [_value(metric, each, self.currency) for _, each in self.before]
            lines.append(Series(name="Previous period", values=then, muted=True))
        labels = [label for label, _ in self.points]
        return Chart(
            labels=labels,
            series=lines,
            unit=metric.unit,
            kind="bar" if len(labels) == 1 else "line",
            currency=self.currency,
            axis=self.axis,
        )


def course(
    *, ad_account: AdAccount, period: Period, node: Node | None = None, with_reach: bool = False
) -> Course:
    """The account's figures, or those of one campaign, ad group or ad, by day or by hour; on
    request with the people they reached.

    They are compared with the span before where the account or node existed through all of it.
    """
    people = People.of([ad_account.pk]) if with_reach else None
    take = _hours if period.is_single_day else _days
    born = ad_account.day_of((node or ad_account).created_at)
    compare = born <= period.before().start
    return Course(
        period=period,
        currency=ad_account.currency,
        points=take(ad_account, period, node, people),
        before=take(ad_account, period.before(), node, people) if compare else None,
        axis="Hour" if period.is_single_day else "Date",
    )


def day_label(day: date) -> str:
    return f"{day:%-d %b}"


def _days(
    ad_account: AdAccount, period: Period, node: Node | None, people: People | None
) -> list[Point]:
    until = totals.data_as_of(ad_account=ad_account)
    return [
        (day_label(day), sums if has_begun(ad_account, day, until) else None)
        for day, sums in days_of(ad_account, period, node, people)
    ]


def has_begun(ad_account: AdAccount, day: date, until: datetime | None) -> bool:
    """Anything of the account's day can have been delivered; before the first campaign nothing is
    missing."""
    return until is None or ad_account.day_start(day) < until


def _hours(
    ad_account: AdAccount, period: Period, node: Node | None, people: People | None
) -> list[Point]:
    until = totals.data_as_of(ad_account=ad_account)
    return [
        (f"{ad_account.local(slot):%H:%M}", None if until is None or slot >= until else sums)
        for slot, sums in hours_of(ad_account, period.start, node, people)
    ]


def _sum(points: Sequence[Point]) -> Totals:
    return reduce(add, (each for _, each in points if each is not None), Totals())


def _value(metric: Metric, sums: Totals | None, currency: str) -> Decimal | int | None:
    return None if sums is None else metric.rounded(sums, currency)
