"""The pages of finance: who sees them, that they show the ledger, and that CSV is the page."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from billing.models import Invoice
from billing.services import charge_spend
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import charge, fund, make_invoice

ClientOf = Callable[[User], Client]
ANSWERS = {
    "ben": 200,
    "fay": 200,
    "mia": 403,
    "ana": 403,
    "carl": 403,
    "tom": 404,
    "stranger": 404,
}


@pytest.fixture
def invoice(ad_account: AdAccount, at: datetime) -> Invoice:
    return make_invoice(ad_account, date(2026, 10, 1), c7=12_345)


def test_only_people_with_a_finance_role_of_the_owner_enter(
    cast: Cast, ad_account: AdAccount, invoice: Invoice, client_of: ClientOf
) -> None:
    one = [ad_account.pk]
    pages = [
        reverse("billing:account", args=one),
        reverse("billing:transactions_csv", args=one),
        reverse("billing:top_up", args=one),
        reverse("billing:invoice_list", args=one),
        *(
            reverse(f"billing:{name}", args=[ad_account.pk, invoice.pk])
            for name in ("invoice", "invoice_pdf", "invoice_csv")
        ),
    ]
    for name, expected in ANSWERS.items():
        client = client_of(cast.everyone[name])
        found = {client.get(page).status_code for page in pages}
        assert found == {expected}, name


def test_the_overview_sums_each_currency_by_itself(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    second = make_ad_account(ad_account.business_center, None, at, "USD", name="Second")
    tokyo = make_ad_account(ad_account.business_center, None, at, "JPY")
    for account, amount in ((ad_account, 100_00), (second, 50_00), (tokyo, 7_000)):
        fund(account, amount, at)

    page = client_of(cast.fay).get(
        reverse("billing:overview", args=[ad_account.business_center_id])
    )

    sums = [(row.currency, row.accounts, row.balance) for row in page.context["totals"]]
    assert sums == [("JPY", 1, 7_000), ("USD", 2, 150_00)]
    assert "¥7,000" in page.content.decode()
    assert "$150.00" in page.content.decode()


def test_spend_today_and_this_month_are_the_accounts_own_days(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    fund(ad_account, 100_00, at)
    for day, amount in ((date(2026, 10, 31), 5), (date(2026, 11, 1), 70), (at.date(), 8_00)):
        charge_spend(
            ad_account=ad_account,
            slot=ad_account.day_start(day),
            charges=[charge(7, amount)],
        )

    page = client_of(cast.fay).get(reverse("billing:account", args=[ad_account.pk]))

    money = page.context["money"]
    assert (money.balance, money.today, money.month) == (91_25, 8_00, 8_70)


def test_empty_pages_say_what_to_do_next(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    client = client_of(cast.fay)

    account = client.get(reverse("billing:account", args=[ad_account.pk])).content.decode()
    invoices = client.get(reverse("billing:invoice_list", args=[ad_account.pk])).content.decode()

    assert "No transactions yet" in account
    assert reverse("billing:top_up", args=[ad_account.pk]) in account
    assert "No invoices yet" in invoices


def test_the_invoice_page_and_its_csv_show_the_invoice(
    cast: Cast, ad_account: AdAccount, invoice: Invoice, client_of: ClientOf
) -> None:
    client = client_of(cast.fay)
    arguments = [ad_account.pk, invoice.pk]

    page = client.get(reverse("billing:invoice", args=arguments)).content.decode()
    pdf = client.get(reverse("billing:invoice_pdf", args=arguments))
    file = client.get(reverse("billing:invoice_csv", args=arguments)).content.decode()

    for words in ("INV-2026-000001", "Campaign 7", "$123.45", "No payment due", "SPECIMEN"):
        assert words in page
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="INV-2026-000001.pdf"' in pdf["Content-Disposition"]
    [row] = csv.DictReader(file.splitlines())
    assert (row["campaign_id"], Decimal(row["net"])) == ("7", Decimal("123.45"))


def test_an_invoice_is_found_under_its_own_ad_account_only(
    cast: Cast, ad_account: AdAccount, invoice: Invoice, at: datetime, client_of: ClientOf
) -> None:
    other = make_ad_account(ad_account.business_center, None, at, "EUR")

    for name in ("invoice", "invoice_pdf", "invoice_csv"):
        address = reverse(f"billing:{name}", args=[other.pk, invoice.pk])
        assert client_of(cast.fay).get(address).status_code == 404
