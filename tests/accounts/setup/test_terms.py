"""The terms can be read by everybody; a newer version is accepted under Settings, Legal."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter, TermsAcceptance, terms
from accounts.services import accept_terms
from tests.factories.accounts import Cast


def address(center: BusinessCenter) -> str:
    return f"/bc/{center.pk}/settings/legal/"


def test_everybody_reads_the_terms_and_unknown_versions_are_not_found(db: None) -> None:
    page = Client().get("/terms/").content.decode()

    assert "Nothing here is real" in page
    assert "version 2026-01" in page
    assert Client().get("/terms/?version=../../settings").status_code == 404


def test_what_was_never_accepted_is_to_be_accepted(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)
    refused = browser.post(address(business_center), {"version": "2026-01"})
    browser.post(address(business_center), {"version": "2026-01", "accept": "1"})

    assert refused.status_code == 422
    assert TermsAcceptance.objects.get().person == cast.ben
    assert "to accept" not in browser.get(address(business_center)).content.decode()


def test_a_newer_version_asks_again_and_keeps_the_earlier_acceptance(
    cast: Cast,
    business_center: BusinessCenter,
    at: datetime,
    client_of: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accept_terms(business_center=business_center, version="2026-01", actor=cast.ben, at=at)
    newer = terms.Terms("2026-02", date(2026, 11, 1))
    monkeypatch.setattr(terms.Terms, "template", "accounts/terms/2026-01.html")
    monkeypatch.setattr(terms, "TERMS", (*terms.TERMS, newer))

    browser = client_of(cast.ben)
    page = browser.get(address(business_center)).content.decode()
    browser.post(address(business_center), {"version": "2026-02", "accept": "1"})

    assert "A newer version to accept" in page
    versions = TermsAcceptance.objects.values_list("version", flat=True)
    assert sorted(versions) == ["2026-01", "2026-02"]
