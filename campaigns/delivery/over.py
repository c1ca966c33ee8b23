"""What a day billed above its budgets goes back to the wallet when the day closes."""

from collections.abc import Mapping
from datetime import date, datetime
from zlib import decompress

import numpy as np

from adaccounts.models import AdAccount
from billing.services import credit_over_delivery
from bizcenter.lib.money import micros_per_minor

from ..models import AdGroup
from .loading import Running
from .plan import Ints
from .state import BudgetLedger, State

_FIRST_DAY = date(1970, 1, 1)


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
    places = np.flatnonzero(over_minor).tolist()
    return _credit(
        account, day, {running.labels[place][0]: int(over_minor[place]) for place in places}, at
    )


def credit_day(account: AdAccount, day: date, state: bytes, at: datetime) -> int:
    """The same from the cursor's state, whatever is in the plan of the day's last hour: campaigns
    that were switched off or deleted meanwhile have their excess back as well.

    Where budgets of ad groups and of their campaign were both exceeded, the larger excess counts.
    """
    if account.over_delivery_changed_at is None:
        return 0
    return _credit(account, day, _excess(account, day, state), at)


def _credit(account: AdAccount, day: date, amounts: Mapping[int, int], at: datetime) -> int:
    if amounts:
        credit_over_delivery(ad_account=account, day=day, amounts=amounts, at=at)
    return sum(amounts.values())


def _excess(account: AdAccount, day: date, state: bytes) -> dict[int, int]:
    """{campaign id: minor units}"""
    books = State.from_bytes(decompress(state) if state else b"")
    number, size = (day - _FIRST_DAY).days, micros_per_minor(account.currency)
    by_group = _over(books.groups, number, size)
    found: dict[int, int] = {}
    groups = AdGroup.objects.filter(pk__in=by_group).values_list("pk", "campaign_id")
    for group, campaign in groups if by_group else ():
        found[campaign] = found.get(campaign, 0) + by_group[group]
    for campaign, amount in _over(books.campaigns, number, size).items():
        found[campaign] = max(found.get(campaign, 0), amount)
    return found


def _over(ledger: BudgetLedger, day: int, size: int) -> dict[int, int]:
    over = ledger.over_minor(day, size)
    places = over.nonzero()[0]
    return dict(zip(ledger.key[places].tolist(), over[places].tolist(), strict=True))
