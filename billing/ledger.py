"""The only writer of postings and entries.

Accounts are locked in the order of their keys, a posting whose key is known is returned as it
stands, and the database moves the balances together with the entries (see `docs/ledger.md`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from adaccounts.models import AdAccount
from bizcenter.lib import rows
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor
from bizcenter.lib.prepared import Prepared

from .models import Entry, LedgerAccount, Posting

_Kind = LedgerAccount.Kind
_LOCK = Prepared(
    f"""
    SELECT {rows.columns(LedgerAccount, "account")}
      FROM {LedgerAccount._meta.db_table} account
     WHERE account.ad_account_id = ANY($1) AND account.kind = ANY($2)
     ORDER BY account.id FOR NO KEY UPDATE
    """,
    "bigint[]",
    "text[]",
)
_POST = Prepared(
    f"""
    WITH posting AS (
        INSERT INTO {Posting._meta.db_table}
            (id, key, kind, ad_account_id, at, day, label, actor_id)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (key) DO NOTHING RETURNING id
    ), entered AS (
        INSERT INTO {Entry._meta.db_table} (posting_id, account_id, amount, reference)
        SELECT entry.* FROM posting
          JOIN unnest($9, $10, $11, $12)
            AS entry (posting_id, account_id, amount, reference) ON entry.posting_id = posting.id
    )
    SELECT id FROM posting
    """,
    *("bigint[]", "text[]", "text[]", "bigint[]", "timestamptz[]", "date[]", "text[]", "bigint[]"),
    *("bigint[]", "bigint[]", "bigint[]", "text[]"),
)


class InsufficientFunds(DomainError):
    """The wallet holds less than is to be taken from it."""

    code = "insufficient_funds"


@dataclass(frozen=True, slots=True)
class Move:
    """An entry to be made; `amount` in signed minor units."""

    account: LedgerAccount.Kind
    amount: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be posted. `key` makes posting it twice a no-op."""

    key: str
    kind: Posting.Kind
    ad_account: AdAccount
    at: datetime
    day: date
    label: str
    entries: Sequence[Move]
    actor: User | None

    @property
    def taken(self) -> int:
        """From the wallet, below zero."""
        return sum(move.amount for move in self.entries if move.account == _Kind.WALLET)


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
    found = _locked([ad_account.pk], kinds)
    return {kind: account for (_, kind), account in found.items()}


_Accounts = dict[tuple[int, str], LedgerAccount]  # by ad account and kind


def _locked(ad_accounts: Iterable[int], kinds: Iterable[str]) -> _Accounts:
    held = _LOCK.rows(list(ad_accounts), list(set(kinds)))
    found = [rows.instance(LedgerAccount, values) for values in held]
    return {(account.ad_account_id, account.kind): account for account in found}


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
    (posting,) = post_all([Event(key, kind, ad_account, at, day, label, entries, actor)])
    return posting


def post_all(events: Sequence[Event]) -> list[Posting]:
    """Each event, of an ad account of its own, is in the books exactly once; in a few statements,
    however many there are, inside the caller's transaction.

    Raises InsufficientFunds when one of the wallets would fall below zero.
    """
    if not events:
        return []
    if len({event.ad_account.pk for event in events}) < len(events):
        raise ValueError("the events are of different ad accounts")
    accounts = _accounts(events)
    short = {event.key for event in events if _is_short(event, accounts)}
    new = {event.key: _posting(event) for event in events if event.key not in short}
    written = _write([event for event in events if event.key in new], new, accounts)
    for event in events:
        if event.key in short:
            new[event.key] = _known_or_refused(event, accounts)
        elif new[event.key].pk not in written:
            new[event.key] = Posting.objects.get(key=event.key)
    return [new[event.key] for event in events]


def _accounts(events: Sequence[Event]) -> _Accounts:
    """Those that the events move, locked; opened where there were none."""
    ids = [event.ad_account.pk for event in events]
    kinds = {move.account for event in events for move in event.entries}
    found = _locked(ids, kinds)
    if len(found) == len(ids) * len(kinds):
        return found
    for event in events:
        open_accounts(event.ad_account)
    return _locked(ids, kinds)


def _is_short(event: Event, accounts: _Accounts) -> bool:
    wallet = accounts.get((event.ad_account.pk, _Kind.WALLET))
    return wallet is not None and event.taken < 0 and wallet.balance + event.taken < 0


def _known_or_refused(event: Event, accounts: _Accounts) -> Posting:
    """What was posted already needs no balance any more."""
    known = Posting.objects.filter(key=event.key).first()
    if known is not None:
        return known
    wallet = accounts[event.ad_account.pk, _Kind.WALLET]
    held, needed = (
        format_minor(amount, wallet.currency) for amount in (wallet.balance, -event.taken)
    )
    raise InsufficientFunds(f"The balance is {held}, which is less than {needed}.")


def _posting(event: Event) -> Posting:
    return Posting(
        key=event.key,
        kind=event.kind,
        ad_account=event.ad_account,
        at=event.at,
        day=event.day,
        label=event.label,
        actor=event.actor,
    )


def _write(events: Sequence[Event], new: Mapping[str, Posting], accounts: _Accounts) -> set[int]:
    """One statement for all of it: the guards look at a posting as a whole. The ids of those that
    are new; nothing is written of those whose key there is already."""
    if not events:
        return set()
    postings = [new[event.key] for event in events]
    head = (
        (each.pk, each.key, each.kind, each.ad_account_id, each.at, each.day, each.label,
         each.actor_id)
        for each in postings
    )  # fmt: skip
    lines = (
        (new[event.key].pk, accounts[event.ad_account.pk, move.account].pk, move.amount,
         move.reference)
        for event in events
        for move in event.entries
    )  # fmt: skip
    columns = [list(column) for each in (head, lines) for column in zip(*each, strict=True)]
    written = {key for (key,) in _POST.rows(*columns)}
    for each in postings:
        each._state.adding = False
    return written
