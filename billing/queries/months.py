"""Calendar months by their first day; a month of an ad account is a month of its own clock."""

from datetime import date, datetime, timedelta

from adaccounts.models import AdAccount


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def month_end(ad_account: AdAccount, month: date) -> datetime:
    """The moment the month is over on the account's clock."""
    return ad_account.day_start(next_month(month))
