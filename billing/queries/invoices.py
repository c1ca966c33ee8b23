"""What is to be invoiced, and how issued invoices stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum

from adaccounts.models import AdAccount
from billing.models import BillableItem, Books, Invoice, Payment

from .months import last_day, month_of
from .spend import costs


@dataclass(frozen=True)
class BillableLine:
    """The cost of one reference in a month, with the words to print."""

    reference: str
    label: str
    po_number: str
    net: int


def billable_lines(*, ad_account: AdAccount, month: date) -> list[BillableLine]:
    """Everything the month cost, by reference, in the order it is printed."""
    first = month_of(month)
    rows = dict(
        costs(ad_accounts=[ad_account], first_day=first, last_day=last_day(first))
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


class InvoiceState:
    """How an invoice stands, in people's words."""

    PAID = "Paid"
    NO_PAYMENT_DUE = "No payment due"
    UNPAID = "Unpaid"
    OVERDUE = "Overdue"


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice and how it stands at a moment; `due` in minor units."""

    invoice: Invoice
    due: int
    state: str


def amount_due(invoice: Invoice) -> int:
    """Tax not yet paid; the net amount was paid from the balance as it was spent."""
    paid = invoice.payments.filter(state=Payment.State.SUCCEEDED).aggregate(n=Sum("amount"))["n"]
    return invoice.tax - (paid or 0)


def invoices_of(ad_accounts: Sequence[AdAccount]) -> QuerySet[Invoice]:
    """Invoices, newest first, each with what was `paid` on it."""
    return (
        Invoice.objects.filter(ad_account__in=ad_accounts)
        .select_related("ad_account")
        .annotate(paid=Sum("payments__amount", filter=Q(payments__state=Payment.State.SUCCEEDED)))
        .order_by("-month", "-id")
    )


def invoice_row(invoice: Invoice, *, at: datetime, paid: int | None) -> InvoiceRow:
    """The invoice as it stands at `at`, given what was paid on it."""
    due = invoice.tax - (paid or 0)
    if due <= 0:
        state = InvoiceState.PAID if invoice.tax else InvoiceState.NO_PAYMENT_DUE
    elif invoice.ad_account.day_of(at) > invoice.due_date:
        state = InvoiceState.OVERDUE
    else:
        state = InvoiceState.UNPAID
    return InvoiceRow(invoice=invoice, due=due, state=state)
