"""What an ad account's spending cap leaves, counted from the postings of its spend."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection

from adaccounts.models import AdAccount
from billing.models import Entry, LedgerAccount, Posting
from bizcenter.lib import locks

from .months import last_day, month_of

Mode = AdAccount.CapMode
_EVER = datetime.min.replace(tzinfo=UTC)
_HELD = f"""
    SELECT wallet.balance, account.cap_mode, account.cap_amount, account.cap_since
      FROM {LedgerAccount._meta.db_table} wallet
      JOIN {AdAccount._meta.db_table} account ON account.id = wallet.ad_account_id
     WHERE wallet.kind = %s AND wallet.ad_account_id = %s
       FOR NO KEY UPDATE OF wallet
"""
_SPENT = f"""
    SELECT -coalesce(sum(entry.amount), 0)
      FROM {Posting._meta.db_table} posting
      JOIN {Entry._meta.db_table} entry ON entry.posting_id = posting.id
     WHERE posting.ad_account_id = %s AND posting.kind = %s
       AND posting.day BETWEEN %s AND %s AND posting.at > %s
       AND entry.account_id = ANY(ARRAY(
           SELECT id FROM {LedgerAccount._meta.db_table}
            WHERE ad_account_id = %s AND kind <> '{LedgerAccount.Kind.COST}'))
"""


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


def lock_spendable(*, ad_account: AdAccount, slot: datetime) -> Spendable:
    """What may be spent in the hour from `slot`, by wallet and cap, neither of which anybody can
    change until the caller's transaction ends. `ad_account` has its cap as it is now."""
    locks.hold(ad_account.pk)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [LedgerAccount.Kind.WALLET, ad_account.pk])
        found = cursor.fetchone()
    if found is None:
        return Spendable(0, is_capped=False)
    balance, *capped = found
    # Read behind the lock: the cap may just have been lowered.
    ad_account.cap_mode, ad_account.cap_amount, ad_account.cap_since = capped
    cap = cap_standing(ad_account=ad_account, at=slot)
    if cap is None or cap.left >= balance:
        return Spendable(balance, is_capped=False)
    return Spendable(cap.left, is_capped=True)


@dataclass(frozen=True)
class _Counted:
    """Account-local days, both included, and the practice time after which postings count."""

    first: date
    last: date = date.max
    after: datetime = _EVER


def _counted(ad_account: AdAccount, at: datetime) -> _Counted:
    day = ad_account.day_of(at)
    if ad_account.cap_mode == Mode.DAILY:
        return _Counted(day, day)
    if ad_account.cap_mode == Mode.MONTHLY:
        month = month_of(day)
        return _Counted(month, last_day(month))
    assert ad_account.cap_since is not None, "a constraint says so"
    since = ad_account.cap_since
    # An hour is posted at its end: the one in which the cap began counts as a whole.
    return _Counted(ad_account.day_of(since), after=since)


def _spent(ad_account: AdAccount, counted: _Counted) -> int:
    """A posting sums to zero, so what was not entered as cost is the cost with the other sign: one
    row an hour to add up instead of one for each campaign."""
    days = (counted.first, counted.last, counted.after)
    with connection.cursor() as cursor:
        cursor.execute(_SPENT, (ad_account.pk, Posting.Kind.SPEND, *days, ad_account.pk))
        return int(cursor.fetchone()[0])
