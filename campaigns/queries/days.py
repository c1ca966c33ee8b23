"""The span of days a page shows, in an ad account's own days."""

from collections.abc import Mapping
from datetime import datetime

from adaccounts.models import AdAccount
from bizcenter.lib import periods
from bizcenter.lib.periods import Period


def account_period(*, ad_account: AdAccount, parameters: Mapping[str, str], at: datetime) -> Period:
    """What the address asks for; "today" is the account's, a lifetime begins with the account."""
    return periods.chosen(
        parameters, today=ad_account.day_of(at), earliest=ad_account.day_of(ad_account.created_at)
    )
