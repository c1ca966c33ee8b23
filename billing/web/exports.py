"""CSV files: plain numbers, one header line, the same rows as the page."""

import csv
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.http import HttpResponse

from adaccounts.models import AdAccount
from billing.models import Invoice
from billing.queries import Transaction
from bizcenter.lib.money import to_decimal
from bizcenter.lib.periods import Period

NOTE = "SPECIMEN - practice environment, no payment due in reality"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def transactions_file(
    account: AdAccount, period: Period, rows: Iterable[Transaction]
) -> HttpResponse:
    header = (
        "date,time,time_zone,account_id,account_name,type,description,campaign_id,"
        "currency,card_payment,balance_change,balance,note"
    )

    def cells(row: Transaction) -> Sequence[object]:
        local = account.local(row.at)
        # The last hour of a day ends at the next midnight; its cost belongs to the day before.
        if local.date() > row.day:
            local -= timedelta(seconds=1)
        amounts = (to_decimal(n, account.currency) for n in (row.charged, row.change, row.balance))
        return (
            row.day.isoformat(),
            f"{local:%H:%M:%S}",
            account.timezone,
            account.pk,
            plain(account.name),
            row.type,
            plain(row.label),
            row.campaign_id or "",
            account.currency,
            *amounts,
            NOTE,
        )

    name = f"transactions-{account.pk}-{period.start}-{period.end}.csv"
    return _file(name, header, (cells(row) for row in rows))


def invoice_file(invoice: Invoice) -> HttpResponse:
    header = (
        "invoice,issue_date,service_from,service_to,time_zone,account_id,account_name,"
        "campaign_id,campaign,po_number,currency,net,tax_name,tax_percent,note"
    )
    rows = (
        (
            invoice.full_number,
            invoice.issue_date.isoformat(),
            invoice.month.isoformat(),
            invoice.last_day.isoformat(),
            invoice.account_timezone,
            invoice.ad_account_id,
            plain(invoice.account_name),
            line.campaign_id or "",
            plain(line.description),
            plain(line.po_number),
            invoice.currency,
            to_decimal(line.net, invoice.currency),
            invoice.tax_name,
            invoice.tax_percent,
            NOTE,
        )
        for line in invoice.lines.all()
    )
    return _file(f"{invoice.full_number}.csv", header, rows)


def plain(text: str) -> str:
    """Text a spreadsheet must not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _file(name: str, header: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return response
