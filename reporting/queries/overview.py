"""Figures of many ad accounts at once: per account, per currency, and all together by day.

Money is never added across currencies; counts are. Each account's days are its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import add

from django.db.models import Sum

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.permissions import visible_to
from bizcenter.lib.periods import Period
from campaigns.models import DeliveryCursor
from campaigns.queries import totals
from campaigns.queries.metrics import SPEND
from campaigns.queries.series import Course, Point, day_label, has_begun
from campaigns.queries.totals import METRICS, Totals

DayTotals = Mapping[date, Totals]


@dataclass(frozen=True)
class AccountFigures:
    """One ad account in the period and in the one before, if it existed through all of that."""

    ad_account: AdAccount
    now: Totals
    before: Totals | None
    is_out_of_balance: bool
    as_of: datetime | None

    @property
    def spend_change(self) -> Decimal | None:
        """In percent."""
        return None if self.before is None else SPEND.change(self.now, self.before)


@dataclass(frozen=True)
class Overview:
    period: Period
    accounts: Sequence[AccountFigures]
    by_currency: Mapping[str, Course]
    together: Course

    @property
    def as_of(self) -> datetime | None:
        """Every account's figures are complete up to here."""
        return min((each.as_of for each in self.accounts if each.as_of), default=None)


def overview(*, user: User, business_center: BusinessCenter, period: Period) -> Overview:
    """The Business Center's ad accounts that the person may see; a fixed number of queries."""
    found = visible_to(user).filter(business_center=business_center).order_by("name", "id")
    accounts = list(found)
    days = account_days(accounts, period.before().start, period.end)
    cursors = DeliveryCursor.objects.in_bulk([each.pk for each in accounts])
    return Overview(
        period=period,
        accounts=[_line(each, days[each.pk], cursors.get(each.pk), period) for each in accounts],
        by_currency={
            currency: _course(
                [a for a in accounts if a.currency == currency], days, cursors, period
            )
            for currency in _currencies(accounts, business_center.currency)
        },
        together=_course(accounts, days, cursors, period),
    )


def account_figures(ad_account: AdAccount, figures: Course) -> AccountFigures:
    """One account's line, from figures that were read already."""
    cursor = DeliveryCursor.objects.filter(ad_account=ad_account).first()
    return _figures(ad_account, now=figures.total, before=figures.total_before, cursor=cursor)


def account_days(
    ad_accounts: Sequence[AdAccount], first_day: date, last_day: date
) -> dict[int, dict[date, Totals]]:
    """{ad account id: {its own day: totals}}; days without delivery are missing."""
    found: dict[int, dict[date, Totals]] = {each.pk: {} for each in ad_accounts}
    span = totals.Period.of(list(found), first_day, last_day)
    sums = {f"sum_{metric}": Sum(metric) for metric in METRICS}
    closed = span.closed().order_by().values("ad_account_id", "day").annotate(**sums)
    for account_id, day, *values in closed.values_list("ad_account_id", "day", *sums):
        found[account_id][day] = Totals.of(values)
    hours = span.open().order_by().values("ad_account_id").annotate(**sums)
    for account_id, *values in hours.values_list("ad_account_id", *sums):
        day = span.open_days[account_id]
        found[account_id][day] = found[account_id].get(day, Totals()) + Totals.of(values)
    return found


def _line(
    ad_account: AdAccount, days: DayTotals, cursor: DeliveryCursor | None, period: Period
) -> AccountFigures:
    """The account's own days, compared with as many of the period before as have come now."""
    until, before = cursor.next_slot if cursor else None, period.before()
    begun = [
        then
        for now, then in zip(period.days(), before.days(), strict=True)
        if has_begun(ad_account, now, until)
    ]
    return _figures(
        ad_account,
        now=_sum(days.get(day, Totals()) for day in period.days()),
        before=_sum(days.get(day, Totals()) for day in begun)
        if _existed(ad_account, before)
        else None,
        cursor=cursor,
    )


def _figures(
    ad_account: AdAccount, *, now: Totals, before: Totals | None, cursor: DeliveryCursor | None
) -> AccountFigures:
    return AccountFigures(
        ad_account=ad_account,
        now=now,
        before=before,
        is_out_of_balance=cursor is not None and cursor.is_out_of_balance,
        as_of=cursor.next_slot if cursor else None,
    )


def _currencies(accounts: Sequence[AdAccount], first: str) -> list[str]:
    """The business' own currency first."""
    return sorted({each.currency for each in accounts}, key=lambda code: (code != first, code))


def _existed(ad_account: AdAccount, period: Period) -> bool:
    return ad_account.day_of(ad_account.created_at) <= period.start


def _sum(many: Iterable[Totals]) -> Totals:
    return reduce(add, many, Totals())


def _course(
    accounts: Sequence[AdAccount],
    days: Mapping[int, DayTotals],
    cursors: Mapping[int, DeliveryCursor],
    period: Period,
) -> Course:
    """The accounts' figures by day; its money means something where they share a currency."""
    by_day: dict[date, list[Totals]] = defaultdict(list)
    for each in accounts:
        for day, sums in days[each.pk].items():
            by_day[day].append(sums)

    def point(day: date) -> Point:
        until = [(each, cursors[each.pk].next_slot) for each in accounts if each.pk in cursors]
        begun = not until or any(has_begun(each, day, moment) for each, moment in until)
        return day_label(day), _sum(by_day[day]) if begun else None

    before = period.before()
    compare = bool(accounts) and all(_existed(each, before) for each in accounts)
    return Course(
        period=period,
        currency=accounts[0].currency if accounts else "USD",
        points=[point(day) for day in period.days()],
        before=[point(day) for day in before.days()] if compare else None,
    )
