"""A Business Center is founded step by step, and only by accepting the terms."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership, TermsAcceptance, Verification
from accounts.permissions import BusinessPermission, permissions_of
from accounts.services import InvalidBusiness, create_business_center
from billing.queries.parties import bill_to
from bizcenter.clock.models import PracticeClock
from tests.accounts.setup.steps import BUSINESS, DOCUMENT, NAME, accept, begun, send, up_to_terms
from tests.factories.accounts import make_person
from tests.factories.papers import scan, upload

OPTIONAL = {"website", "tax_id"}


def test_the_whole_way_founds_one_business_center(founder: Client, at: datetime) -> None:
    up_to_terms(founder)
    assert not BusinessCenter.objects.exists()

    answer = accept(founder)

    center = BusinessCenter.objects.get()
    assert answer.headers["Location"] == f"/bc/{center.pk}/welcome/"
    assert (center.name, center.legal_name, center.created_at) == ("Acme BC", "Acme Ltd", at)
    assert (center.contact_phone, center.website) == ("+49 30 123456", "https://acme.example")
    assert permissions_of(Membership.objects.get()) == frozenset(BusinessPermission)
    assert bill_to(center)["lines"] == ["2 High Street", "10115 Berlin, Germany"]
    actions = set(ActivityEntry.objects.values_list("action", flat=True))
    assert actions == {"create_business_center", "accept_terms"}


def test_the_terms_remember_version_person_time_and_address(founder: Client, at: datetime) -> None:
    up_to_terms(founder)
    accept(founder)

    row = TermsAcceptance.objects.get()
    assert (row.version, row.person_label, row.accepted_at) == ("2026-01", "Fred Founder", at)
    assert row.ip_address == "127.0.0.1"
    page = founder.get(f"/bc/{row.business_center_id}/settings/legal/").content.decode()
    assert "Terms of use 2026-01" in page
    assert "Fred Founder" in page
    assert "2 Nov 2026, 15:00" in page


@pytest.mark.parametrize("missing", sorted(set(BUSINESS) - OPTIONAL))
def test_every_required_fact_is_asked_for_by_name(founder: Client, missing: str) -> None:
    answer = send(founder, "business", {**BUSINESS, missing: ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert founder.get("/setup/").headers["Location"] == "/setup/business/"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("contact_phone", "-------", "Enter a telephone number of 6 to 15 digits"),
        ("contact_phone", "call me", "Enter a telephone number"),
        ("contact_phone", "1234567890123456", "Enter a telephone number"),
        ("tax_id", "!!!", "Enter the number with its letters and digits"),
        ("website", "javascript:alert(1)", "Enter a web address, such as"),
        ("postal_code", "SW1A 1AA", "Not a postal code (Germany): one looks like 10115."),
    ],
)
def test_a_fact_that_cannot_be_right_is_refused_in_words(
    founder: Client, field: str, typed: str, words: str
) -> None:
    errors = send(founder, "business", {**BUSINESS, field: typed}).context["form"].errors

    assert list(errors) == [field]
    assert words in errors[field][0]


def test_where_there_are_no_postal_codes_none_is_asked_for(founder: Client) -> None:
    harbour = {"country": "HK", "city": "Hong Kong", "postal_code": ""}

    answer = send(founder, "business", {**BUSINESS, **harbour})

    assert answer.headers["Location"] == "/setup/name/"


@pytest.mark.parametrize("missing", sorted(NAME))
def test_name_currency_and_time_zone_are_asked_for_too(founder: Client, missing: str) -> None:
    send(founder, "business", BUSINESS)

    assert list(send(founder, "name", {**NAME, missing: ""}).context["form"].errors) == [missing]


def test_the_name_is_suggested_and_the_country_knows_currency_and_time_zone(
    founder: Client,
) -> None:
    send(founder, "business", BUSINESS)

    form = founder.get("/setup/name/").context["form"]

    assert form["name"].value() == "Acme Ltd"
    assert (form["currency"].value(), form["timezone"].value()) == ("EUR", "Europe/Berlin")


def test_a_second_business_center_of_the_same_name_is_warned_of(founder: Client) -> None:
    up_to_terms(founder)
    accept(founder)
    send(founder, "business", {**BUSINESS, "legal_name": "ACME bc"})

    warned = founder.get("/setup/name/").content.decode()
    answer = send(founder, "name", {**NAME, "name": "ACME bc"})

    assert "You have a Business Center of this name already" in warned
    assert "You have a Business Center named" in answer.context["form"].errors["name"][0]


def test_without_the_tick_or_with_old_terms_nothing_is_founded(founder: Client) -> None:
    up_to_terms(founder)

    answers = [accept(founder, accept=""), accept(founder, version="2020-01")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Tick the box" in answers[0].content.decode()
    assert "The terms have changed" in answers[1].content.decode()
    assert not BusinessCenter.objects.exists()


def test_a_double_submit_founds_one(founder: Client) -> None:
    up_to_terms(founder)
    number = str(begun().pk)

    answers = [accept(founder, setup=number) for _ in range(2)]

    center = BusinessCenter.objects.get()
    assert {a.headers["Location"] for a in answers} == {f"/bc/{center.pk}/welcome/"}


def test_documents_are_sent_for_review_with_the_founding(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    send(founder, "documents", {**DOCUMENT, "documents": upload(scan(), "extract.png")})
    send(founder, "payment", {})
    accept(founder)

    attempt = Verification.objects.get()
    assert (attempt.state, attempt.business_name) == ("in_review", "Acme Ltd")
    assert attempt.documents.get().name == "extract.png"


def test_the_success_page_shows_the_id_and_what_is_left(founder: Client) -> None:
    up_to_terms(founder)
    page = founder.get(accept(founder).headers["Location"])

    text = page.content.decode()
    assert str(BusinessCenter.objects.get().pk) in text
    assert "What next" in text
    assert page.context["things"] == {
        "verification": False, "payment": False, "ad_account": False, "people": False,
        "balance": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [("country", "XX"), ("currency", "DOGE"), ("timezone", "Moon/Base")]
)
def test_facts_from_outside_the_lists_are_refused_below_the_form_too(
    practice_clock: PracticeClock, at: datetime, field: str, value: str
) -> None:
    facts = {"name": "N", "legal_name": "L", "country": "DE", "currency": "EUR"}
    facts |= {"timezone": "UTC", field: value}

    with pytest.raises(InvalidBusiness) as refusal:
        create_business_center(owner=make_person(), at=at, **facts)

    assert refusal.value.field == field
