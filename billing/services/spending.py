"""Charging what was delivered. Runs in the delivery's own transaction, once for every hour, so it
makes the same few statements whatever the number of ad accounts and campaigns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from adaccounts.models import AdAccount
from billing import ledger
from billing.models import BillableItem, Books, LedgerAccount, Posting
from billing.queries import campaign_reference, month_end, month_of
from bizcenter.lib.errors import DomainError
from bizcenter.lib.prepared import Prepared

HOUR = timedelta(hours=1)
# Names and order numbers that changed are written; the others are not even locked.
_REACH = Prepared(
    f"""
    WITH moved AS (
        UPDATE {Books._meta.db_table} books SET charged_until = greatest(charged_until, $1)
          FROM unnest($2, $3) AS hour (ad_account_id, month)
         WHERE books.ad_account_id = hour.ad_account_id AND open_month <= hour.month
        RETURNING books.ad_account_id
    ), words AS (
        INSERT INTO {BillableItem._meta.db_table} AS item (reference, label, po_number)
        SELECT new.reference, new.label, new.po_number FROM moved
          JOIN unnest($4, $5, $6, $7)
            AS new (ad_account_id, reference, label, po_number) USING (ad_account_id)
          LEFT JOIN {BillableItem._meta.db_table} old USING (reference)
         WHERE (old.label, old.po_number) IS DISTINCT FROM (new.label, new.po_number)
        ON CONFLICT (reference)
        DO UPDATE SET label = excluded.label, po_number = excluded.po_number
    )
    SELECT ad_account_id FROM moved
    """,
    *("timestamptz", "bigint[]", "date[]"),
    *("bigint[]", "text[]", "text[]", "text[]"),
)


class MonthIsClosed(DomainError):
    """The hour lies in a month that has been invoiced; its cost cannot change any more."""

    code = "month_is_closed"


@dataclass(frozen=True, slots=True)
class SpendCharge:
    """What one campaign spent in an hour, in minor units, and how an invoice will name it."""

    campaign_id: int
    label: str
    po_number: str
    amount: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What an ad account spent in an hour, by campaign; nothing if it cost nothing."""

    ad_account: AdAccount
    charges: Sequence[SpendCharge]


@transaction.atomic
def charge_spend(*, ad_account: AdAccount, slot: datetime, charges: Sequence[SpendCharge]) -> None:
    """As `charge_hour`, for one ad account."""
    charge_hour(slot=slot, spent=[Spent(ad_account, charges)])


def charge_hour(*, slot: datetime, spent: Sequence[Spent]) -> None:
    """The hour that begins at `slot` is charged to the wallets, once; where there are no charges it
    is known to have cost nothing. Months are invoiced when all their hours went through here.
    Runs inside the caller's transaction.

    Raises InsufficientFunds when a wallet holds less, MonthIsClosed when one was invoiced.
    """
    start = slot.astimezone(UTC)
    if any(each.ad_account.slot_of(start) != start for each in spent):
        raise ValueError("a slot begins on a full hour of the account's clock")
    if any(charge.amount <= 0 for each in spent for charge in each.charges):
        raise ValueError("a charge is above zero")
    open_books = _move_books(start, spent)
    charged = [each for each in spent if each.charges]
    closed = [_key(each, start) for each in charged if each.ad_account.pk not in open_books]
    if closed and Posting.objects.filter(key__in=closed).count() < len(closed):
        raise MonthIsClosed("This month has been invoiced; its cost cannot change.")
    ledger.post_all([_event(each, start) for each in charged if each.ad_account.pk in open_books])


def _key(spent: Spent, start: datetime) -> str:
    return f"spend:{spent.ad_account.pk}:{start.isoformat()}"


def _event(spent: Spent, start: datetime) -> ledger.Event:
    cost, wallet = LedgerAccount.Kind.COST, LedgerAccount.Kind.WALLET
    local = spent.ad_account.local(start)
    moves = [
        ledger.Move(cost, charge.amount, campaign_reference(charge.campaign_id))
        for charge in spent.charges
    ]
    return ledger.Event(
        key=_key(spent, start),
        kind=Posting.Kind.SPEND,
        ad_account=spent.ad_account,
        at=start + HOUR,
        day=local.date(),
        label=f"Advertising, {local:%Y-%m-%d %H}:00",
        entries=[*moves, ledger.Move(wallet, -sum(charge.amount for charge in spent.charges))],
        actor=None,
    )


def _move_books(start: datetime, spent: Sequence[Spent]) -> set[int]:
    """The books are complete up to the end of the hour, and know what an invoice will call the
    campaigns. Whose they are; nothing is changed where the hour's month is closed."""
    months = [month_of(each.ad_account.day_of(start)) for each in spent]
    moved = _reach(start, spent, months)
    missing = [
        Books(
            ad_account=each.ad_account,
            charged_until=start + HOUR,
            open_month=month,
            open_month_ends_at=month_end(each.ad_account, month),
        )
        for each, month in zip(spent, months, strict=True)
        if each.ad_account.pk not in moved
    ]
    if not missing:
        return moved
    Books.objects.bulk_create(missing, ignore_conflicts=True)
    return _reach(start, spent, months)


def _reach(start: datetime, spent: Sequence[Spent], months: Sequence[date]) -> set[int]:
    words = {
        campaign_reference(charge.campaign_id): (each.ad_account.pk, charge)
        for each in spent
        for charge in each.charges
    }
    accounts = [account for account, _ in words.values()]
    labels = [charge.label for _, charge in words.values()]
    numbers = [charge.po_number for _, charge in words.values()]
    ids = [each.ad_account.pk for each in spent]
    hour = (start + HOUR, ids, list(months))
    return {key for (key,) in _REACH.rows(*hour, accounts, list(words), labels, numbers)}
