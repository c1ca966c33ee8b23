"""Finance downloads last month's invoice; an analyst sees everything and changes nothing."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_finance_downloads_the_invoice_and_its_total_is_the_pages(
    visitor: Visitor, page: Page, downloads: Path
) -> None:
    visitor.sign_in("fay@northwind.example")
    page.get_by_role("link", name="Financial").click()
    page.get_by_role("link", name=re.compile("Velo Nord DE")).first.click()
    page.get_by_role("link", name="Invoices").click()
    page.get_by_role("link", name=re.compile(r"-\d{6}$")).last.click()
    number = page.get_by_role("heading", level=1).inner_text().split()[-1]
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).click()
    file = downloads / "invoice.pdf"
    download.value.save_as(file)

    text = "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(file.read_bytes())).pages)

    assert number in text
    assert "SPECIMEN" in text
    assert "not connected to TikTok" in text
    total = page.locator("dt:text-is('Total') + dd").inner_text()
    digits = re.sub(r"\D", "", total)
    assert digits in re.sub(r"\D", "", text)


def test_an_analyst_sees_the_numbers_and_is_refused_every_change(
    visitor: Visitor, page: Page
) -> None:
    visitor.sign_in("ana@northwind.example")
    visitor.open_campaigns("Cedar & Sage US")
    row = visitor.campaign_row("Spring Sale US")
    expect(row).to_contain_text("$")
    expect(row.get_by_role("switch")).to_be_disabled()
    expect(page.get_by_role("link", name="Create campaign")).to_have_count(0)

    address = page.url.split("?")[0]
    refused = page.goto(f"{address}new/")

    assert refused is not None
    assert refused.status == 403
    expect(page.get_by_role("main")).to_contain_text("Create and edit campaigns")
    finance = page.goto(re.sub(r"campaigns/$", "finance/", address))
    assert finance is not None
    assert finance.status == 403
