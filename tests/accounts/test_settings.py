"""Changing the business information: who may, what is written down, what stays fixed."""

from collections.abc import Callable

from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter
from accounts.web.forms import BusinessSettingsForm
from tests.factories.accounts import Cast


def facts_of(center: BusinessCenter, **changes: str) -> dict[str, str]:
    return {f: getattr(center, f) for f in BusinessSettingsForm.Meta.fields} | changes


def test_a_new_address_is_saved_and_logged_with_the_old_one(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    sent = facts_of(business_center, street="9 Canal Road", tax_id="US-77")

    client_of(cast.ben).post(f"/bc/{business_center.pk}/settings/", sent)

    business_center.refresh_from_db()
    entry = ActivityEntry.objects.get(action="update_business_center")
    assert business_center.street == "9 Canal Road"
    assert entry.before == {"street": "1 Harbour Street", "tax_id": ""}
    assert entry.after == {"street": "9 Canal Road", "tax_id": "US-77"}
    assert entry.actor == cast.ben


def test_saving_without_a_change_writes_no_entry(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    client_of(cast.ben).post(f"/bc/{business_center.pk}/settings/", facts_of(business_center))

    assert not ActivityEntry.objects.filter(action="update_business_center").exists()


def test_country_currency_and_time_zone_cannot_be_posted(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    sent = facts_of(business_center, country="FR", currency="EUR", timezone="Europe/Paris")

    client_of(cast.ben).post(f"/bc/{business_center.pk}/settings/", sent)

    business_center.refresh_from_db()
    assert (business_center.country, business_center.currency) == ("US", "USD")


def test_an_empty_legal_name_is_refused_at_its_field(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    sent = facts_of(business_center, legal_name="")

    answer = client_of(cast.ben).post(f"/bc/{business_center.pk}/settings/", sent)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["legal_name"]


def test_a_person_changes_the_name_they_are_shown_under(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    client_of(cast.mia).post("/profile/", {"name": "Mia Manager"})

    cast.mia.refresh_from_db()
    assert str(cast.mia) == "Mia Manager"
