"""The only writer of postings and entries.

Accounts are locked in the order of their keys, a posting whose key is known is returned as it
stands, and the database moves the balances together with the entries (see `docs/ledger.md`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from accounts.models import User
from adaccounts.models import AdAccount
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

from .models import LedgerAccount, Posting

_Kind = LedgerAccount.Kind


class InsufficientFunds(DomainError):
    """The wallet holds less than is to be taken from it."""

    code = "insufficient_funds"


@dataclass(frozen=True, slots=True)
class Move:
    """An entry to be made; `amount` in signed minor units."""

    account: LedgerAccount.Kind
    amount: int
    reference: str = ""


def open_accounts(ad_account: AdAccount) -> None:
    """The ad account has its ledger accounts; the wallet has the lowest key and is locked first."""
    LedgerAccount.objects.bulk_create(
        [
            LedgerAccount(
                business_center_id=ad_account.business_center_id,
                ad_account=ad_account,
                kind=kind,
                currency=ad_account.currency,
            )
            for kind in (
                _Kind.WALLET,
                _Kind.CARD,
                _Kind.COST,
                _Kind.TAX,
                _Kind.PAYABLE,
                _Kind.CREDIT,
            )
        ],
        ignore_conflicts=True,
    )


def locked_accounts(ad_account: AdAccount, kinds: Iterable[str]) -> dict[str, LedgerAccount]:
    """The accounts by kind, locked until the end of the transaction."""
    found = (
        LedgerAccount.objects.filter(ad_account=ad_account, kind__in=set(kinds))
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    return {account.kind: account for account in found}


def post(
    *,
    key: str,
    kind: Posting.Kind,
    ad_account: AdAccount,
    at: datetime,
    day: date,
    label: str,
    entries: Sequence[Move],
    actor: User | None,
) -> Posting:
    """The event is in the books exactly once; runs inside the caller's transaction.

    Raises InsufficientFunds when the wallet would fall below zero.
    """
    kinds = {move.account for move in entries}
    accounts = locked_accounts(ad_account, kinds)
    if len(accounts) < len(kinds):
        open_accounts(ad_account)
        accounts = locked_accounts(ad_account, kinds)
    known = Posting.objects.filter(key=key).first()
    if known is not None:
        return known
    _check_wallet(accounts.get(_Kind.WALLET), entries)
    posting = Posting.objects.create(
        key=key, kind=kind, ad_account=ad_account, at=at, day=day, label=label, actor=actor
    )
    _write(posting, accounts, entries)
    return posting


def _check_wallet(wallet: LedgerAccount | None, entries: Sequence[Move]) -> None:
    taken = sum(move.amount for move in entries if move.account == _Kind.WALLET)
    if wallet is not None and taken < 0 and wallet.balance + taken < 0:
        held, needed = (format_minor(n, wallet.currency) for n in (wallet.balance, -taken))
        raise InsufficientFunds(f"The balance is {held}, which is less than {needed}.")


def _write(posting: Posting, accounts: dict[str, LedgerAccount], entries: Sequence[Move]) -> None:
    """One statement for all entries: the guards look at a posting as a whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_entry (posting_id, account_id, amount, reference) "
            "SELECT %s, * FROM unnest(%s::bigint[], %s::bigint[], %s::text[])",
            [
                posting.pk,
                [accounts[move.account].pk for move in entries],
                [move.amount for move in entries],
                [move.reference for move in entries],
            ],
        )
