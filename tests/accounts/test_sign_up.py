"""A newcomer signs up, verifies the address by the practice mailbox, and is in."""

import re

import pytest
from django.test import Client

from accounts.models import Notification, User
from bizcenter.clock.models import PracticeClock
from bizcenter.practice.models import PracticeMessage
from tests.factories.accounts import PASSWORD, make_person

NEWCOMER = {"name": "Nora New", "email": "nora@acme.example", "password1": "a-long-passphrase-7"}


@pytest.fixture(autouse=True)
def _mail_is_kept(settings, practice_clock: PracticeClock) -> None:
    settings.EMAIL_BACKEND = "bizcenter.practice.mail.PracticeMailbox"


def sign_up(browser: Client, **changes: str) -> None:
    response = browser.post("/account/signup/", {**NEWCOMER, **changes})
    assert response.status_code == 302, response.context["form"].errors


def link_in_newest_message(browser: Client) -> str:
    """What the visitor clicks: the newest message of the mailbox, and the link in it."""
    mailbox = browser.get("/practice/mailbox/").content.decode()
    message = browser.get(re.search(r"/practice/mailbox/\d+/", mailbox)[0]).content.decode()
    return re.search(r'href="(/account/[^"]+)"', message)[1]


def test_a_newcomer_gets_in_by_the_link_in_the_practice_mailbox() -> None:
    browser = Client()
    sign_up(browser)

    page = browser.get("/account/confirm-email/").content.decode()
    confirmed = browser.post(link_in_newest_message(browser))

    assert "/practice/mailbox/" in page
    assert confirmed.headers["Location"] == "/home/"
    assert browser.get("/home/", follow=True).redirect_chain[-1][0] == "/setup/business/"
    assert User.objects.get(email="nora@acme.example").name == "Nora New"
    assert not Notification.objects.exists()


def test_without_verification_the_newcomer_cannot_sign_in() -> None:
    sign_up(Client())

    later = Client()
    answer = later.post(
        "/account/login/", {"login": NEWCOMER["email"], "password": NEWCOMER["password1"]}
    )

    assert answer.headers["Location"] == "/account/confirm-email/"
    assert later.get("/notifications/").status_code == 302


@pytest.mark.parametrize("missing", ["name", "email", "password1"])
def test_sign_up_names_the_field_that_is_empty(missing: str) -> None:
    answer = Client().post("/account/signup/", {**NEWCOMER, missing: ""})

    assert missing in answer.context["form"].errors
    assert not User.objects.exists()


def test_signing_up_with_a_taken_address_does_not_open_its_owners_mail() -> None:
    make_person("Ben Admin", "ben@northwind.example")
    thief = Client()

    sign_up(thief, email="ben@northwind.example")

    assert PracticeMessage.objects.filter(recipients=["ben@northwind.example"]).exists()
    assert thief.get("/practice/mailbox/").headers["Location"].startswith("/account/login/")


def test_a_person_signs_in_and_out() -> None:
    make_person("Ben Admin", "ben@northwind.example")
    browser = Client()

    answer = browser.post(
        "/account/login/", {"login": "Ben@Northwind.example", "password": PASSWORD}
    )
    inside = browser.get("/notifications/").status_code
    browser.post("/account/logout/")

    assert answer.headers["Location"] == "/home/"
    assert inside == 200
    assert browser.get("/notifications/").status_code == 302


def test_a_wrong_password_is_refused_without_saying_who_exists() -> None:
    make_person("Ben Admin", "ben@northwind.example")

    answers = [
        Client().post("/account/login/", {"login": email, "password": "wrong-wrong-1"})
        for email in ("ben@northwind.example", "nobody@northwind.example")
    ]

    known, unknown = (list(a.context["form"].non_field_errors()) for a in answers)
    assert known == unknown != []


def test_guessing_passwords_is_stopped() -> None:
    make_person("Ben Admin", "ben@northwind.example")
    browser = Client()
    for _ in range(12):
        browser.post("/account/login/", {"login": "ben@northwind.example", "password": "guess-1"})

    answer = browser.post(
        "/account/login/", {"login": "ben@northwind.example", "password": PASSWORD}
    )

    assert answer.status_code in (200, 429)
    assert browser.get("/notifications/").status_code == 302


def test_the_landing_page_leads_to_both_ways_in() -> None:
    page = Client().get("/").content.decode()

    assert "/setup/" in page
    assert "/account/login/" in page
    assert "not connected to TikTok" in page
    assert "testserver" in page
