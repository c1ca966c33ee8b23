"""Inviting by e-mail: what is sent, what is refused and why, and how much is too much."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts.models import (
    ActivityEntry,
    BusinessCenter,
    Invitation,
    InvitationLink,
    Membership,
)
from accounts.permissions import Preset
from accounts.services import invitations as pace
from adaccounts.models import AdAccount, InvitedAccount
from adaccounts.permissions import preset_access
from adaccounts.services import invite_people
from tests.factories.accounts import Cast, make_business_center
from tests.factories.adaccounts import make_ad_account

from .conftest import Invite, link_in_mail, sent

pytestmark = pytest.mark.usefixtures("cast")


def test_an_invited_address_is_pending_and_has_mail(
    users: str,
    ben: Client,
    ad_account: AdAccount,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = ben.post(
            users + "invite/", sent(ad_account, emails="Nora@Northwind.example", preset="operator")
        )

    assert answer.headers["Location"] == users
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.state) == ("nora@northwind.example", "pending")
    assert InvitedAccount.objects.get().level == "operator"
    assert mail.outbox[0].to == ["nora@northwind.example"]
    assert link_in_mail().strip("/").split("/")[1] not in str(InvitationLink.objects.values())
    page = ben.get(users).content.decode()
    assert "nora@northwind.example" in page
    assert "Pending" in page


def test_the_lowest_role_is_the_default(users: str, ben: Client) -> None:
    assert ben.get(users + "invite/").context["form"]["preset"].value() == "analyst"


def test_making_somebody_admin_is_asked_twice(users: str, ben: Client) -> None:
    wish = {"emails": "nora@northwind.example", "preset": "admin"}

    asked = ben.post(users + "invite/", wish)
    before = Invitation.objects.count()
    ben.post(users + "invite/", wish | {"confirm": "on"})

    assert asked.status_code == 422
    assert "An Admin may do everything" in asked.content.decode()
    assert (before, Invitation.objects.get().role) == (0, "admin")


@pytest.mark.parametrize(
    ("address", "said", "has_row"),
    [
        ("mia@northwind.example", "is a member already", True),
        ("nora@northwind.example", "is invited already", True),
        ("no-address", "not an e-mail address", False),
    ],
)
def test_a_refused_address_is_said_with_the_link_to_its_row(
    users: str, ben: Client, invite: Invite, address: str, said: str, has_row: bool
) -> None:
    invite()

    answer = ben.post(users + "invite/", {"emails": address, "preset": "finance"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert (f"{users}?q={address}" in page) == has_row
    assert Invitation.objects.count() == 1


def test_of_several_addresses_the_good_ones_are_invited_and_the_others_stay_typed(
    users: str, ben: Client
) -> None:
    answer = ben.post(
        users + "invite/",
        {"emails": "a@x.example, mia@northwind.example\nb@x.example", "preset": "finance"},
    )

    assert {row.email for row in Invitation.objects.all()} == {"a@x.example", "b@x.example"}
    assert answer.context["form"]["emails"].value() == "mia@northwind.example"


def test_what_is_wrong_for_everybody_is_said_once_at_its_field(users: str, ben: Client) -> None:
    ended = {"preset": "finance", "access_ends_on": "2020-01-01"}

    answer = ben.post(users + "invite/", {"emails": "a@x.example b@x.example", **ended})

    form = answer.context["form"]
    assert form.errors == {"access_ends_on": ["Choose a day that is still to come."]}
    assert form["emails"].value().split() == ["a@x.example", "b@x.example"]
    assert not Invitation.objects.exists()


def test_an_address_outside_the_allowed_domains_is_refused(
    users: str, ben: Client, business_center: BusinessCenter
) -> None:
    BusinessCenter.objects.filter(pk=business_center.pk).update(email_domains=["northwind.example"])

    answer = ben.post(users + "invite/", {"emails": "a@gmail.example", "preset": "finance"})

    assert "must have an address at northwind.example" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_ad_accounts_of_others_cannot_be_given_away(
    cast: Cast, users: str, ben: Client, at: datetime
) -> None:
    foreign = make_ad_account(BusinessCenter.objects.get(name="Carl & Co"), cast.carl, at)
    wish = {"emails": "a@x.example"}

    by_preset = ben.post(users + "invite/", sent(foreign, **wish))
    layer = {"preset": "custom", "role": "standard", f"accounts-grade-{foreign.pk}": "admin"}
    by_layers = ben.post(users + "invite/", sent(foreign, **wish, **layer))

    assert [answer.status_code for answer in (by_preset, by_layers)] == [422, 422]
    assert not Invitation.objects.exists()


def test_the_full_matrix_can_be_given(
    users: str, ben: Client, ad_account: AdAccount, at: datetime
) -> None:
    layers = {
        "preset": "custom",
        "role": "standard",
        "finance_role": "analyst",
        f"accounts-grade-{ad_account.pk}": "admin",
        "access_ends_on": "2026-12-24",
    }
    ben.post(users + "invite/", sent(ad_account, emails="a@x.example", **layers))

    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.finance_role) == ("standard", "analyst")
    assert InvitedAccount.objects.get().level == "admin"
    # The end of that day in New York.
    assert invitation.access_ends_at.isoformat() == "2026-12-25T05:00:00+00:00"


@pytest.mark.parametrize(("role", "day"), [("admin", "2026-12-24"), ("standard", "2026-10-01")])
def test_an_end_of_access_is_for_others_than_admins_and_in_the_future(
    users: str, ben: Client, role: str, day: str
) -> None:
    layers = {"preset": "custom", "role": role, "access_ends_on": day, "confirm": "on"}

    answer = ben.post(users + "invite/", {"emails": "a@x.example", **layers})

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_too_many_at_once_in_a_day_and_in_an_hour_are_refused(
    cast: Cast, business_center: BusinessCenter, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        "business_center": business_center,
        "access": preset_access(Preset.FINANCE),
        "actor": cast.ben,
    }
    monkeypatch.setattr(pace, "MAX_A_DAY", 2)
    monkeypatch.setattr(pace, "MAX_AN_HOUR", 3)

    with pytest.raises(pace.TooManyInvitations, match="at most 50"):
        invite_people(emails=[f"p{n}@x.example" for n in range(51)], at=at, **given)
    first = invite_people(emails=["a@x.example", "b@x.example", "c@x.example"], at=at, **given)
    later = at + timedelta(days=2)
    next_day = invite_people(emails=["d@x.example", "e@x.example"], at=later, **given)

    assert [outcome.refusal is None for outcome in first] == [True, True, False]
    assert [outcome.refusal is None for outcome in next_day] == [True, False]
    assert ActivityEntry.objects.filter(action="invite_member").count() == 3


def test_who_founds_one_center_after_the_other_sends_no_more_mail_by_that(
    cast: Cast, business_center: BusinessCenter, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MAX_AN_HOUR", 2)
    second = make_business_center(cast.ben, at, name="Northwind too")
    carls = Membership.objects.get(user=cast.carl).business_center
    refused = [
        invite_people(
            business_center=center, emails=[f"p{n}@x.example"], actor=actor, at=at,
            access=preset_access(Preset.FINANCE),
        )[0].refusal
        for n, (center, actor) in enumerate(
            [(business_center, cast.ben), (second, cast.ben), (second, cast.ben),
             (carls, cast.carl)]
        )
    ]  # fmt: skip

    assert [refusal is None for refusal in refused] == [True, True, False, True]
    assert "Too many invitations" in refused[2].message
