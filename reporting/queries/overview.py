"""Figures of many ad accounts at once: per account, per currency, and all together by day.

Money is never added across currencies; counts are. Each account's days are its own. Sums are made
by the database, and single accounts are read a page at a time, so that thousands cost little more
than a few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import add

from django.db.models import Max, Min, QuerySet, Sum

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.queries import accounts_of_business
from bizcenter.lib.periods import Period
from campaigns.models import DayFact, DeliveryCursor
from campaigns.queries import totals
from campaigns.queries.metrics import SPEND
from campaigns.queries.series import Course, Point, day_label, has_begun
from campaigns.queries.totals import Totals

DayTotals = Mapping[date, Totals]
BIGGEST = 25


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
class Zone:
    """The accounts of one currency on one clock: when the newest was opened, and between which
    hours they are delivered."""

    currency: str
    clock: AdAccount
    newest: datetime
    delivered: tuple[datetime, datetime] | None


@dataclass(frozen=True)
class Overview:
    period: Period
    accounts: QuerySet[AdAccount]
    by_currency: Mapping[str, Course]
    together: Course
    as_of: datetime | None


def overview(*, user: User, business_center: BusinessCenter, period: Period) -> Overview:
    """The Business Center's ad accounts that the person may see, with their sums by day; two
    queries for each currency and a fixed number besides."""
    accounts = accounts_of_business(business_center, user)
    zones = _zones(accounts)
    currencies = sorted(
        {zone.currency for zone in zones}, key=lambda code: (code != business_center.currency, code)
    )
    by_day = {code: _by_day(accounts.filter(currency=code), period) for code in currencies}
    return Overview(
        period=period,
        accounts=accounts,
        by_currency={
            code: _course([z for z in zones if z.currency == code], by_day[code], period)
            for code in currencies
        },
        together=_course(zones, _merged(by_day.values()), period),
        as_of=min((zone.delivered[0] for zone in zones if zone.delivered), default=None),
    )


def figures_of(ad_accounts: Sequence[AdAccount], period: Period) -> list[AccountFigures]:
    """The given accounts' own days, compared with as many of the period before as have come now."""
    days = _days_of(ad_accounts, period.before().start, period.end)
    cursors = DeliveryCursor.objects.in_bulk([each.pk for each in ad_accounts])
    return [_line(each, days[each.pk], cursors.get(each.pk), period) for each in ad_accounts]


def biggest_spenders(accounts: QuerySet[AdAccount], period: Period) -> list[AdAccount]:
    """The accounts that spent most in the period and in the one before."""
    spent = (
        DayFact.objects.filter(
            ad_account_id__in=accounts.order_by().values("pk"),
            day__range=(period.before().start, period.end),
        )
        .order_by()
        .values("ad_account_id")
        .annotate(total=Sum("spend"))
        .order_by("-total", "ad_account_id")
        .values_list("ad_account_id", flat=True)[:BIGGEST]
    )
    return list(accounts.filter(pk__in=list(spent)))


def account_figures(ad_account: AdAccount, figures: Course) -> AccountFigures:
    """One account's line, from figures that were read already."""
    cursor = DeliveryCursor.objects.filter(ad_account=ad_account).first()
    return _figures(ad_account, now=figures.total, before=figures.total_before, cursor=cursor)


def _zones(accounts: QuerySet[AdAccount]) -> list[Zone]:
    rows = (
        accounts.order_by()
        .values_list("currency", "utc_offset_minutes")
        .annotate(
            newest=Max("created_at"),
            first=Min("delivery_cursor__next_slot"),
            last=Max("delivery_cursor__next_slot"),
        )
    )
    return [
        Zone(
            currency=currency,
            clock=AdAccount(utc_offset_minutes=offset),
            newest=newest,
            delivered=None if first is None else (first, last),
        )
        for currency, offset, newest, first, last in rows
    ]


def _by_day(accounts: QuerySet[AdAccount], period: Period) -> dict[date, Totals]:
    """Of the period and the one before; days without delivery are missing."""
    found: dict[date, Totals] = {}
    ids = accounts.order_by().values("pk")
    span = totals.Period.of(ids, period.before().start, period.end)
    for day, sums in totals.grouped(span, "day"):
        found[day] = found.get(day, Totals()) + sums
    return found


def _days_of(
    ad_accounts: Sequence[AdAccount], first_day: date, last_day: date
) -> dict[int, dict[date, Totals]]:
    """{ad account id: {its own day: totals}}; days without delivery are missing."""
    found: dict[int, dict[date, Totals]] = {each.pk: {} for each in ad_accounts}
    span = totals.Period.of(list(found), first_day, last_day)
    for account_id, day, sums in totals.grouped(span, "ad_account_id", "day"):
        found[account_id][day] = found[account_id].get(day, Totals()) + sums
    return found


def _line(
    ad_account: AdAccount, days: DayTotals, cursor: DeliveryCursor | None, period: Period
) -> AccountFigures:
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
        if _existed(ad_account, ad_account.created_at, before)
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


def _existed(clock: AdAccount, born: datetime, period: Period) -> bool:
    return clock.day_of(born) <= period.start


def _sum(many: Iterable[Totals]) -> Totals:
    return reduce(add, many, Totals())


def _merged(many: Iterable[DayTotals]) -> dict[date, Totals]:
    found: dict[date, Totals] = {}
    for days in many:
        for day, sums in days.items():
            found[day] = found.get(day, Totals()) + sums
    return found


def _course(zones: Sequence[Zone], by_day: DayTotals, period: Period) -> Course:
    """The figures by day; its money means something where the zones share a currency."""
    fronts = [(zone.clock, zone.delivered[1]) for zone in zones if zone.delivered]

    def point(day: date) -> Point:
        begun = not fronts or any(has_begun(clock, day, until) for clock, until in fronts)
        return day_label(day), by_day.get(day, Totals()) if begun else None

    before = period.before()
    compare = bool(zones) and all(_existed(zone.clock, zone.newest, before) for zone in zones)
    return Course(
        period=period,
        currency=zones[0].currency if zones else "USD",
        points=[point(day) for day in period.days()],
        before=[point(day) for day in before.days()] if compare else None,
    )
