"""What is to be invoiced, and how issued invoices stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import F, Q, QuerySet, Sum

from adaccounts.models import AdAccount
from billing.models import BillableItem, Books, Invoice, Payment

from .months import last_day, month_of
from .spend import paid


@dataclass(frozen=True)
class BillableLine:
    """The cost of one reference in a month, with the words to print."""

    reference: str
    label: str
    po_number: str
    net: int


def billable_lines(*, ad_account: AdAccount, month: date) -> list[BillableLine]:
    """Everything that was paid for the month, credits taken off, by reference, in the order it is
    printed."""
    first = month_of(month)
    rows = dict(
        paid(ad_accounts=[ad_account], first_day=first, last_day=last_day(first))
        .values_list("reference")
        .annotate(total=Sum("amount"))
        .filter(~Q(total=0))
    )
    items = BillableItem.objects.in_bulk(list(rows))
    lines = [
        BillableLine(
            reference=reference,
            label=items[reference].label if reference in items else reference,
            po_number=items[reference].po_number if reference in items else "",
            net=net,
        )
        for reference, net in rows.items()
    ]
    return sorted(lines, key=lambda line: (line.label.casefold(), line.reference))


def due_books(*, at: datetime) -> QuerySet[Books]:
    """Accounts whose open month is over by the clock and completely charged."""
    return (
        Books.objects.filter(open_month_ends_at__lte=at, charged_until__gte=F("open_month_ends_at"))
        .select_related("ad_account__business_center")
        .order_by("open_month_ends_at", "ad_account_id")
    )


class InvoiceState(StrEnum):
    """How an invoice stands, in people's words."""

    PAID = "Paid"
    NO_PAYMENT_DUE = "No payment due"
    UNPAID = "Unpaid"
    OVERDUE = "Overdue"


_TONES = {
    InvoiceState.PAID: "green",
    InvoiceState.NO_PAYMENT_DUE: "grey",
    InvoiceState.UNPAID: "amber",
    InvoiceState.OVERDUE: "red",
}


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice and how it stands at a moment; `due` in minor units."""

    invoice: Invoice
    due: int
    state: InvoiceState

    @property
    def tone(self) -> str:
        return _TONES[self.state]


def amount_due(invoice: Invoice) -> int:
    """Tax not yet paid; the net amount was paid from the balance as it was spent."""
    return invoice.tax - _paid([invoice]).get(invoice.pk, 0)


def invoices_of(ad_accounts: Sequence[AdAccount] | QuerySet[AdAccount]) -> QuerySet[Invoice]:
    """Invoices, newest first."""
    found = Invoice.objects.filter(ad_account__in=ad_accounts).select_related("ad_account")
    return found.order_by("-month", "-id")


def invoice_rows(invoices: Sequence[Invoice], *, at: datetime) -> list[InvoiceRow]:
    """The invoices as they stand at `at`, in the same order; one query."""
    paid = _paid(invoices)
    return [_row(invoice, invoice.tax - paid.get(invoice.pk, 0), at) for invoice in invoices]


def _row(invoice: Invoice, due: int, at: datetime) -> InvoiceRow:
    if due <= 0:
        state = InvoiceState.PAID if invoice.tax else InvoiceState.NO_PAYMENT_DUE
    elif invoice.ad_account.day_of(at) > invoice.due_date:
        state = InvoiceState.OVERDUE
    else:
        state = InvoiceState.UNPAID
    return InvoiceRow(invoice=invoice, due=due, state=state)


def _paid(invoices: Sequence[Invoice]) -> dict[int, int]:
    rows = (
        Payment.objects.filter(invoice__in=invoices, state=Payment.State.SUCCEEDED)
        .order_by()
        .values_list("invoice_id")
        .annotate(total=Sum("amount"))
    )
    return dict(rows)
