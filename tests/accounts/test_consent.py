"""The consent page: it sends people to the registered address only, with a code or without."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from accounts.models import AuthorizationCode, DeveloperApp
from accounts.services import create_developer_app, exchange_code
from tests.factories.accounts import PASSWORD, Cast, mark_as_just_signed_in

BACK = "https://tool.example/back?from=us"
OTHER = "https://other.example/here"


@pytest.fixture
def app_and_secret(cast: Cast, at: datetime) -> tuple[DeveloperApp, str]:
    return create_developer_app(
        owner=cast.ben, name="Reports to go", redirect_uris=[BACK, OTHER], scopes=[4], at=at
    )


def address(app: DeveloperApp, **changes: object) -> str:
    asked = {"app_id": app.pk, "state": "s p&ce", "redirect_uri": BACK} | changes
    return f"/portal/auth?{urlencode(asked)}"


def test_allowing_leads_back_with_a_code_that_works(
    at: datetime,
    cast: Cast,
    app_and_secret: tuple[DeveloperApp, str],
    client_of: Callable[..., Client],
) -> None:
    app, secret = app_and_secret

    answer = client_of(cast.mia).post(address(app), {"answer": "allow"})

    back = urlsplit(answer.headers["Location"])
    query = {name: values[0] for name, values in parse_qs(back.query).items()}
    assert f"{back.scheme}://{back.netloc}{back.path}" == "https://tool.example/back"
    assert (query["from"], query["state"]) == ("us", "s p&ce")
    assert query["code"] == query["auth_code"]
    _, token = exchange_code(app_id=app.pk, secret=secret, code=query["code"], at=at)
    assert (token.user, token.scopes) == (cast.mia, [4])


def test_denying_leads_back_without_a_code(
    cast: Cast, app_and_secret: tuple[DeveloperApp, str], client_of: Callable[..., Client]
) -> None:
    answer = client_of(cast.mia).post(address(app_and_secret[0]), {"answer": "deny"})

    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["error"] == ["access_denied"]
    assert "code" not in query
    assert not AuthorizationCode.objects.exists()


def test_the_page_names_the_app_and_may_send_to_its_address_only(
    cast: Cast, app_and_secret: tuple[DeveloperApp, str], client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.mia).get(address(app_and_secret[0]))

    policy = {
        part.split()[0]: part.split()[1:]
        for part in page.headers["Content-Security-Policy"].split(";")
    }
    assert "Allow Reports to go?" in page.content.decode()
    assert sorted(policy["form-action"]) == ["'self'", "https://tool.example"]


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://thief.example/back"},
        {"redirect_uri": BACK + "&more=1"},
        {"app_id": "12"},
        {"app_id": "not-a-number"},
        {"app_id": ""},
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_address_or_an_unknown_app_is_refused_without_leaving(
    cast: Cast,
    app_and_secret: tuple[DeveloperApp, str],
    client_of: Callable[..., Client],
    changes: dict[str, str],
    method: str,
) -> None:
    browser = client_of(cast.mia)
    url = address(app_and_secret[0], **changes)

    answer = browser.get(url) if method == "get" else browser.post(url, {"answer": "allow"})

    assert answer.status_code == 400
    assert not AuthorizationCode.objects.exists()


def test_a_visitor_signs_in_first_and_comes_back(
    app_and_secret: tuple[DeveloperApp, str],
) -> None:
    answer = Client().get(address(app_and_secret[0]))

    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == [
        address(app_and_secret[0])
    ]


def test_who_signed_in_long_ago_confirms_first_and_sees_the_page_again(
    cast: Cast, app_and_secret: tuple[DeveloperApp, str], client_of: Callable[..., Client]
) -> None:
    """Browsers would not follow from the confirmation to the app: its page may not send there."""
    browser, page = client_of(cast.mia), address(app_and_secret[0])
    mark_as_just_signed_in(browser, cast.mia, seconds_ago=3600)

    asked = browser.post(page, {"answer": "allow"}).headers["Location"]
    confirmed = browser.post(asked, {"password": PASSWORD, "next": page})

    assert asked.startswith("/account/reauthenticate/?next=%2Fportal%2Fauth")
    assert confirmed.headers["Location"] == page
    assert not AuthorizationCode.objects.exists()
    assert browser.post(page, {"answer": "allow"}).headers["Location"].startswith(BACK)
