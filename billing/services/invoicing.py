"""Issuing the invoice of a month: it copies all it says, takes the next number of its series and
is never changed afterwards.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.urls import reverse

from accounts.services import notify, record_activity
from adaccounts.models import AdAccount
from billing import ledger
from billing.models import Books, Invoice, InvoiceLine, LedgerAccount, Posting
from billing.queries import (
    BillableLine,
    Tax,
    billable_lines,
    due_books,
    finance_managers,
    last_day,
    month_end,
    month_of,
    next_month,
    tax_for,
)
from billing.queries.parties import SELLER, bill_to, has_tax_id, print_locale
from bizcenter.lib import jobs
from bizcenter.lib.asked import SOME_TIME, Asked
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

PAYMENT_DAYS = timedelta(days=30)
_Kind = LedgerAccount.Kind


class MonthStillOpen(DomainError):
    """The month is not over, or an hour of it has not been charged yet."""

    code = "month_still_open"


@transaction.atomic
def issue_invoice(*, ad_account: AdAccount, month: date, at: datetime) -> Invoice | None:
    """The month is closed and has its one invoice, or none when it cost nothing; doing it again
    returns the same. Raises MonthStillOpen."""
    month = month_of(month)
    books = Books.objects.select_for_update(no_key=True).filter(pk=ad_account.pk).first()
    if books is None or month < books.open_month:
        return Invoice.objects.filter(ad_account=ad_account, month=month).first()
    complete = min(books.charged_until, at) >= books.open_month_ends_at
    if month > books.open_month or not complete:
        raise MonthStillOpen(f"{month:%B %Y} is not completely charged yet.")
    lines = billable_lines(ad_account=ad_account, month=month)
    invoice = _write(ad_account, month, lines, at) if lines else None
    books.open_month = next_month(month)
    books.open_month_ends_at = month_end(ad_account, books.open_month)
    books.save(update_fields=["open_month", "open_month_ends_at"])
    return invoice


def issue_due_invoices(at: datetime) -> int:
    """Every month that is over and charged has its invoice; how many were issued."""
    issued = 0
    while _DUE.rows(at):
        for books in due_books(at=at):
            invoice = issue_invoice(ad_account=books.ad_account, month=books.open_month, at=at)
            issued += invoice is not None
    return issued


_DUE = Asked(lambda at: due_books(at=at).select_related(None).values_list("pk"), SOME_TIME)


def _write(
    ad_account: AdAccount, month: date, lines: Sequence[BillableLine], at: datetime
) -> Invoice:
    business = ad_account.business_center
    tax = tax_for(
        country=ad_account.country,
        has_tax_id=has_tax_id(ad_account.country, business),
        day=last_day(month),
    )
    invoice = _create(ad_account, month, sum(line.net for line in lines), tax, at)
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=position,
            reference=line.reference,
            description=line.label,
            po_number=line.po_number,
            net=line.net,
        )
        for position, line in enumerate(lines, 1)
    )
    _post(invoice)
    _tell(invoice)
    jobs.enqueue("billing.render_invoice", invoice_id=invoice.pk)
    return invoice


def _create(ad_account: AdAccount, month: date, net: int, tax: Tax, at: datetime) -> Invoice:
    issue_date = ad_account.day_of(at)
    series = f"INV-{issue_date.year}"
    due = tax.on(net, ad_account.currency)
    return Invoice.objects.create(
        ad_account=ad_account,
        series=series,
        number=_next_number(series),
        month=month,
        issued_at=at,
        issue_date=issue_date,
        due_date=issue_date + PAYMENT_DAYS,
        currency=ad_account.currency,
        seller=SELLER,
        bill_to=bill_to(ad_account.business_center),
        account_name=ad_account.name,
        account_timezone=ad_account.timezone,
        account_utc_offset_minutes=ad_account.utc_offset_minutes,
        locale=print_locale(ad_account.country),
        net=net,
        tax_rate_basis_points=tax.basis_points,
        tax_name=tax.name,
        tax_note=tax.note,
        tax=due,
        total=net + due,
    )


def _next_number(series: str) -> int:
    """One more than the last; the row stays locked until commit, and a rollback gives it back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_invoiceseries AS s (name, last_number) VALUES (%s, 1) "
            "ON CONFLICT (name) DO UPDATE SET last_number = s.last_number + 1 "
            "RETURNING last_number",
            [series],
        )
        return int(cursor.fetchone()[0])


def _post(invoice: Invoice) -> None:
    """The net amount left the wallet when it was spent; the tax is owed from now on."""
    if not invoice.tax:
        return
    reference = f"invoice:{invoice.pk}"
    ledger.post(
        key=reference,
        kind=Posting.Kind.INVOICE,
        ad_account=invoice.ad_account,
        at=invoice.issued_at,
        day=invoice.issue_date,
        label=f"{invoice.tax_name} on {invoice.full_number}",
        entries=[
            ledger.Move(_Kind.TAX, invoice.tax, reference),
            ledger.Move(_Kind.PAYABLE, -invoice.tax, reference),
        ],
        actor=None,
    )


def _tell(invoice: Invoice) -> None:
    account = invoice.ad_account
    total = format_minor(invoice.total, invoice.currency)
    text = f"Invoice {invoice.full_number} for {invoice.month:%B %Y} over {total} is issued"
    reference = f"invoice:{invoice.pk}"
    record_activity(
        business_center=account.business_center,
        ad_account_id=account.pk,
        actor=None,
        at=invoice.issued_at,
        action="issue_invoice",
        summary=text,
        reference=reference,
        label=account.name,
        after={"number": invoice.full_number, "total": total},
    )
    notify(
        users=finance_managers(account.business_center),
        key=reference,
        topic="invoice",
        text=f"{text} ({account.name}).",
        at=invoice.issued_at,
        url=reverse(
            "billing:invoice", kwargs={"ad_account_id": account.pk, "invoice_id": invoice.pk}
        ),
    )
