"""Where the leaps of the clock land: the next hour, the next day and the next end of a month, on
the clock of an ad account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.queries import accounts_of_business
from billing.queries import month_end, month_of
from bizcenter.lib.ids import read_id

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UTC_KEY = "utc"


@dataclass(frozen=True)
class ZoneClock:
    """The clock that `count` ad accounts share; `account` is one of them, and without a name for
    UTC itself."""

    account: AdAccount
    count: int = 0

    @property
    def key(self) -> str:
        """How a form names it."""
        return str(self.account.pk) if self.account.name else UTC_KEY

    @property
    def zone_label(self) -> str:
        """America/New_York, UTC-05:00"""
        return f"{self.account.timezone}, {self.account.offset_label}"

    @property
    def label(self) -> str:
        """Northwind US (America/New_York, UTC-05:00)"""
        return f"{self.account.name} ({self.zone_label})" if self.account.name else "UTC"

    @property
    def place(self) -> str:
        """Northwind US (America/New_York)"""
        return f"{self.account.name} ({self.account.timezone})" if self.account.name else "UTC"

    @property
    def is_utc(self) -> bool:
        return self.account.utc_offset_minutes == 0

    def is_clock_of(self, account: AdAccount) -> bool:
        ours = self.account
        return bool(ours.name) and (ours.timezone, ours.utc_offset_minutes) == (
            account.timezone,
            account.utc_offset_minutes,
        )


def utc_clock() -> ZoneClock:
    return ZoneClock(AdAccount(timezone="UTC", utc_offset_minutes=0))


def zone_clocks(user: User, business_center: BusinessCenter | None) -> list[ZoneClock]:
    """One for each time zone with ad accounts, those with most of the person's own accounts in
    this Business Center first; UTC last. Two queries."""
    own = Q(pk=None)
    if business_center is not None:
        own = Q(pk__in=accounts_of_business(business_center, user).order_by().values("pk"))
    zones = list(
        AdAccount.objects.order_by()
        .values("timezone", "utc_offset_minutes")
        .annotate(
            count=Count("pk"),
            own=Count("pk", filter=own),
            first=Coalesce(Min("pk", filter=own), Min("pk")),
        )
        .order_by("-own", "-count", "utc_offset_minutes", "timezone")
    )
    named = AdAccount.objects.in_bulk([zone["first"] for zone in zones])
    return [*(ZoneClock(named[zone["first"]], zone["count"]) for zone in zones), utc_clock()]


def choose_clock(clocks: Sequence[ZoneClock], key: str) -> tuple[list[ZoneClock], ZoneClock]:
    """The clock of the ad account with this id, which now stands for its zone among the others;
    else the first."""
    pk = read_id(key)
    account = AdAccount.objects.filter(pk=pk).first() if pk is not None else None
    if account is None:
        return list(clocks), clocks[-1] if key == UTC_KEY else clocks[0]
    all_ = [ZoneClock(account, c.count) if c.is_clock_of(account) else c for c in clocks]
    return all_, next(each for each in all_ if each.account == account)


@dataclass(frozen=True)
class Leap:
    """`target` is UTC, `local` what the chosen clock shows then, without a zone."""

    name: str
    target: datetime
    local: datetime


@dataclass(frozen=True)
class Leaps:
    """Of a moment, on one clock. `month` is the first day of the month that ends, and `last` the
    clock on which it ends last: by then it is invoiced everywhere."""

    clock: ZoneClock
    hour: Leap
    day: Leap
    month_end: Leap
    month: date
    last: ZoneClock

    @property
    def all(self) -> tuple[Leap, ...]:
        return self.hour, self.day, self.month_end


def leaps_from(here: datetime, chosen: ZoneClock, clocks: Sequence[ZoneClock]) -> Leaps:
    """Where they land, seen from the practice time `here`: always ahead of it."""
    account = chosen.account
    local = account.local(here)
    month = month_of(local.date())
    with_accounts = [each for each in clocks if each.count] or [chosen]
    last = min([*with_accounts, chosen], key=lambda each: each.account.utc_offset_minutes)

    def leap(name: str, target: datetime) -> Leap:
        return Leap(name, target, account.local(target).replace(tzinfo=None))

    return Leaps(
        clock=chosen,
        hour=leap("hour", account.slot_of(here) + HOUR),
        day=leap("day", account.day_start(local.date() + DAY)),
        month_end=leap("month", month_end(last.account, month).astimezone(UTC)),
        month=month,
        last=last,
    )
