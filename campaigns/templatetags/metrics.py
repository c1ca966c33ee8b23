"""Printing figures in templates."""

from datetime import datetime, timedelta
from decimal import Decimal

from django import template

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.lib.periods import Period
from campaigns.queries.learning import DAYS, Learning
from campaigns.queries.metrics import Metric
from campaigns.queries.shards import PATIENCE
from campaigns.queries.totals import Totals

register = template.Library()

LONGEST_WINDOW = timedelta(days=28)
OPEN_HOUR = timedelta(hours=1)


@register.simple_tag
def metric(which: Metric, totals: Totals, currency: str) -> str:
    """The figure as pages print it."""
    return which.text(totals, currency)


@register.simple_tag
def change(which: Metric, now: Totals, before: Totals | None) -> Decimal | None:
    """By how many percent the figure moved; None without a comparison."""
    return None if before is None else which.change(now, before)


@register.simple_tag
def learning_needs() -> int:
    """Results that end the learning phase."""
    return Learning.needed


@register.simple_tag
def learning_days() -> int:
    """Days within which they have to be known."""
    return DAYS


@register.simple_tag
def is_behind(clock: PracticeClock, now: datetime, as_of: datetime | None) -> bool:
    """Is more than the open hour and what a minute of the clock brings not delivered yet?"""
    if as_of is None:
        return False
    usual = OPEN_HOUR + PATIENCE * max(clock.rate, PracticeClock.MINUTE_AN_HOUR)
    return now > as_of + usual


@register.simple_tag
def may_grow(span: Period, ad_account: AdAccount, as_of: datetime | None) -> bool:
    """Can conversions of clicks and views in these days still come?"""
    return as_of is not None and span.end >= ad_account.day_of(as_of - LONGEST_WINDOW)
