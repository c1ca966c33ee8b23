"""Guessing passwords or codes locks the account for a while, and is written down."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import ActivityEntry, Notification, SignIn
from tests.factories.accounts import Cast

from .steps import CODE_PAGE, code_of, is_signed_in, sign_in, with_two_steps, wrong_code_for

Outcome = SignIn.Outcome
LOCKED = "signing in is locked for 5 minutes"


def guess_passwords(browser: Client, email: str, times: int = 5) -> None:
    for number in range(times):
        sign_in(browser, email, f"guess-{number}")


def test_five_wrong_passwords_lock_even_the_right_one_out(cast: Cast) -> None:
    browser = Client()
    guess_passwords(browser, cast.ben.email)

    answer = sign_in(browser, cast.ben.email)

    assert LOCKED in answer.content.decode()
    assert not is_signed_in(browser)
    assert [row.outcome for row in SignIn.objects.filter(user=cast.ben).order_by("id")] == (
        [Outcome.WRONG_PASSWORD] * 5 + [Outcome.LOCKED]
    )
    assert "locked for 5 minutes" in Notification.objects.get(user=cast.ben).text


def test_four_wrong_passwords_do_not(cast: Cast) -> None:
    browser = Client()
    guess_passwords(browser, cast.ben.email, times=4)

    sign_in(browser, cast.ben.email)

    assert is_signed_in(browser)


def test_the_lock_ends(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client()
    guess_passwords(browser, cast.ben.email)
    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)

    sign_in(browser, cast.ben.email)

    assert is_signed_in(browser)


def test_five_wrong_codes_lock_even_the_right_one_out(cast: Cast) -> None:
    with_two_steps(cast.ben)
    browser = Client()
    sign_in(browser, cast.ben.email)
    for _ in range(5):
        browser.post(CODE_PAGE, {"code": wrong_code_for(cast.ben)})

    answer = browser.post(CODE_PAGE, {"code": code_of(cast.ben)})

    assert LOCKED in answer.content.decode()
    assert not is_signed_in(browser)
    assert SignIn.objects.filter(user=cast.ben, outcome=Outcome.WRONG_CODE).count() == 5
    assert SignIn.objects.filter(user=cast.ben, outcome=Outcome.LOCKED).count() == 1


def test_an_address_that_nobody_has_is_locked_with_the_same_words(db: None) -> None:
    browser = Client()
    guess_passwords(browser, "nobody@elsewhere.example")

    assert LOCKED in sign_in(browser, "nobody@elsewhere.example").content.decode()
    assert not SignIn.objects.exists()


def test_a_failed_sign_in_changes_nothing_but_the_log(cast: Cast) -> None:
    """B-9: a failed login leaves one refused entry in each Business Center of the person."""
    before = set(ActivityEntry.objects.values_list("pk", flat=True))

    sign_in(Client(REMOTE_ADDR="203.0.113.7"), cast.mia.email, "guess")

    entry = ActivityEntry.objects.exclude(pk__in=before).get()
    assert (entry.result, entry.actor, entry.ip_address) == ("refused", cast.mia, "203.0.113.7")
    assert "wrong password" in entry.summary


def test_the_history_says_when_how_and_from_where(cast: Cast) -> None:
    browser = Client(
        REMOTE_ADDR="203.0.113.7",
        HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Firefox/130.0",
    )
    sign_in(browser, cast.mia.email, "guess")
    sign_in(browser, cast.mia.email)

    page = browser.get("/security/").content.decode()

    for words in ("Wrong password", "Signed in", "Firefox on Windows", "203.0.113.7"):
        assert words in page
    assert "guess" not in page


def test_the_history_is_nobody_elses(cast: Cast, client_of: Callable) -> None:
    sign_in(Client(REMOTE_ADDR="203.0.113.7"), cast.mia.email, "guess")

    assert "203.0.113.7" not in client_of(cast.ben).get("/security/").content.decode()
