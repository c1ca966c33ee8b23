"""What a day billed above its budgets goes back to the wallet when the day closes."""

from datetime import date, datetime
from zlib import decompress

from adaccounts.models import AdAccount
from billing.services import credit_over_delivery
from bizcenter.lib.money import micros_per_minor

from ..models import AdGroup
from .state import BudgetLedger, State

_FIRST_DAY = date(1970, 1, 1)


def credit_day(account: AdAccount, day: date, state: bytes, at: datetime) -> int:
    """Each campaign has back what it billed above its highest daily budget of the account-local
    day, those that were switched off or deleted meanwhile as well; returns the sum in minor units.
    Doing it again changes nothing.

    `state` is the cursor's after the day's last hour, in whose transaction this runs, after its
    charge. Where budgets of ad groups and of their campaign were both exceeded, the larger
    excess counts.
    """
    if account.over_delivery_changed_at is None:
        return 0
    amounts = _excess(account, day, state)
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
