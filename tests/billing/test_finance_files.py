"""CSV of finance: the rows of the page as plain numbers, ready for a spreadsheet."""

import csv
from collections.abc import Callable
from datetime import date, datetime

from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from billing.services import charge_spend
from tests.factories.accounts import Cast
from tests.factories.billing import charge, fund, make_invoice

ClientOf = Callable[[User], Client]


def test_csv_rows_are_the_rows_of_the_page_in_plain_numbers(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    fund(ad_account, 20_000_00, at)
    slot = ad_account.slot_of(at)
    charges = [charge(7, 1_234_56, "=SUM(A1)"), charge(8, 1, "Müller, Söhne")]
    charge_spend(ad_account=ad_account, slot=slot, charges=charges)
    client = client_of(cast.fay)

    page = client.get(reverse("billing:account", args=[ad_account.pk]))
    answer = client.get(reverse("billing:transactions_csv", args=[ad_account.pk]))

    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    shown = page.context["page"].object_list
    assert [row["balance"] for row in rows] == [f"{row.balance / 100:.2f}" for row in shown]
    assert [row["campaign_id"] for row in rows] == ["8", "7", ""]
    assert rows[1]["description"] == "'=SUM(A1)"
    assert (rows[1]["balance_change"], rows[2]["card_payment"]) == ("-1234.56", "20000.00")
    assert {row["date"] for row in rows} == {"2026-11-02"}
    assert {row["time_zone"] for row in rows} == {"America/New_York"}
    assert {row["account_id"] for row in rows} == {str(ad_account.pk)}
    assert all(row["note"].startswith("SPECIMEN") for row in rows)


def test_what_is_downloaded_for_a_month_sums_to_the_net_of_its_invoice(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    invoice = make_invoice(ad_account, date(2026, 10, 1), c7=12_345, c8=1)
    client = client_of(cast.fay)
    days = "?range=custom&start=2026-10-01&end=2026-10-31&kind=costs"

    costs = client.get(reverse("billing:transactions_csv", args=[ad_account.pk]) + days)
    lines = client.get(reverse("billing:invoice_csv", args=[ad_account.pk, invoice.pk]))

    spent = [row["balance_change"] for row in csv.DictReader(costs.content.decode().splitlines())]
    billed = [row["net"] for row in csv.DictReader(lines.content.decode().splitlines())]
    assert sorted(spent) == ["-0.01", "-123.45"]
    assert sorted(billed) == ["0.01", "123.45"]
    assert invoice.net == 123_46
