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
from bizcenter.lib import rows
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

from .models import Entry, LedgerAccount, Posting

_Kind = LedgerAccount.Kind
_LOCK = f"""
    SELECT {{}} FROM {LedgerAccount._meta.db_table} account
     WHERE account.ad_account_id = %s AND account.kind = ANY(%s)
     ORDER BY account.id FOR NO KEY UPDATE
"""
_POST = f"""
    WITH posting AS (
        INSERT INTO {Posting._meta.db_table}
            (id, key, kind, ad_account_id, at, day, label, actor_id)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id
    )
    INSERT INTO {Entry._meta.db_table} (posting_id, account_id, amount, reference)
    SELECT posting.id, entry.*
      FROM posting, unnest(%s::bigint[], %s::bigint[], %s::text[]) AS entry
"""


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
    with connection.cursor() as cursor:
        statement = _LOCK.format(rows.columns(LedgerAccount, "account"))
        cursor.execute(statement, [ad_account.pk, list(set(kinds))])
        found = [rows.instance(LedgerAccount, values) for values in cursor.fetchall()]
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
    if _is_short(accounts.get(_Kind.WALLET), entries):
        return _known_or_refused(key, accounts[_Kind.WALLET], entries)
    posting = Posting(
        key=key, kind=kind, ad_account=ad_account, at=at, day=day, label=label, actor=actor
    )
    if _write(posting, accounts, entries):
        return posting
    return Posting.objects.get(key=key)


def _taken(entries: Sequence[Move]) -> int:
    """From the wallet, below zero."""
    return sum(move.amount for move in entries if move.account == _Kind.WALLET)


def _is_short(wallet: LedgerAccount | None, entries: Sequence[Move]) -> bool:
    taken = _taken(entries)
    return wallet is not None and taken < 0 and wallet.balance + taken < 0


def _known_or_refused(key: str, wallet: LedgerAccount, entries: Sequence[Move]) -> Posting:
    """What was posted already needs no balance any more."""
    known = Posting.objects.filter(key=key).first()
    if known is not None:
        return known
    amounts = (wallet.balance, -_taken(entries))
    held, needed = (format_minor(amount, wallet.currency) for amount in amounts)
    raise InsufficientFunds(f"The balance is {held}, which is less than {needed}.")


def _write(posting: Posting, accounts: dict[str, LedgerAccount], entries: Sequence[Move]) -> bool:
    """One statement for all of it: the guards look at a posting as a whole. False, and nothing is
    written, when there is a posting with this key."""
    with connection.cursor() as cursor:
        cursor.execute(
            _POST,
            [
                posting.pk, posting.key, posting.kind, posting.ad_account_id, posting.at,
                posting.day, posting.label, posting.actor_id,
                [accounts[move.account].pk for move in entries],
                [move.amount for move in entries],
                [move.reference for move in entries],
            ],
        )  # fmt: skip
        posting._state.adding = False
        return cursor.rowcount > 0
