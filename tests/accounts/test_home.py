"""Where a person starts: their Business Center, what was shared with them, word of what they have
lost, or the set-up."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from accounts.models import BusinessCenter, Membership
from accounts.permissions import Preset
from adaccounts.permissions import preset_access
from adaccounts.services import add_person, leave_business
from tests.factories.accounts import Cast, make_business_center


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
    assert newcomer.get("/home/", follow=True).redirect_chain[-1][0] == "/setup/business/"


def test_what_was_shared_with_a_business_center_one_has_left_is_not_shown(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    carls = Membership.objects.get(user=cast.carl)
    add_person(
        business_center=carls.business_center, email=cast.stranger.email,
        access=preset_access(Preset.ADMIN), actor=cast.carl, at=at,
    )  # fmt: skip
    leave_business(membership=carls, at=at)

    page = client_of(cast.carl).get("/home/", follow=True).content.decode()

    assert "You are not a member of Carl &amp; Co any more" in page
    assert "Northwind USD" not in page
