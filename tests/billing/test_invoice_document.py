"""The PDF of an invoice: what it says, that it is made once, and that it can be made again."""

import hashlib
import io
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from adaccounts.models import AdAccount
from billing.models import Invoice, InvoiceDocument
from billing.services import charge_spend, issue_invoice, render_invoice
from billing.services.documents import compile_invoice
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import charge, close_month, fund, make_invoice

MONTH = date(2026, 10, 1)


def text_of(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join("\n".join(pages).replace("\u200b", "").replace("\xa0", " ").split())


def long_invoice(account: AdAccount, lines: int, label: str = "Campaign") -> Invoice:
    fund(account, 50_000_00, account.day_start(MONTH))
    charges = [charge(number, number, f"{label} {number:03}") for number in range(1, lines + 1)]
    charge_spend(ad_account=account, slot=account.day_start(MONTH), charges=charges)
    invoice = issue_invoice(ad_account=account, month=MONTH, at=close_month(account, MONTH))
    assert invoice is not None
    return invoice


def test_it_says_who_what_when_and_that_nothing_is_due_in_reality(
    ad_account: AdAccount, at: datetime
) -> None:
    berlin = make_ad_account(ad_account.business_center, None, at, "EUR")
    invoice = make_invoice(berlin, MONTH, c71=12_345_67)

    page = text_of(compile_invoice(invoice))

    for words in (
        "Invoice INV-2026-000001",
        "Understudy Practice Media Ltd",
        "Northwind Trading Ltd",
        "1 Harbour Street",
        "Service period 1–31 Oct 2026",
        "Issued 1 Nov 2026",
        f"Ad account ID {berlin.pk}",
        "Time zone Europe/Berlin (UTC+01:00)",
        "Campaign 71 Campaign ID 71",
        "12.345,67 €",
        "VAT 19 % 2.345,68 €",
        "Total 14.691,35 €",
        "Amount due 2.345,68 €",
        "SPECIMEN – no payment due in reality. Practice environment, not connected to TikTok.",
        "Page 1 of 1",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("currency", "amount", "shown"), [("JPY", 123_456, "¥123,456"), ("USD", 123_456, "$1,234.56")]
)
def test_amounts_are_written_in_the_accounts_currency(
    currency: str, amount: int, shown: str, ad_account: AdAccount, at: datetime
) -> None:
    account = make_ad_account(ad_account.business_center, None, at, currency, name="Other")

    page = text_of(compile_invoice(make_invoice(account, MONTH, c1=amount)))

    assert f"Net advertising cost {shown} " in page
    assert f"{shown}." not in page


def test_two_hundred_lines_break_over_pages_that_repeat_the_header(
    ad_account: AdAccount,
) -> None:
    invoice = long_invoice(ad_account, 200)

    pages = PdfReader(io.BytesIO(compile_invoice(invoice))).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]

    assert len(texts) > 5
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "SPECIMEN" in text
    assert all("# Campaign PO number Tax Amount" in text for text in texts[:-1])
    assert sum(text.count("Campaign ID") for text in texts) == 200


def test_the_same_invoice_gives_the_same_bytes(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, MONTH)

    assert compile_invoice(invoice) == compile_invoice(Invoice.objects.get())


def test_it_is_made_once_and_kept_with_its_fingerprint(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, MONTH)

    first, second = (render_invoice(invoice_id=invoice.pk) for _ in range(2))

    assert bytes(first.pdf) == bytes(second.pdf)
    assert first.sha256 == hashlib.sha256(bytes(first.pdf)).hexdigest()
    assert InvoiceDocument.objects.count() == 1


@pytest.mark.parametrize("label", ['#let x = 1 ]"\\ $ *_`<@', "W" * 500, "{{ 7 }}"])
def test_a_campaigns_name_is_printed_as_it_is(label: str, ad_account: AdAccount) -> None:
    page = text_of(compile_invoice(long_invoice(ad_account, 1, label)))

    assert label.replace(" ", "") in page.replace(" ", "")
