"""PostgreSQL refuses to change an invoice, to number one wrongly, or lines that do not add up."""

from datetime import date

import pytest

from adaccounts.models import AdAccount
from billing.services import render_invoice
from bizcenter.lib.ids import new_id
from tests.billing.guards import refused
from tests.factories.billing import make_invoice


@pytest.mark.parametrize(
    "table", ["billing_invoice", "billing_invoiceline", "billing_invoicedocument"]
)
def test_changing_or_deleting_an_invoice(table: str, ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, date(2026, 11, 1))
    render_invoice(invoice_id=invoice.pk)
    column = "pdf" if table.endswith("document") else "net"

    refused("append_only", (f"UPDATE {table} SET {column} = {column}", []))
    refused("append_only", (f"DELETE FROM {table}", []))


def test_a_line_added_to_an_issued_invoice(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, date(2026, 11, 1))
    sql = (
        "INSERT INTO billing_invoiceline"
        " (id, invoice_id, position, reference, description, po_number, net)"
        " VALUES (%s, %s, 99, 'campaign:99', '', '', 1)"
    )

    refused("lines_make_the_net", (sql, [new_id(), invoice.pk]))


@pytest.mark.parametrize("number", [1, 3])
def test_an_invoice_number_twice_or_with_a_gap(number: int, ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, date(2026, 11, 1))
    sql = """
        INSERT INTO billing_invoice
        SELECT (jsonb_populate_record(i, jsonb_build_object(
            'id', %s::bigint, 'number', %s::int, 'month', '2026-10-01'))).*
        FROM billing_invoice i WHERE id = %s
    """

    refused("invoice_follows_the_last", (sql, [new_id(), number, invoice.pk]))


def test_an_invoice_whose_lines_do_not_make_its_net(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, date(2026, 11, 1))
    sql = """
        INSERT INTO billing_invoice
        SELECT (jsonb_populate_record(i, jsonb_build_object(
            'id', %s::bigint, 'number', 2, 'month', '2026-10-01'))).*
        FROM billing_invoice i WHERE id = %s
    """

    refused("lines_make_the_net", (sql, [new_id(), invoice.pk]))
