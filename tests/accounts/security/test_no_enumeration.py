"""Nobody finds out by asking whether an address has an account here."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.factories.accounts import Cast

from .steps import sign_in

KNOWN, UNKNOWN = "ben@northwind.example", "nobody@elsewhere.example"


def shown(answer: HttpResponse, address: str) -> tuple[int, str, str]:
    """What a visitor sees, without what differs at every request and the typed address."""
    text = re.sub(
        r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", answer.content.decode()
    )
    text = re.sub(r'id="[^"]*"|#[\w-]+', "", text)
    return answer.status_code, answer.headers.get("Location", ""), text.replace(address, "")


def same(answers: dict[str, HttpResponse]) -> bool:
    return shown(answers[KNOWN], KNOWN) == shown(answers[UNKNOWN], UNKNOWN)


def test_a_failed_sign_in_reads_the_same(cast: Cast) -> None:
    assert same({address: sign_in(Client(), address, "guess") for address in (KNOWN, UNKNOWN)})


@pytest.mark.parametrize("follow", [False, True])
def test_asking_for_a_new_password_reads_the_same(cast: Cast, follow: bool) -> None:
    ask = "/account/password/reset/"
    assert same(
        {
            address: Client().post(ask, {"email": address}, follow=follow)
            for address in (KNOWN, UNKNOWN)
        }
    )
    assert {mail.to[0] for mail in mail.outbox} == {KNOWN, UNKNOWN}


@pytest.mark.parametrize("follow", [False, True])
def test_signing_up_reads_the_same(cast: Cast, follow: bool) -> None:
    people = User.objects.count()

    def sign_up(address: str) -> HttpResponse:
        form = {"name": "Nina New", "email": address, "password1": "harbour-lights-42"}
        return Client().post("/account/signup/", form, follow=follow)

    assert same({address: sign_up(address) for address in (KNOWN, UNKNOWN)})
    assert User.objects.count() == people + 1
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {
        KNOWN: "You have an account already",
        UNKNOWN: "Confirm your e-mail address",
    }


@pytest.mark.parametrize("where", ["sign-up", "sign-in"])
def test_a_known_address_takes_no_less_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Passwords are hashed slowly on purpose, so that leaving it out can be measured from afar."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    # Again, as the second mail in a row to an address is left out.
    for address in (KNOWN, KNOWN, UNKNOWN, UNKNOWN):
        form = {"name": "Nina New", "email": address, "password1": "harbour-lights-42"}
        if where == "sign-up":
            Client().post("/account/signup/", form)
        else:
            sign_in(Client(), address, "guess")
        counts.append(len(hashed))
        hashed.clear()

    assert counts == [1, 1, 1, 1]


def test_free_mail_is_advised_against_and_let_in(db: None) -> None:
    form = {"name": "Nina New", "email": "nina@gmail.com", "password1": "harbour-lights-42"}

    page = Client().post("/account/signup/", form, follow=True).content.decode()

    assert page.count("gmail.com is a free mail service") == 1
    assert User.objects.filter(email="nina@gmail.com").exists()
