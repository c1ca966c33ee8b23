"""The invoice of a month: what it says, once, when the month is over and completely charged."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import ActivityEntry, Notification
from adaccounts.models import AdAccount
from billing import queries
from billing.models import Entry, Invoice, LedgerAccount
from billing.services import MonthStillOpen, charge_spend, issue_due_invoices, issue_invoice
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import charge, close_month, fund, local_hour, make_invoice, spend

MONTH = date(2026, 11, 1)


@pytest.fixture
def berlin(ad_account: AdAccount, at: datetime) -> AdAccount:
    """An ad account that pays 19 % tax."""
    return make_ad_account(ad_account.business_center, None, at, "EUR")


def test_it_has_a_line_for_each_campaign_as_the_ledger_has_it(berlin: AdAccount) -> None:
    first = berlin.day_start(MONTH)
    fund(berlin, 500_00, first)
    for hour, amount in ((0, 10_01), (1, 4_99)):
        charges = [charge(7, amount, "Zebra", "PO 1"), charge(8, 1, "Apple")]
        charge_spend(ad_account=berlin, slot=first + timedelta(hours=hour), charges=charges)

    invoice = issue_invoice(ad_account=berlin, month=MONTH, at=close_month(berlin, MONTH))

    lines = invoice.lines.values_list("position", "description", "reference", "po_number", "net")
    assert list(lines) == [
        (1, "Apple", "campaign:8", "", 2),
        (2, "Zebra", "campaign:7", "PO 1", 15_00),
    ]
    assert (invoice.net, invoice.tax, invoice.total) == (15_02, 2_85, 17_87)
    assert (invoice.tax_name, invoice.tax_percent) == ("VAT", 19)
    assert (invoice.issue_date, invoice.due_date) == (date(2026, 12, 1), date(2026, 12, 31))
    assert invoice.bill_to["name"] == "Northwind Trading Ltd"
    assert queries.reconcile(ad_account=berlin, month=MONTH).agrees


def test_only_the_tax_is_owed_because_the_net_was_paid_from_the_balance(
    berlin: AdAccount,
) -> None:
    invoice = make_invoice(berlin, MONTH, c1=100_00)

    rows = Entry.objects.filter(reference=f"invoice:{invoice.pk}")
    assert set(rows.values_list("account__kind", "amount")) == {("tax", 1900), ("payable", -1900)}
    assert queries.amount_due(invoice) == 19_00
    assert queries.spendable_balance(ad_account=berlin) == 0


def test_without_tax_nothing_is_posted(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, MONTH, c1=100_00)

    assert (invoice.tax, invoice.tax_note) == (
        0,
        "No tax is charged on advertising in this country.",
    )
    assert not Entry.objects.filter(account__kind=LedgerAccount.Kind.TAX).exists()


def test_issuing_again_returns_the_same_invoice(berlin: AdAccount) -> None:
    invoice = make_invoice(berlin, MONTH)

    again = issue_invoice(ad_account=berlin, month=MONTH, at=invoice.issued_at)

    assert again == invoice
    assert Invoice.objects.count() == 1


def test_a_month_without_cost_has_no_invoice_and_the_next_one_has(berlin: AdAccount) -> None:
    close_month(berlin, MONTH)
    december = date(2026, 12, 1)
    fund(berlin, 100_00, berlin.day_start(december))
    spend(berlin, berlin.day_start(december), c1=1_00)
    end = close_month(berlin, december)

    assert issue_due_invoices(at=end) == 1

    assert issue_invoice(ad_account=berlin, month=MONTH, at=end) is None
    assert Invoice.objects.get().month == december


def test_a_month_is_invoiced_only_when_its_last_hour_is_charged(berlin: AdAccount) -> None:
    fund(berlin, 100_00, berlin.day_start(MONTH))
    spend(berlin, local_hour(berlin, date(2026, 11, 30), 22), c1=1_00)
    end = berlin.day_start(date(2026, 12, 1))

    assert issue_due_invoices(at=end + timedelta(days=3)) == 0
    with pytest.raises(MonthStillOpen):
        issue_invoice(ad_account=berlin, month=MONTH, at=end + timedelta(days=3))

    spend(berlin, end - timedelta(hours=1), c1=2_00)
    with pytest.raises(MonthStillOpen):
        issue_invoice(ad_account=berlin, month=MONTH, at=end - timedelta(seconds=1))
    assert issue_invoice(ad_account=berlin, month=MONTH, at=end).net == 3_00


def test_the_month_is_the_accounts_own(ad_account: AdAccount, berlin: AdAccount) -> None:
    for account in (ad_account, berlin):
        make_invoice(account, MONTH, c1=1_00)

    issued = dict(Invoice.objects.values_list("ad_account__name", "issue_date"))
    assert set(issued.values()) == {date(2026, 12, 1)}
    assert queries.month_end(ad_account, MONTH) - queries.month_end(berlin, MONTH) == timedelta(
        hours=6
    )


def test_numbers_follow_one_another_in_each_year(ad_account: AdAccount, at: datetime) -> None:
    accounts = [
        make_ad_account(ad_account.business_center, None, at, currency, name=f"N {currency}")
        for currency in ("USD", "EUR", "JPY")
    ]
    for account in accounts:
        make_invoice(account, MONTH, c1=5_000)
    make_invoice(accounts[0], date(2026, 12, 1), c1=5_000)

    numbers = [invoice.full_number for invoice in Invoice.objects.order_by("series", "number")]
    assert numbers == [
        "INV-2026-000001",
        "INV-2026-000002",
        "INV-2026-000003",
        "INV-2027-000001",
    ]


def test_finance_people_are_told(cast: Cast, berlin: AdAccount) -> None:
    invoice = make_invoice(berlin, MONTH, c1=100_00)

    told = Notification.objects.filter(topic="invoice").values_list("user__name", "text")
    text = "Invoice INV-2026-000001 for November 2026 over €119.00 is issued (Northwind EUR)."
    assert set(told) == {("Ben Admin", text), ("Fay Finance", text)}
    entry = ActivityEntry.objects.get(action="issue_invoice")
    assert (entry.actor_label, entry.reference) == ("System", f"invoice:{invoice.pk}")
