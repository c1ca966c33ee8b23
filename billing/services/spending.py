"""Charging what was delivered. Runs in the delivery's own transaction, once for every hour of
every account, so it makes the same few statements whatever the number of campaigns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from adaccounts.models import AdAccount
from billing import ledger
from billing.models import BillableItem, Books, LedgerAccount, Posting
from billing.queries import campaign_reference, month_end, month_of
from bizcenter.lib.errors import DomainError

HOUR = timedelta(hours=1)
# Names and order numbers that changed are written; the others are not even locked.
_REACH = f"""
    WITH moved AS (
        UPDATE {Books._meta.db_table} SET charged_until = greatest(charged_until, %s)
         WHERE ad_account_id = %s AND open_month <= %s RETURNING ad_account_id
    ), words AS (
        INSERT INTO {BillableItem._meta.db_table} AS item (reference, label, po_number)
        SELECT new.* FROM moved
          CROSS JOIN unnest(%s::text[], %s::text[], %s::text[]) AS new (reference, label, po_number)
          LEFT JOIN {BillableItem._meta.db_table} old USING (reference)
         WHERE (old.label, old.po_number) IS DISTINCT FROM (new.label, new.po_number)
        ON CONFLICT (reference)
        DO UPDATE SET label = excluded.label, po_number = excluded.po_number
    )
    SELECT FROM moved
"""


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


@transaction.atomic
def charge_spend(*, ad_account: AdAccount, slot: datetime, charges: Sequence[SpendCharge]) -> None:
    """The hour that begins at `slot` is charged to the wallet, once; without charges it is known
    to have cost nothing. Months are invoiced when all their hours went through here.

    Raises InsufficientFunds when the wallet holds less, MonthIsClosed when it was invoiced.
    """
    start = slot.astimezone(UTC)
    if ad_account.slot_of(start) != start:
        raise ValueError("a slot begins on a full hour of the account's clock")
    if any(charge.amount <= 0 for charge in charges):
        raise ValueError("a charge is above zero")
    key = f"spend:{ad_account.pk}:{start.isoformat()}"
    if not _move_books(ad_account, start, charges):
        if charges and not Posting.objects.filter(key=key).exists():
            raise MonthIsClosed("This month has been invoiced; its cost cannot change.")
        return
    if charges:
        _post(ad_account, start, charges, key)


def _post(ad_account: AdAccount, start: datetime, charges: Sequence[SpendCharge], key: str) -> None:
    cost, wallet = LedgerAccount.Kind.COST, LedgerAccount.Kind.WALLET
    local = ad_account.local(start)
    moves = [
        ledger.Move(cost, charge.amount, campaign_reference(charge.campaign_id))
        for charge in charges
    ]
    ledger.post(
        key=key,
        kind=Posting.Kind.SPEND,
        ad_account=ad_account,
        at=start + HOUR,
        day=local.date(),
        label=f"Advertising, {local:%Y-%m-%d %H}:00",
        entries=[*moves, ledger.Move(wallet, -sum(charge.amount for charge in charges))],
        actor=None,
    )


def _move_books(ad_account: AdAccount, start: datetime, charges: Sequence[SpendCharge]) -> bool:
    """The books are complete up to the end of the hour, and know what an invoice will call the
    campaigns; False, and nothing changed, when its month is closed."""
    month = month_of(ad_account.day_of(start))
    if _reach(ad_account, start, month, charges):
        return True
    first = Books(
        ad_account=ad_account,
        charged_until=start + HOUR,
        open_month=month,
        open_month_ends_at=month_end(ad_account, month),
    )
    Books.objects.bulk_create([first], ignore_conflicts=True)
    return _reach(ad_account, start, month, charges)


def _reach(
    ad_account: AdAccount, start: datetime, month: date, charges: Sequence[SpendCharge]
) -> bool:
    words = {campaign_reference(c.campaign_id): (c.label, c.po_number) for c in charges}
    labels, numbers = ([pair[place] for pair in words.values()] for place in (0, 1))
    of_books = (start + HOUR, ad_account.pk, month)
    with connection.cursor() as cursor:
        cursor.execute(_REACH, (*of_books, list(words), labels, numbers))
        return cursor.fetchone() is not None
