"""The hours of an ad's day as the page and its file show them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from adaccounts.models import AdAccount
from bizcenter.lib import money
from bizcenter.lib.charts import Chart, Series
from campaigns.delivery.plan import NO_LIMIT, Limit
from campaigns.delivery.why import Day, Hour
from campaigns.models import Ad, BillingEvent
from campaigns.queries.gaps import Kind

from .vocabulary import BID_IS_PER
from .why_words import Look, Told, tell

BY_IMPRESSION = (BillingEvent.CPM, BillingEvent.OCPM)
CHECKS = ("On", "Approved", "In schedule", "Budget", "Balance")
_FAILED = ("off", "not approved", "outside its hours", "budget used up", "balance empty")


@dataclass(frozen=True)
class Row:
    """One hour; `checks` are yes, no or None (not known) in the order of CHECKS; money in currency
    units."""

    hour: Hour
    number: int
    told: Told
    checks: tuple[bool | None, ...]
    target: Decimal | None
    spent: Decimal
    price: Decimal | None

    @property
    def label(self) -> str:
        return f"{self.number:02}:00"

    @property
    def has_more(self) -> bool:
        """There is more to say than what its look is called."""
        return self.told.text.removesuffix(".") != self.told.look.name

    @property
    def failed(self) -> list[str]:
        pairs = zip(_FAILED, self.checks, strict=True)
        return [words for words, is_met in pairs if is_met is False]

    @property
    def won(self) -> Decimal | None:
        """Percent of the auctions; None where it took part in none."""
        entry = self.hour.entry
        return Decimal(entry.win) / 10 if entry and entry.auctions else None

    @property
    def auctions(self) -> int | None:
        return self.hour.entry.auctions if self.hour.entry else None


def rows_of(day: Day, ad: Ad, account: AdAccount) -> list[Row]:
    return [_row(hour, number, ad, account) for number, hour in enumerate(day.hours)]


def _row(hour: Hour, number: int, ad: Ad, account: AdAccount) -> Row:
    entry, currency = hour.entry, account.currency
    each = 1000 if ad.ad_group.billing_event in BY_IMPRESSION else 1
    return Row(
        hour=hour,
        number=number,
        told=tell(hour, ad, account),
        checks=_checks(hour),
        target=None
        if entry is None or entry.target >= NO_LIMIT // 2
        else _amount(entry.target, currency),
        spent=money.to_decimal(hour.totals.spend, currency),
        price=_amount(entry.price * each, currency) if entry and entry.price else None,
    )


def _amount(micros: int, currency: str) -> Decimal:
    return money.micros_to_decimal(micros, money.exponent(currency))


def _checks(hour: Hour) -> tuple[bool | None, ...]:
    if not hour.is_delivered:
        return (None,) * len(CHECKS)
    noted = hour.entry is not None
    by_budget = hour.was_held_by(Limit.GROUP_BUDGET, Limit.CAMPAIGN_BUDGET)
    return (
        hour.had(Kind.OFF, Kind.ACCOUNT),
        hour.had(Kind.REVIEW, Kind.DENIED),
        hour.had(Kind.SCHEDULE),
        not by_budget if noted else None,
        not hour.was_held_by(Limit.BALANCE) if noted else None,
    )


def price_is_per(ad: Ad) -> str:
    """ "per click" and the like: what a price stands for."""
    event = BillingEvent(ad.ad_group.billing_event)
    return "per 1,000 impressions" if event in BY_IMPRESSION else BID_IS_PER[event]


def picture(rows: Sequence[Row], currency: str) -> Chart:
    """What was spent, and above it what was meant to be spent and was not."""
    known = [row.hour.is_delivered for row in rows]
    missed = [max((row.target or Decimal(0)) - row.spent, Decimal(0)) for row in rows]
    return Chart(
        labels=[row.label for row in rows],
        series=[
            Series(
                name="Spent",
                values=[row.spent if k else None for row, k in zip(rows, known, strict=True)],
                stack="money",
            ),
            Series(
                name="Meant, not spent",
                values=[each if k else None for each, k in zip(missed, known, strict=True)],
                stack="money",
                muted=True,
            ),
        ],
        kind="bar",
        unit="money",
        currency=currency,
        axis="Hour",
    )


def causes(rows: Sequence[Row]) -> list[tuple[Look, int]]:
    """What the hours were like, each with how many there are."""
    return counted([row.told.look for row in rows])


def counted(looks: Sequence[Look]) -> list[tuple[Look, int]]:
    """Each look with its hours, the most frequent first and what is to come last."""
    pairs = Counter(looks).items()
    return sorted(pairs, key=lambda pair: (pair[0].is_coming, -pair[1]))


@dataclass(frozen=True)
class Days:
    """The day that is shown between its neighbours; None where there is none to go to."""

    day: date
    first: date
    last: date

    @property
    def before(self) -> date | None:
        return self.day - timedelta(days=1) if self.day > self.first else None

    @property
    def after(self) -> date | None:
        return self.day + timedelta(days=1) if self.day < self.last else None


def chosen_day(text: str, *, first: date, last: date, usual: date) -> Days:
    """The day an address asks for, kept within first and last; the usual one for nonsense."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = usual
    return Days(min(max(day, first), last), min(first, last), last)
