"""Creating a Business Center: every fact is checked, and the founder is its Admin."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership
from accounts.permissions import BusinessPermission, permissions_of
from accounts.services import InvalidBusiness, create_business_center
from bizcenter.clock.models import PracticeClock
from tests.factories.accounts import Cast, make_business_center, make_person

FACTS = {
    "name": "Acme BC",
    "legal_name": "Acme Ltd",
    "industry": "Retail",
    "contact_email": "office@acme.example",
    "street": "2 High Street",
    "postal_code": "10115",
    "city": "Berlin",
    "country": "DE",
    "currency": "EUR",
    "timezone": "Europe/Berlin",
    "tax_id": "DE123456789",
}
OPTIONAL = {"postal_code", "tax_id"}


@pytest.fixture
def founder(practice_clock: PracticeClock, client_of: Callable[..., Client]) -> Client:
    return client_of(make_person("Fred Founder", "fred@acme.example"))


def test_the_founder_becomes_admin_with_finance(founder: Client, at: datetime) -> None:
    answer = founder.post("/bc/new/", FACTS)

    created = BusinessCenter.objects.get()
    membership = Membership.objects.get(business_center=created)
    assert answer.headers["Location"] == f"/bc/{created.pk}/ad-accounts/"
    assert (created.name, created.legal_name, created.created_at) == ("Acme BC", "Acme Ltd", at)
    assert permissions_of(membership) == frozenset(BusinessPermission)
    assert ActivityEntry.objects.get().action == "create_business_center"


@pytest.mark.parametrize("missing", sorted(set(FACTS) - OPTIONAL))
def test_every_required_fact_is_asked_for_by_name(founder: Client, missing: str) -> None:
    answer = founder.post("/bc/new/", {**FACTS, missing: ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert not BusinessCenter.objects.exists()


def test_a_second_business_center_needs_another_name(founder: Client) -> None:
    founder.post("/bc/new/", FACTS)

    answer = founder.post("/bc/new/", {**FACTS, "name": "ACME bc"})

    assert "You have a Business Center named" in answer.context["form"].errors["name"][0]
    assert BusinessCenter.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("country", "XX"), ("currency", "DOGE"), ("timezone", "Moon/Base")]
)
def test_facts_from_outside_the_lists_are_refused_below_the_form_too(
    practice_clock: PracticeClock, at: datetime, field: str, value: str
) -> None:
    owner = make_person()

    with pytest.raises(InvalidBusiness) as refusal:
        create_business_center(owner=owner, at=at, **{**FACTS, field: value})

    assert refusal.value.field == field


def test_home_is_the_business_center_the_person_was_in_last(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    second = make_business_center(cast.ben, at, name="Southwind")
    browser = client_of(cast.ben)

    first_time = browser.get("/home/").headers["Location"]
    browser.get(f"/bc/{second.pk}/ad-accounts/")

    assert first_time == f"/bc/{business_center.pk}/"
    assert browser.get("/home/").headers["Location"] == f"/bc/{second.pk}/"


def test_home_of_somebody_without_a_business_center_leads_on(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    trainer, newcomer = client_of(cast.tom), client_of(cast.stranger)

    assert trainer.get("/home/").headers["Location"] == "/practice/clock/"
    assert newcomer.get("/home/", follow=True).redirect_chain[-1][0] == "/bc/new/"


def test_home_of_a_partner_without_a_business_center_is_what_was_shared(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    Membership.objects.filter(user=cast.carl).delete()

    answer = client_of(cast.carl).get("/home/", follow=True)

    assert answer.redirect_chain[-1][0] == "/ad-accounts/"
    assert "Northwind USD" in answer.content.decode()
