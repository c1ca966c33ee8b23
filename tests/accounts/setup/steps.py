"""A newcomer's way through the set-up, one function a step."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import BusinessSetup
from accounts.models.terms import current_terms

BUSINESS = {
    "legal_name": "Acme Ltd",
    "industry": "Retail",
    "country": "DE",
    "contact_name": "Fred Founder",
    "contact_email": "office@acme.example",
    "contact_phone": "+49 30 123456",
    "street": "2 High Street",
    "postal_code": "10115",
    "city": "Berlin",
    "website": "https://acme.example",
    "tax_id": "DE123456789",
}
NAME = {"name": "Acme BC", "currency": "EUR", "timezone": "Europe/Berlin"}
DOCUMENT = {
    "entity_type": "company",
    "country": "DE",
    "business_name": "Acme Ltd",
    "document_type": "registration",
    "certificate_number": "HRB 98765",
}


def send(browser: Client, step: str, data: dict[str, Any], go: str = "next") -> HttpResponse:
    return browser.post(f"/setup/{step}/", {**data, "go": go})


def up_to_terms(browser: Client, **business: str) -> None:
    """Everything before the terms, without documents and payment."""
    send(browser, "business", BUSINESS | business)
    send(browser, "name", NAME)
    send(browser, "documents", {}, go="skip")
    send(browser, "payment", {})


def accept(browser: Client, **changes: str) -> HttpResponse:
    usual = {"version": current_terms().version, "accept": "1"}
    return browser.post("/setup/terms/", usual | changes)


def begun() -> BusinessSetup:
    return BusinessSetup.objects.get()
