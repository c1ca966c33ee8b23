"""No address of ours sends people to somebody else's site."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.factories.accounts import PASSWORD, Cast

from .steps import CODE_PAGE, code_of, sign_in, with_two_steps

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "\t//evil.example",
]


def stays(location: str) -> bool:
    parts = urlsplit(location)
    return (
        parts.netloc in ("", "testserver")
        and parts.scheme in ("", "http")
        and location[:2] not in ("//", "/\\")
    )


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in(cast: Cast, target: str) -> None:
    assert stays(sign_in(Client(), cast.ben.email, next=target).headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_with_a_code(cast: Cast, target: str) -> None:
    with_two_steps(cast.ben)
    browser = Client()
    sign_in(browser, cast.ben.email, next=target)

    entered = browser.post(CODE_PAGE, {"code": code_of(cast.ben), "next": target})

    assert stays(entered.headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_visiting_the_sign_in_page_when_signed_in(
    cast: Cast, client_of: Callable, target: str
) -> None:
    assert stays(client_of(cast.ben).get("/account/login/", {"next": target}).headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out(cast: Cast, client_of: Callable, target: str) -> None:
    answer = client_of(cast.ben).post("/account/logout/", {"next": target})

    assert stays(answer.headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("way", ["/account/reauthenticate/", "/account/2fa/reauthenticate/"])
def test_confirming_that_it_is_you(cast: Cast, client_of: Callable, way: str, target: str) -> None:
    browser = client_of(with_two_steps(cast.ben))

    answer = browser.post(way, {"password": PASSWORD, "code": code_of(cast.ben), "next": target})

    assert answer.status_code == 302
    assert stays(answer.headers["Location"])


@pytest.mark.parametrize("target", ELSEWHERE)
def test_allowing_an_app(cast: Cast, client_of: Callable, target: str) -> None:
    answer = client_of(cast.ben).post(f"/portal/auth?redirect_uri={target}&app_id=1")

    assert answer.status_code == 400


def test_a_page_that_asks_for_a_fragment_names_only_its_path(cast: Cast) -> None:
    answer = Client().get(
        "/notifications/",
        headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"},
    )

    assert answer.headers["HX-Redirect"] == "/account/login/?next=/x"
