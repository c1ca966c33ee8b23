"""The transactions of an ad account with the balance after each, newest first.

Payments stand at their own time; cost is one row for each campaign and day, booked after the day's
payments, so the balance shown is never below zero; what was credited of it follows. The page and
its CSV show the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, overload

from django.db import connection

from adaccounts.models import AdAccount
from billing.models import Payment

from .spend import campaign_id_of


class TransactionKind(StrEnum):
    """What people filter by."""

    ALL = ""
    PAYMENTS = "payments"
    COSTS = "costs"


_LABELS = {
    "top_up": "Balance added",
    "payment": "Invoice paid",
    "reversal": "Reversal",
    "declined": "Payment declined",
    "spend": "Advertising cost",
    "credit": "Credit",
}
_OF_COST = ["spend", "credit"]
_KINDS = {
    TransactionKind.ALL: list(_LABELS),
    TransactionKind.PAYMENTS: [kind for kind in _LABELS if kind not in _OF_COST],
    TransactionKind.COSTS: _OF_COST,
}


@dataclass(frozen=True)
class Transaction:
    """One row; amounts in minor units. `change` moves the balance, `charged` was paid by card."""

    day: date
    at: datetime
    kind: str
    label: str
    reference: str
    change: int
    charged: int
    balance: int

    @property
    def type(self) -> str:
        return _LABELS[self.kind]

    @property
    def campaign_id(self) -> int | None:
        return campaign_id_of(self.reference)


@dataclass(frozen=True)
class TransactionTotals:
    """Sums over all rows of a choice, in minor units."""

    rows: int
    added: int
    cost: int
    credited: int
    charged: int

    @property
    def change(self) -> int:
        return self.added + self.credited - self.cost


_ROWS = """
WITH moves AS (
    SELECT p.day, CASE p.kind WHEN 'credit' THEN 2 ELSE 0 END AS turn, p.at, p.id AS sort,
        p.kind::text AS kind, p.label,
        coalesce(max(e.reference) FILTER (WHERE a.kind = 'credit'), '') AS reference,
        coalesce(sum(e.amount) FILTER (WHERE a.kind = 'wallet'), 0) AS change,
        -coalesce(sum(e.amount) FILTER (WHERE a.kind = 'card'), 0) AS charged
    FROM billing_posting p
    JOIN billing_entry e ON e.posting_id = p.id
    JOIN billing_ledgeraccount a ON a.id = e.account_id
    WHERE p.ad_account_id = %(account)s AND p.day BETWEEN %(first)s AND %(last)s
        AND p.kind NOT IN ('spend', 'invoice')
    GROUP BY p.id
    UNION ALL
    SELECT p.day, 1, max(p.at), 0, 'spend', coalesce(max(i.label), ''), e.reference,
        -sum(e.amount), 0
    FROM billing_posting p
    JOIN billing_ledgeraccount a ON a.ad_account_id = p.ad_account_id AND a.kind = 'cost'
    JOIN billing_entry e ON e.posting_id = p.id AND e.account_id = a.id
    LEFT JOIN billing_billableitem i ON i.reference = e.reference
    WHERE p.ad_account_id = %(account)s AND p.day BETWEEN %(first)s AND %(last)s
        AND p.kind = 'spend'
    GROUP BY p.day, e.reference
    UNION ALL
    SELECT (at AT TIME ZONE 'UTC' + make_interval(mins => %(offset)s))::date, 0, at, id,
        'declined', card_brand || ' ending in ' || card_last_four || ': ' || message, '', 0, 0
    FROM billing_payment
    WHERE ad_account_id = %(account)s AND state = 'declined'
        AND at >= %(start)s AND at < %(end)s
),
opening AS (
    SELECT coalesce(sum(e.amount), 0) AS balance
    FROM billing_posting p
    JOIN billing_ledgeraccount a ON a.ad_account_id = p.ad_account_id AND a.kind = 'wallet'
    JOIN billing_entry e ON e.posting_id = p.id AND e.account_id = a.id
    WHERE p.ad_account_id = %(account)s AND p.day < %(first)s
),
run AS (
    SELECT moves.*, opening.balance
        + sum(change) OVER (ORDER BY day, turn, at, sort, reference) AS balance
    FROM moves, opening
)
"""
_PAGE = (
    _ROWS
    + """
SELECT day, at, kind, label, reference, change::bigint, charged::bigint, balance::bigint
FROM run WHERE kind = ANY(%(kinds)s)
ORDER BY day DESC, turn DESC, at DESC, sort DESC, reference DESC
LIMIT %(limit)s OFFSET %(offset_rows)s
"""
)
_TOTALS = (
    _ROWS
    + """
SELECT count(*), coalesce(sum(change) FILTER (WHERE kind NOT IN ('spend', 'credit')), 0)::bigint,
    coalesce(-sum(change) FILTER (WHERE kind = 'spend'), 0)::bigint,
    coalesce(sum(change) FILTER (WHERE kind = 'credit'), 0)::bigint,
    coalesce(sum(charged), 0)::bigint
FROM run WHERE kind = ANY(%(kinds)s)
"""
)


class Transactions(Sequence[Transaction]):
    """The rows of an account's days, both included; a paginator may slice it."""

    def __init__(
        self,
        *,
        ad_account: AdAccount,
        first_day: date,
        last_day: date,
        kind: TransactionKind = TransactionKind.ALL,
    ) -> None:
        self._values: dict[str, Any] = {
            "account": ad_account.pk,
            "first": first_day,
            "last": last_day,
            "start": ad_account.day_start(first_day),
            "end": ad_account.day_start(last_day + timedelta(days=1)),
            "offset": ad_account.utc_offset_minutes,
            "kinds": _KINDS[kind],
        }

    @cached_property
    def totals(self) -> TransactionTotals:
        with connection.cursor() as cursor:
            cursor.execute(_TOTALS, self._values)
            return TransactionTotals(*cursor.fetchone())

    def __len__(self) -> int:
        return self.totals.rows

    @overload
    def __getitem__(self, part: int) -> Transaction: ...

    @overload
    def __getitem__(self, part: slice) -> list[Transaction]: ...

    def __getitem__(self, part: int | slice) -> Transaction | list[Transaction]:
        if isinstance(part, int):
            return self._rows(limit=1, start=part)[0]
        start = part.start or 0
        return self._rows(limit=None if part.stop is None else part.stop - start, start=start)

    def __iter__(self) -> Iterator[Transaction]:
        return iter(self._rows(limit=None, start=0))

    def _rows(self, *, limit: int | None, start: int) -> list[Transaction]:
        with connection.cursor() as cursor:
            cursor.execute(_PAGE, {**self._values, "limit": limit, "offset_rows": start})
            return [Transaction(*row) for row in cursor.fetchall()]


def has_history(ad_account: AdAccount) -> bool:
    """Whether money was ever paid in, or tried to be."""
    return Payment.objects.filter(ad_account=ad_account).exists()
