"""What a day billed above its budgets goes back to the wallet when the day closes."""

from datetime import date, datetime

import numpy as np

from adaccounts.models import AdAccount
from billing.services import credit_over_delivery

from .loading import Running
from .plan import Ints


def credit(
    account: AdAccount, day: date, running: Running, over_minor: Ints | None, at: datetime
) -> int:
    """Each campaign of the plan has back what it billed above its highest daily budget of the
    account-local day (`over_minor`, minor units in the order of the plan's campaigns; None where
    nothing was delivered); returns the sum. Doing it again changes nothing.

    Runs in the transaction of the day's last hour, after its charge.
    """
    if over_minor is None:
        return 0
    amounts = {
        running.labels[place][0]: int(over_minor[place])
        for place in np.flatnonzero(over_minor).tolist()
    }
    if amounts:
        credit_over_delivery(ad_account=account, day=day, amounts=amounts, at=at)
    return sum(amounts.values())
