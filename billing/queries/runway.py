"""How long the balance lasts."""

from datetime import date, timedelta

from adaccounts.models import AdAccount

from .balances import spendable_balance
from .spend import spend_of_days

DAYS = 7


def days_left(*, ad_account: AdAccount, today: date) -> int | None:
    """Whole days the balance lasts at the pace of the last seven complete days; None when nothing
    was spent in them."""
    spent = spend_of_days(
        ad_account=ad_account,
        first_day=today - timedelta(days=DAYS),
        last_day=today - timedelta(days=1),
    )
    return spendable_balance(ad_account=ad_account) * DAYS // spent if spent else None
