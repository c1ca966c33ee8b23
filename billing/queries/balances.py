"""What an ad account holds and may spend."""

from adaccounts.models import AdAccount
from billing.models import LedgerAccount


def balance_of(*, ad_account: AdAccount, kind: str = LedgerAccount.Kind.WALLET) -> int:
    """The balance of one of the account's ledger accounts; nothing before it was opened."""
    found = LedgerAccount.objects.filter(ad_account=ad_account, kind=kind)
    return found.values_list("balance", flat=True).first() or 0


def spendable_balance(*, ad_account: AdAccount) -> int:
    """Minor units that delivery may still spend."""
    return balance_of(ad_account=ad_account)
