"""A forgotten password: by a link the person asked for, or one that an Admin sent."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification
from accounts.queries import membership_of
from accounts.services import ResetSentAlready, send_password_reset
from tests.factories.accounts import Cast, mark_as_just_signed_in

from .steps import is_signed_in, sign_in

NEW = "quiet-harbour-77"


def link() -> str:
    return re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)[1]


def choose(url: str, password: str = NEW) -> str:
    """The page at the end of it."""
    browser = Client()
    form = browser.get(url, follow=True)
    if "This link no longer works" in form.content.decode():
        return form.content.decode()
    sent = {"password1": password, "password2": password}
    return browser.post(form.redirect_chain[-1][0], sent, follow=True).content.decode()


def ask_for_link(email: str) -> str:
    Client().post("/account/password/reset/", {"email": email})
    return link()


def test_the_old_password_and_the_old_sessions_stop(cast: Cast) -> None:
    old = Client()
    sign_in(old, cast.mia.email)

    assert "Your password is changed" in choose(ask_for_link(cast.mia.email))

    assert not is_signed_in(old)
    browser = Client()
    sign_in(browser, cast.mia.email)
    assert not is_signed_in(browser)
    sign_in(browser, cast.mia.email, NEW)
    assert is_signed_in(browser)
    assert Notification.objects.filter(user=cast.mia, text__startswith="Changed the pass").exists()


def test_a_link_works_once_and_says_so_the_second_time(cast: Cast) -> None:
    url = ask_for_link(cast.mia.email)
    choose(url)

    assert "It was used before, or it is too old" in choose(url, "another-harbour-78")
    browser = Client()
    sign_in(browser, cast.mia.email, "another-harbour-78")
    assert not is_signed_in(browser)


def test_a_link_expires_within_the_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    url = ask_for_link(cast.mia.email)
    later = datetime.now() + timedelta(hours=1, minutes=1)  # noqa: DTZ005
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later
    )

    assert "This link no longer works" in choose(url)


def test_a_link_of_somebody_else_does_not_open_the_account(cast: Cast) -> None:
    key = ask_for_link(cast.mia.email).rsplit("-", 2)
    other = ask_for_link(cast.ana.email).rsplit("-", 2)

    assert "This link no longer works" in choose("-".join([other[0], *key[1:]]))


def test_an_admin_sends_the_link_to_a_member(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: Callable,
    django_capture_on_commit_callbacks,
) -> None:
    membership = membership_of(cast.mia, business_center)

    with django_capture_on_commit_callbacks(execute=True):
        client_of(cast.ben).post(f"/bc/{business_center.pk}/users/{membership.pk}/send-reset/")

    assert mail.outbox[-1].to == [cast.mia.email]
    assert "Ben Admin of Northwind sent you this link" in mail.outbox[-1].body
    assert "Your password is changed" in choose(link())
    entry = ActivityEntry.objects.get(action="send_password_reset")
    assert (entry.actor, entry.subject_id) == (cast.ben, cast.mia.pk)


def test_an_admin_is_asked_who_they_are_when_they_signed_in_long_ago(
    cast: Cast, business_center: BusinessCenter, client_of: Callable
) -> None:
    browser = client_of(cast.ben)
    mark_as_just_signed_in(browser, cast.ben, seconds_ago=3600)
    url = (
        f"/bc/{business_center.pk}/users/{membership_of(cast.mia, business_center).pk}/send-reset/"
    )

    assert browser.post(url).headers["Location"].startswith("/account/reauthenticate/")
    assert mail.outbox == []


def test_links_are_not_sent_again_and_again(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    membership = membership_of(cast.mia, business_center)
    send_password_reset(membership=membership, actor=cast.ben, at=at)

    with pytest.raises(ResetSentAlready):
        send_password_reset(membership=membership, actor=cast.ben, at=at)


def test_an_admin_cannot_send_one_to_people_of_other_business_centers(
    cast: Cast, business_center: BusinessCenter, client_of: Callable
) -> None:
    theirs = cast.carl.memberships.get()

    answer = client_of(cast.ben).post(f"/bc/{business_center.pk}/users/{theirs.pk}/send-reset/")

    assert answer.status_code == 404
    assert mail.outbox == []


def test_who_cannot_sign_in_is_not_sent_to_a_mailbox_behind_the_sign_in(
    cast: Cast, client_of: Callable[..., Client], settings
) -> None:
    done = "/account/password/reset/done/"
    settings.EMAIL_BACKEND = settings.PRACTICE_MAILBOX
    outside, inside = (
        browser.get(done).content.decode() for browser in (Client(), client_of(cast.ben))
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert "A trainer finds yours" in outside
    assert "Open the practice mailbox" not in outside
    assert "Open the practice mailbox" in inside
    assert "mailbox" not in Client().get(done).content.decode()
