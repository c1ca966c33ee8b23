"""What an ad account's spending cap leaves, counted from the postings of its spend."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from adaccounts.models import AdAccount
from billing.models import Entry, LedgerAccount, Posting
from bizcenter.lib import locks
from bizcenter.lib.prepared import Prepared

from .months import last_day, month_of

Mode = AdAccount.CapMode
_HELD = Prepared(
    f"""
    SELECT account.id, wallet.balance, account.cap_mode, account.cap_amount, account.cap_since
      FROM {LedgerAccount._meta.db_table} wallet
      JOIN {AdAccount._meta.db_table} account ON account.id = wallet.ad_account_id
     WHERE wallet.kind = '{LedgerAccount.Kind.WALLET}' AND wallet.ad_account_id = ANY($1)
     ORDER BY wallet.id
       FOR NO KEY UPDATE OF wallet
    """,
    "bigint[]",
)


@dataclass(frozen=True)
class CapStanding:
    """Minor units; `left` is never below zero, also where the cap was lowered below `spent`."""

    amount: int
    spent: int

    @property
    def left(self) -> int:
        return max(0, self.amount - self.spent)


@dataclass(frozen=True)
class Spendable:
    """What delivery may spend in an hour: the wallet, or less where the cap leaves less."""

    amount: int
    is_capped: bool


def cap_standing(*, ad_account: AdAccount, at: datetime) -> CapStanding | None:
    """The cap on the account-local day or month of `at`, or since it was set; None without one."""
    if ad_account.cap_mode == Mode.NONE or ad_account.cap_amount is None:
        return None
    spent = _spent(ad_account, _counted(ad_account, at))
    return CapStanding(amount=ad_account.cap_amount, spent=spent)


def lock_spendable(*, ad_accounts: Sequence[AdAccount], slot: datetime) -> list[Spendable]:
    """What each may spend in the hour from `slot`, by wallet and cap, neither of which anybody can
    change until the caller's transaction ends. The `ad_accounts` have their caps as they are now.
    """
    ids = sorted(each.pk for each in ad_accounts)
    held = _HELD.rows(ids, after=(locks.HOLD, ids))
    wallets = {key: values for key, *values in held}
    return [_spendable(each, wallets.get(each.pk), slot) for each in ad_accounts]


def _spendable(ad_account: AdAccount, wallet: list[Any] | None, slot: datetime) -> Spendable:
    if wallet is None:
        return Spendable(0, is_capped=False)
    balance, *capped = wallet
    # Read behind the lock: the cap may just have been lowered.
    ad_account.cap_mode, ad_account.cap_amount, ad_account.cap_since = capped
    cap = cap_standing(ad_account=ad_account, at=slot)
    if cap is None or cap.left >= balance:
        return Spendable(balance, is_capped=False)
    return Spendable(cap.left, is_capped=True)


def _counted(ad_account: AdAccount, at: datetime) -> Q:
    day = ad_account.day_of(at)
    if ad_account.cap_mode == Mode.DAILY:
        return Q(posting__day=day)
    if ad_account.cap_mode == Mode.MONTHLY:
        month = month_of(day)
        return Q(posting__day__range=(month, last_day(month)))
    assert ad_account.cap_since is not None, "a constraint says so"
    since = ad_account.cap_since
    # An hour is posted at its end: the one in which the cap began counts as a whole.
    return Q(posting__day__gte=ad_account.day_of(since), posting__at__gt=since)


def _spent(ad_account: AdAccount, counted: Q) -> int:
    """A posting sums to zero, so what was not entered as cost is the cost with the other sign: one
    row an hour to add up instead of one for each campaign."""
    others = LedgerAccount.objects.filter(ad_account=ad_account)
    paid = Entry.objects.filter(
        counted,
        posting__ad_account=ad_account,
        posting__kind=Posting.Kind.SPEND,
        account__in=list(others.exclude(kind=LedgerAccount.Kind.COST).values_list("pk", flat=True)),
    )
    return -(paid.order_by().aggregate(total=Sum("amount"))["total"] or 0)
