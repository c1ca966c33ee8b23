"""Invoices as PDF: made once from what the invoice says, kept with its SHA-256.

The same invoice gives the same bytes; amounts are written as in the account's country.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from billing.models import Invoice, InvoiceDocument, InvoiceLine
from bizcenter.lib.money import format_minor

TEMPLATE = Path(__file__).resolve().parent.parent / "documents" / "invoice.typ"
SPECIMEN_MARK = "SPECIMEN – no payment due in reality"
SPECIMEN = f"{SPECIMEN_MARK}. Practice environment, not connected to TikTok."
_LONG_WORD = re.compile(r"\S{24}")


def render_invoice(*, invoice_id: int) -> InvoiceDocument:
    """The invoice has its PDF; the one first stored stays, however often this runs."""
    known = InvoiceDocument.objects.filter(pk=invoice_id).first()
    if known is not None:
        return known
    invoice = Invoice.objects.prefetch_related("lines").get(pk=invoice_id)
    pdf = compile_invoice(invoice)
    InvoiceDocument.objects.bulk_create(
        [InvoiceDocument(invoice=invoice, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())],
        ignore_conflicts=True,
    )
    return InvoiceDocument.objects.get(pk=invoice_id)


def compile_invoice(invoice: Invoice) -> bytes:
    """The bytes of the PDF, the same for the same invoice."""
    compiler = _compiler(page_data(invoice))
    pdf = compiler.compile(format="pdf", timestamp=int(invoice.issued_at.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf


def _compiler(data: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[_font_folder()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _font_folder() -> str:
    spec = find_spec("fontpkg_inter")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "files")


def page_data(invoice: Invoice) -> dict[str, Any]:
    """Everything the template prints, as text."""

    def amount(minor: int) -> str:
        return format_minor(minor, invoice.currency, invoice.locale)

    rate = _percent(invoice)
    due_note = f"Due {_day(invoice.due_date)}" if invoice.tax else "Paid from the balance"
    return {
        "number": invoice.full_number,
        "seller": invoice.seller,
        "specimen": {"mark": SPECIMEN_MARK, "text": SPECIMEN},
        "bill_to": invoice.bill_to,
        "details": _details(invoice),
        "amount_due": amount(invoice.tax),
        "due_note": due_note,
        "tax_name": _short_tax_name(invoice),
        "lines": [_line(line, rate, amount(line.net)) for line in invoice.lines.all()],
        "sums": [
            ["Net advertising cost", amount(invoice.net)],
            [f"{invoice.tax_name} {rate}", amount(invoice.tax)],
        ],
        "total": amount(invoice.total),
        "paid_from_balance": amount(-invoice.net),
        "notes": _notes(invoice),
    }


def _line(line: InvoiceLine, rate: str, net: str) -> dict[str, str]:
    return {
        "position": str(line.position),
        "description": _breakable(line.description),
        "reference": f"Campaign ID {line.campaign_id}" if line.campaign_id else line.reference,
        "po_number": _breakable(line.po_number) or "–",
        "rate": rate,
        "net": net,
    }


def _details(invoice: Invoice) -> list[list[str]]:
    hours, minutes = divmod(abs(invoice.account_utc_offset_minutes), 60)
    sign = "−" if invoice.account_utc_offset_minutes < 0 else "+"
    return [
        ["Issued", _day(invoice.issue_date)],
        ["Service period", f"{invoice.month.day}–{_day(invoice.last_day)}"],
        ["Ad account", invoice.account_name],
        ["Ad account ID", str(invoice.ad_account_id)],
        ["Time zone", f"{invoice.account_timezone} (UTC{sign}{hours:02d}:{minutes:02d})"],
        ["Currency", invoice.currency],
    ]


def _notes(invoice: Invoice) -> list[str]:
    notes = [
        "The net amount was paid from the account balance as the advertising was delivered; "
        + ("only the tax remains to be paid." if invoice.tax else "nothing remains to be paid."),
        invoice.tax_note,
        SPECIMEN,
    ]
    return [note for note in notes if note]


def _day(day: Any) -> str:
    return format_date(day, "d MMM yyyy", locale="en")


def _percent(invoice: Invoice) -> str:
    """19 %, 8,1 %: the rate with the decimals it needs, as written in the account's country."""
    return f"{format_decimal(invoice.tax_percent, locale=invoice.locale)} %"


def _short_tax_name(invoice: Invoice) -> str:
    return invoice.tax_name if len(invoice.tax_name) <= 6 else "Tax"


def _breakable(text: str) -> str:
    """Words too long for a column may break after every 24 signs."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)
