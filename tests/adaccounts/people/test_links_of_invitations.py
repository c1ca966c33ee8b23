"""Links that are not to be used any more say so, each in its own sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import (
    BusinessCenter,
    Invitation,
    Membership,
    Notification,
    User,
)
from adaccounts.models import AdAccount
from adaccounts.permissions import permissions_in
from adaccounts.queries.held import invited_access
from adaccounts.services import (
    add_person,
    change_invitation,
    remove_person,
    resend_invitation,
    revoke_invitation,
)
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.factories.accounts import Cast, make_person

from .conftest import Invite, link_in_mail

NORA = "nora@northwind.example"


def test_a_guessed_link_says_only_that_it_is_not_valid(db: None) -> None:
    answer = Client().get(f"/join/{'0' * 40}/")

    assert answer.status_code == 404
    assert "This link is not valid" in answer.content.decode()


def test_a_resent_invitation_has_a_new_link_and_the_old_one_says_so(
    cast: Cast,
    invite: Invite,
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
    client_of: Callable[..., Client],
) -> None:
    invitation = invite()
    old = link_in_mail()
    with django_capture_on_commit_callbacks(execute=True):
        resend_invitation(invitation=invitation, actor=cast.ben, at=at)
    browser = client_of(make_person("Nora New", NORA))

    page = browser.get(old).content.decode()
    browser.post(old, {"step": "accept"})
    by_the_old_one = Membership.objects.filter(user__email=NORA).exists()
    browser.post(link_in_mail(), {"step": "accept"})

    assert "was replaced by a newer one" in page
    assert by_the_old_one is False
    assert Membership.objects.filter(user__email=NORA).exists()


def test_after_eight_days_the_link_has_expired_and_a_new_one_can_be_asked_for_once(
    cast: Cast, invite: Invite, users: str, ben: Client, at: datetime
) -> None:
    invite()
    link = link_in_mail()
    set_clock(at=at + timedelta(days=8), rate=PracticeClock.PAUSED)
    browser = Client()

    page = browser.get(link).content.decode()
    for _ in range(2):
        browser.post(link, {"step": "ask"})

    assert "This invitation has expired" in page
    assert "Ask for a new one" in page
    told = Notification.objects.filter(user=cast.ben, text__contains="asks for a new link")
    assert told.count() == 1
    row = ben.get(users, {"state": "expired"}).content.decode()
    assert NORA in row
    assert "Resend" in row


def test_a_revoked_invitation_says_so(cast: Cast, invite: Invite, at: datetime) -> None:
    revoke_invitation(invitation=invite(), actor=cast.ben, at=at)

    assert "was taken back" in Client().get(link_in_mail()).content.decode()


def test_a_used_link_says_so_and_gives_nothing_again(
    cast: Cast, invite: Invite, at: datetime, client_of: Callable[..., Client]
) -> None:
    invite()
    browser = client_of(make_person("Nora New", NORA))
    browser.post(link_in_mail(), {"step": "accept"})
    nora = Membership.objects.get(user__email=NORA)
    remove_person(membership=nora, actor=cast.ben, at=at)

    browser.post(link_in_mail(), {"step": "accept"})

    assert "was accepted already" in browser.get(link_in_mail()).content.decode()
    assert not Membership.objects.filter(user__email=NORA).exists()


def test_who_was_added_meanwhile_has_accepted_with_that(
    cast: Cast, invite: Invite, business_center: BusinessCenter, at: datetime
) -> None:
    invitation = invite()
    make_person("Nora New", NORA)
    access = invited_access(invitation)
    for_all = {"business_center": business_center, "actor": cast.ben, "at": at}

    add_person(email=NORA, access=access, **for_all)

    assert Invitation.objects.get().state == "accepted"


def test_what_the_invitation_gives_can_be_changed_while_it_waits(
    cast: Cast, invite: Invite, at: datetime, client_of: Callable[..., Client]
) -> None:
    invitation = invite()
    less = replace(invited_access(invitation), levels={})
    change_invitation(invitation=invitation, access=less, actor=cast.ben, at=at)
    nora: User = make_person("Nora New", NORA)

    client_of(nora).post(link_in_mail(), {"step": "accept"})

    assert Membership.objects.filter(user=nora).exists()
    assert permissions_in(nora, AdAccount.objects.first().pk) == set()
