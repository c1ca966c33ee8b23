"""Apps and access tokens: shown once, kept as a digest, revoked at once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.access import AccessTokenAuthentication
from accounts.models import AccessToken, AuthorizationCode, DeveloperApp
from accounts.queries import find_access_token
from accounts.services import (
    InvalidApp,
    InvalidAuthorizationCode,
    authorize_app,
    create_developer_app,
    exchange_code,
    issue_access_token,
)
from tests.factories.accounts import Cast

APP = {"name": "Reports to go", "redirect_uris": ["https://tool.example/back"]}
SENT = {"name": "Reports to go", "redirect_uris": "https://tool.example/back", "scopes": [4]}


def copied(page: str) -> str:
    """The secret that the page offers to copy."""
    return re.search(r'data-copy="([0-9a-f]{40})"', page)[1]


def test_a_token_is_shown_once_and_acts_as_its_person(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.mia)

    plain = copied(
        browser.post("/developer/tokens/new/", {"token-scopes": [1, 2]}).content.decode()
    )

    assert find_access_token(plain).user == cast.mia
    assert find_access_token(plain).scopes == [1, 2]
    assert plain not in browser.get("/developer/").content.decode()
    assert not AccessToken.objects.filter(token_hash=plain).exists()


def test_reloading_the_page_with_the_token_makes_no_second_one(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.mia)
    page = browser.get("/developer/")
    sent = {"token-scopes": [1], "form_key": page.context["token_key"]}

    for _ in range(2):
        answer = browser.post("/developer/tokens/new/", sent, follow=True)

    assert AccessToken.objects.count() == 1
    assert "This was done already." in answer.content.decode()
    again = {**sent, "form_key": answer.context["token_key"]}
    browser.post("/developer/tokens/new/", again)
    assert AccessToken.objects.count() == 2


def test_a_revoked_token_is_refused_from_the_next_call_on(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    plain = issue_access_token(user=cast.mia, at=at)
    token = AccessToken.objects.get()

    by_another = client_of(cast.ben).post(f"/developer/tokens/{token.pk}/revoke/")
    still_valid = find_access_token(plain)
    client_of(cast.mia).post(f"/developer/tokens/{token.pk}/revoke/")

    assert by_another.status_code == 404
    assert still_valid == token
    assert find_access_token(plain) is None


def test_a_token_of_somebody_who_may_not_sign_in_is_refused(cast: Cast, at: datetime) -> None:
    plain = issue_access_token(user=cast.mia, at=at)

    cast.mia.is_active = False
    cast.mia.save()

    assert find_access_token(plain) is None


def test_registering_an_app_shows_its_secret_once(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.mia)

    secret = copied(browser.post("/developer/apps/new/", SENT).content.decode())

    app = DeveloperApp.objects.get()
    later = browser.get("/developer/").content.decode()
    assert app.owner == cast.mia
    assert secret not in later
    assert str(app.pk) in later


@pytest.mark.parametrize(
    "address", ["", "not an address", "ftp://tool.example/x", "https://tool.example/#part"]
)
def test_an_app_needs_a_proper_redirect_address(
    cast: Cast, client_of: Callable[..., Client], address: str
) -> None:
    answer = client_of(cast.mia).post("/developer/apps/new/", {**SENT, "redirect_uris": address})

    assert answer.status_code == 422
    assert "redirect_uris" in answer.context["form"].errors
    assert not DeveloperApp.objects.exists()


def test_a_code_is_exchanged_for_one_token(cast: Cast, at: datetime) -> None:
    app, secret = create_developer_app(owner=cast.ben, at=at, **APP)
    code = authorize_app(app=app, user=cast.mia)

    plain, token = exchange_code(app_id=app.pk, secret=secret, code=code, at=at)

    assert (token.user, find_access_token(plain).app) == (cast.mia, app)
    with pytest.raises(InvalidAuthorizationCode):
        exchange_code(app_id=app.pk, secret=secret, code=code, at=at)
    assert AccessToken.objects.count() == 1


def test_a_code_is_worth_nothing_late_elsewhere_or_with_a_wrong_secret(
    cast: Cast, at: datetime
) -> None:
    app, secret = create_developer_app(owner=cast.ben, at=at, **APP)
    other, other_secret = create_developer_app(owner=cast.ben, at=at, **APP)
    code = authorize_app(app=app, user=cast.mia)

    with pytest.raises(InvalidApp):
        exchange_code(app_id=app.pk, secret=other_secret, code=code, at=at)
    with pytest.raises(InvalidAuthorizationCode):
        exchange_code(app_id=other.pk, secret=other_secret, code=code, at=at)
    row = AuthorizationCode.objects.get()
    row.expires_at -= timedelta(hours=1, seconds=1)
    row.save()
    with pytest.raises(InvalidAuthorizationCode):
        exchange_code(app_id=app.pk, secret=secret, code=code, at=at)


def test_the_header_names_the_person_to_the_api(cast: Cast, at: datetime, rf) -> None:
    plain = issue_access_token(user=cast.ana, at=at)
    door = AccessTokenAuthentication()

    user, _ = door.authenticate(rf.get("/", headers={"Access-Token": plain}))

    assert user == cast.ana
    assert door.authenticate(rf.get("/")) is None


def test_the_command_prints_a_working_token(cast: Cast, capsys) -> None:
    call_command("api_token", "MIA@northwind.example")

    plain = capsys.readouterr().out.strip()
    assert find_access_token(plain).user == cast.mia


def test_the_command_says_when_nobody_has_that_address(db: None) -> None:
    with pytest.raises(CommandError, match=r"Nobody has signed up as x@y\.example"):
        call_command("api_token", "x@y.example")
