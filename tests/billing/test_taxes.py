"""Which tax an invoice carries."""

from datetime import date

import pytest

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from billing.queries import Tax, tax_for
from billing.queries.parties import has_tax_id
from tests.factories.billing import make_invoice

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("country", "percent"),
    [
        ("DE", "19"),
        ("FR", "20"),
        ("GB", "20"),
        ("NL", "21"),
        ("ES", "21"),
        ("IT", "22"),
        ("IE", "23"),
        ("JP", "10"),
        ("AU", "10"),
        ("IN", "18"),
        ("KR", "10"),
        ("CA", "5"),
        ("MX", "16"),
        ("CH", "8.1"),
        ("FI", "25.5"),
        ("BR", "0"),
        ("US", "0"),
        ("ZZ", "0"),
    ],
)
def test_the_rate_is_that_of_the_customers_country(country: str, percent: str) -> None:
    assert str(tax_for(country=country, has_tax_id=False, day=DAY).percent.normalize() + 0) == (
        percent
    )


@pytest.mark.parametrize(
    ("day", "basis_points"),
    [
        (date(2020, 6, 30), 1900),
        (date(2020, 7, 1), 1600),
        (date(2020, 12, 31), 1600),
        (date(2021, 1, 1), 1900),
    ],
)
def test_a_rate_counts_from_its_first_day(day: date, basis_points: int) -> None:
    assert tax_for(country="DE", has_tax_id=False, day=day).basis_points == basis_points


def test_a_month_is_taxed_by_the_rate_of_its_last_day(ad_account: AdAccount) -> None:
    ad_account.country = "TR"

    invoice = make_invoice(ad_account, date(2023, 7, 1), c1=100_00)

    assert (invoice.tax_name, invoice.tax) == ("VAT", 20_00)


def test_business_customers_abroad_in_europe_account_for_the_tax_themselves() -> None:
    found = tax_for(country="FR", has_tax_id=True, day=DAY)

    assert (found.basis_points, found.note) == (
        0,
        "Reverse charge: the recipient accounts for the VAT.",
    )


@pytest.mark.parametrize(("country", "basis_points"), [("IE", 2300), ("JP", 1000), ("AU", 1000)])
def test_elsewhere_a_tax_id_changes_nothing(country: str, basis_points: int) -> None:
    assert tax_for(country=country, has_tax_id=True, day=DAY).basis_points == basis_points


@pytest.mark.parametrize(
    ("home", "tax_id", "counts"),
    [
        ("US", "", False),
        ("US", "12-3456789", False),
        ("US", "DE 123456789", True),
        ("DE", "123456789", True),
        ("DE", "", False),
    ],
)
def test_a_tax_id_counts_where_the_ad_account_is_registered(
    home: str, tax_id: str, counts: bool
) -> None:
    business = BusinessCenter(country=home, tax_id=tax_id)

    assert has_tax_id("DE", business) is counts


@pytest.mark.parametrize(
    ("net", "currency", "tax"),
    [(2, "EUR", 0), (3, "EUR", 1), (50, "EUR", 10), (100_01, "EUR", 19_00), (1_003, "JPY", 191)],
)
def test_tax_is_rounded_half_up_to_the_minor_unit(net: int, currency: str, tax: int) -> None:
    assert Tax("VAT", 1900).on(net, currency) == tax
