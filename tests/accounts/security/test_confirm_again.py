"""Who signed in a while ago confirms that it is they before anything delicate changes."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client
from django.urls import path

from accounts.access import recently_signed_in, signed_in
from accounts.models import User
from bizcenter.urls import handler403
from bizcenter.urls import urlpatterns as product
from tests.factories.accounts import PASSWORD, Cast, mark_as_just_signed_in

HOUR = 3600
received: list[QueryDict] = []


@signed_in
@recently_signed_in
def pay(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        received.append(request.POST)
    return HttpResponse("the page")


urlpatterns = [path("pay/", pay, name="pay"), *product]
__all__ = ["handler403", "urlpatterns"]


@pytest.fixture(autouse=True)
def _a_page_that_moves_money(settings) -> None:
    settings.ROOT_URLCONF = __name__
    received.clear()


@pytest.fixture
def long_signed_in(cast: Cast, client_of: Callable[[User], Client]) -> Client:
    browser = client_of(cast.ben)
    mark_as_just_signed_in(browser, cast.ben, seconds_ago=HOUR)
    return browser


def test_looking_needs_no_confirmation(long_signed_in: Client) -> None:
    assert long_signed_in.get("/pay/").status_code == 200
    assert long_signed_in.head("/pay/").status_code == 200


def test_who_signed_in_just_now_is_not_asked(cast: Cast, client_of) -> None:
    assert client_of(cast.ben).post("/pay/", {"amount": "5"}).status_code == 200
    assert received[0]["amount"] == "5"


def test_what_was_sent_is_carried_out_after_the_confirmation(long_signed_in: Client) -> None:
    asked = long_signed_in.post("/pay/", {"amount": "5"})
    assert asked.headers["Location"] == "/account/reauthenticate/?next=%2Fpay%2F"
    assert received == []

    wrong = long_signed_in.post(asked.headers["Location"], {"password": "guess", "next": "/pay/"})
    assert wrong.status_code == 200
    assert received == []

    long_signed_in.post(asked.headers["Location"], {"password": PASSWORD, "next": "/pay/"})
    assert received[0]["amount"] == "5"

    assert long_signed_in.post("/pay/", {"amount": "6"}).status_code == 200


def test_a_fragment_sends_the_whole_page_to_the_confirmation(long_signed_in: Client) -> None:
    answer = long_signed_in.post(
        "/pay/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/bc/1/?page=2"},
    )

    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == (
        "/account/reauthenticate/?next=%2Fbc%2F1%2F%3Fpage%3D2"
    )
    assert received == []


def test_the_confirmation_leads_nowhere_else(long_signed_in: Client) -> None:
    answer = long_signed_in.post(
        "/account/reauthenticate/", {"password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/home/"
