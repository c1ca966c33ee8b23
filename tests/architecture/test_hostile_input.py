"""Whatever anybody sends to any page, the answer is a refusal and never a crash."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import Cast

from .routes import ROUTES
from .test_access import ARGUMENTS, PAGES, address_of, own_things, world

__all__ = ["world"]
# What the pages read from an address or a form.
NAMES = (
    "q find t p person thing what account topic kind status role state owner page ours theirs "
    "taken people id name emails of note decision act level ad_account member user asset session "
    "setup step version partner_id"
)
NUL, MANY_DIGITS = "a\x00b", "9" * 19
TOO_LARGE = (2**63, 10**30)


def crash(browser: Client, method: str, url: str, data: dict[str, object]) -> str:
    """What went wrong; empty for an answer below 500. What the request changed is undone."""
    try:
        with transaction.atomic():
            answer = getattr(browser, method)(url, data)
            transaction.set_rollback(True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    return "" if answer.status_code < 500 else str(answer.status_code)


def forms(route_data: dict[str, object], value: str) -> Iterator[tuple[str, dict[str, object]]]:
    sent: dict[str, object] = dict.fromkeys(NAMES.split(), value)
    yield "get", sent
    yield "post", dict.fromkeys(route_data, value) | {"note": value}
    yield "post", {name: value for name in sent if name != "find"} | route_data


@pytest.mark.parametrize("value", [NUL, MANY_DIGITS])
def test_no_text_crashes_a_page(
    cast: Cast,
    world: dict[str, object],
    client_of: Callable[[User], Client],
    value: str,
) -> None:
    browser = client_of(cast.ben)
    world |= own_things(cast.ben)

    wrong = {}
    for route_name, route in ROUTES.items():
        for method, data in forms(route.data, value):
            if said := crash(browser, method, address_of(route_name, world), data):
                wrong[f"{method} {route_name}"] = said

    assert wrong == {}


def test_no_number_in_an_address_crashes_a_page(
    cast: Cast, world: dict[str, object], client_of: Callable[[User], Client]
) -> None:
    browser = client_of(cast.ben)
    world |= own_things(cast.ben)

    wrong = {}
    for name, route in ROUTES.items():
        wanted = {key: world[key] for key in ARGUMENTS.findall(PAGES[name])}
        numbers = [key for key, value in wanted.items() if isinstance(value, int)]
        for key, number in [(key, number) for key in numbers for number in TOO_LARGE]:
            url = reverse(name, kwargs=wanted | {key: number})
            for method in ("get", "post"):
                if said := crash(browser, method, url, route.data):
                    wrong[f"{method} {name} {key}={number}"] = said

    assert wrong == {}


@pytest.mark.django_db
def test_text_that_cannot_be_stored_is_refused_before_the_sign_in_too() -> None:
    sent = {"login": NUL, "email": NUL, "password": NUL, "next": NUL}
    for address in ("/account/login/", "/account/signup/", "/account/password/reset/", "/terms/"):
        assert Client().get(address, sent).status_code == 400
    for address in ("/account/login/", "/account/signup/", "/account/password/reset/"):
        assert Client().post(address, sent).status_code == 400


def test_a_set_up_with_files_refuses_it_as_well(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(cast.stranger)

    answer = browser.post("/setup/business/", {"legal_name": NUL})

    assert answer.status_code == 400
