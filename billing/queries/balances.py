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


def lock_wallet(*, ad_account: AdAccount) -> int:
    """The balance, which nobody else can move until the caller's transaction ends."""
    wallet = (
        LedgerAccount.objects.select_for_update(no_key=True)
        .filter(ad_account=ad_account, kind=LedgerAccount.Kind.WALLET)
        .values_list("balance", flat=True)
    )
    return wallet.first() or 0
