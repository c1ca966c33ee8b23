"""Who sells and who is billed, as an invoice copies it, and who looks after the money."""

from functools import cache
from typing import Any

from babel import Locale
from django.db.models import QuerySet

from accounts.models import BusinessCenter, Membership, User

SELLER: dict[str, Any] = {
    "name": "Understudy Practice Media Ltd",
    "lines": ["1 Rehearsal Row", "Dublin, Ireland"],
    "tax_id": "IE0000000PM",
    "registration": "The seller is a fictional company",
}
# Where English text meets local digits; the yen and won are written alike in either.
_LOCALES = {
    "AT": "de_AT",
    "BE": "nl_BE",
    "BR": "pt_BR",
    "CH": "de_CH",
    "DE": "de_DE",
    "ES": "es_ES",
    "FR": "fr_FR",
    "IN": "en_IN",
    "IT": "it_IT",
    "NL": "nl_NL",
    "PL": "pl_PL",
    "PT": "pt_PT",
    "SE": "sv_SE",
}
_VAT_PREFIX = {"GR": "EL"}


@cache
def country_name(code: str) -> str:
    return str(Locale("en").territories.get(code, code))


def print_locale(country: str) -> str:
    """How amounts are written on documents for this country."""
    return _LOCALES.get(country, "en_US")


def bill_to(business: BusinessCenter) -> dict[str, Any]:
    """Name, address lines and tax id, as the invoice prints them."""
    town = " ".join(part for part in (business.postal_code, business.city) if part)
    place = ", ".join(part for part in (town, country_name(business.country)) if part)
    return {
        "name": business.legal_name,
        "lines": [line for line in (business.street, place) if line],
        "email": business.contact_email,
        "tax_id": business.tax_id,
    }


def has_tax_id(country: str, business: BusinessCenter) -> bool:
    """Whether the customer's tax id is one of the country the ad account is registered in."""
    prefix = _VAT_PREFIX.get(country, country)
    tax_id = business.tax_id.replace(" ", "").upper()
    return bool(tax_id) and (business.country == country or tax_id.startswith(prefix))


def finance_managers(business: BusinessCenter) -> QuerySet[User]:
    """The members who pay."""
    return User.objects.filter(
        memberships__business_center=business,
        memberships__finance_role=Membership.FinanceRole.MANAGER,
    ).order_by("id")
