"""Where a person is signed in, and what ends it."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts.models import ActivityEntry, Notification
from tests.factories.accounts import PASSWORD, Cast

from .steps import is_signed_in, sign_in

NEW = "quiet-harbour-77"


def browsers_of(email: str, number: int = 2) -> list[Client]:
    found = [Client(REMOTE_ADDR=f"203.0.113.{n}") for n in range(1, number + 1)]
    for browser in found:
        sign_in(browser, email)
    return found


def test_the_session_is_a_new_one_after_the_sign_in(cast: Cast) -> None:
    """Nobody can hand a visitor a session and wait for them to sign in with it."""
    browser = Client()
    browser.get("/account/login/")
    session = browser.session
    session["planted"] = "x"
    session.save()
    browser.cookies["sessionid"] = session.session_key

    sign_in(browser, cast.ben.email)

    assert is_signed_in(browser)
    assert browser.session.session_key != session.session_key
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert not is_signed_in(thief)


def test_the_page_lists_the_browsers_and_signs_one_out(cast: Cast) -> None:
    here, there, third = browsers_of(cast.ben.email, 3)
    assert here.get("/security/").content.decode().count("203.0.113.") >= 3

    row = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/security/sessions/end/", {"session": row.pk})

    assert [is_signed_in(browser) for browser in (here, there, third)] == [True, False, True]


def test_signing_out_everywhere_else_keeps_this_browser(cast: Cast) -> None:
    here, there = browsers_of(cast.ben.email)

    here.post("/security/sessions/end/")

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert ActivityEntry.objects.get(action="end_sessions").summary == "Signed out in 1 browser"


def test_nobody_signs_out_somebody_else(cast: Cast) -> None:
    (theirs,) = browsers_of(cast.mia.email, 1)
    (mine,) = browsers_of(cast.ben.email, 1)
    row = UserSession.objects.get(user=cast.mia)

    mine.post("/security/sessions/end/", {"session": row.pk})

    assert is_signed_in(theirs)


def test_a_new_password_ends_the_other_sessions_only(cast: Cast) -> None:
    here, there = browsers_of(cast.ben.email)

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert (is_signed_in(here), is_signed_in(there)) == (True, False)
    assert UserSession.objects.filter(user=cast.ben).count() == 1
    assert Notification.objects.filter(user=cast.ben, text__startswith="Changed the pass").exists()


def test_a_new_address_is_confirmed_first_and_the_old_one_is_told(cast: Cast) -> None:
    (browser,) = browsers_of(cast.ben.email, 1)
    browser.post("/account/email/", {"email": "ben@newcompany.example", "action_add": ""})
    page = browser.get("/account/email/").content.decode()
    assert "Confirm ben@newcompany.example" in page
    cast.ben.refresh_from_db()
    assert cast.ben.email == "ben@northwind.example"

    key = mail.outbox[-1].body.split("/account/confirm-email/")[1].split("/")[0]
    browser.post(f"/account/confirm-email/{key}/")

    cast.ben.refresh_from_db()
    assert cast.ben.email == "ben@newcompany.example"
    told = next(m for m in mail.outbox if m.to == ["ben@northwind.example"])
    assert "instead of this address" in told.body


def test_cookies_are_kept_from_scripts_and_other_sites(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.ben.email)

    cookie = browser.cookies["sessionid"]

    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"


def test_forms_from_other_sites_are_refused(cast: Cast, client_of: Callable) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ben)

    refused = [
        browser.post(url).status_code
        for url in (
            "/security/sessions/end/",
            "/account/password/change/",
            "/account/login/",
            "/account/2fa/totp/activate/",
            "/account/logout/",
            "/account/email/",
        )
    ]

    assert set(refused) == {403}
