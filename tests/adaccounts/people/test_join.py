"""The link of an invitation: joining by it, and what it says when it is not to be used."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import (
    ActivityEntry,
    Invitation,
    Membership,
    Notification,
)
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in
from tests.factories.accounts import Cast, make_person

from .conftest import Invite, link_in_mail

NORA = "nora@northwind.example"


def test_the_right_person_joins_with_exactly_the_invited_access(
    cast: Cast, invite: Invite, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    invitation = invite()
    nora = make_person("Nora New", NORA)
    browser = client_of(nora)

    page = browser.get(link_in_mail()).content.decode()
    before = Membership.objects.filter(user=nora).exists()
    browser.post(link_in_mail(), {"step": "accept"})

    assert "Join Northwind" in page
    assert "Ad Account Operator" in page
    assert before is False
    member = membership_of(nora, invitation.business_center)
    assert (member.role, member.finance_role) == ("standard", "none")
    assert level_of(permissions_in(nora, ad_account.pk)) == Level.OPERATOR
    assert Invitation.objects.get().state == "accepted"
    assert Notification.objects.filter(user=cast.ben, text__contains="accepted").exists()
    assert ActivityEntry.objects.filter(action="accept_invitation", actor=nora).exists()


def test_a_newcomer_signs_up_by_the_link_and_needs_no_other_proof(invite: Invite) -> None:
    invite()
    browser, link = Client(), link_in_mail()

    to_form = browser.post(link, {"step": "sign_up"}).headers["Location"]
    form = browser.get(to_form).content.decode()
    browser.post(
        to_form,
        {"name": "Nora New", "email": NORA, "password1": "long-enough-9", "next": link},
    )
    browser.post(link, {"step": "accept"})

    assert f'value="{NORA}"' in form
    assert EmailAddress.objects.get(email=NORA).verified
    assert Membership.objects.filter(user__email=NORA).exists()


def test_signing_up_with_another_address_proves_nothing_and_joins_nothing(invite: Invite) -> None:
    invite()
    browser, link = Client(), link_in_mail()

    to_form = browser.post(link, {"step": "sign_up"}).headers["Location"]
    other = {"name": "Eve", "email": "eve@evil.example", "password1": "long-enough-9"}
    browser.post(to_form, other | {"next": link})
    browser.post(link, {"step": "accept"})

    assert not EmailAddress.objects.get(email="eve@evil.example").verified
    assert Invitation.objects.get().state == "pending"


def test_somebody_signed_in_with_another_address_learns_nothing_else(
    cast: Cast, invite: Invite, client_of: Callable[..., Client]
) -> None:
    invite()
    browser = client_of(cast.stranger)

    page = browser.get(link_in_mail()).content.decode()
    browser.post(link_in_mail(), {"step": "accept"})
    browser.post(link_in_mail(), {"step": "decline"})

    assert "another e-mail address" in page
    assert "Northwind" not in page
    assert NORA not in page
    assert Invitation.objects.get().state == "pending"
    assert not Membership.objects.filter(user=cast.stranger).exists()


def test_an_address_that_was_never_proved_does_not_count(
    invite: Invite, client_of: Callable[..., Client]
) -> None:
    invite()
    eve = make_person("Eve", "eve@evil.example")
    EmailAddress.objects.create(user=eve, email=NORA, verified=False)

    client_of(eve).post(link_in_mail(), {"step": "accept"})

    assert not Membership.objects.filter(user=eve).exists()


def test_declining_ends_the_invitation(
    cast: Cast, invite: Invite, client_of: Callable[..., Client]
) -> None:
    invite()
    browser = client_of(make_person("Nora New", NORA))

    browser.post(link_in_mail(), {"step": "decline"})
    browser.post(link_in_mail(), {"step": "accept"})

    assert Invitation.objects.get().state == "declined"
    assert not Membership.objects.filter(user__email=NORA).exists()
    assert Notification.objects.filter(user=cast.ben, text__contains="declined").exists()
