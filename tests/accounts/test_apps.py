"""Developer apps: what they may ask for, whom they act for, and how that ends."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessToken, ActivityEntry, DeveloperApp
from accounts.queries import find_access_token
from accounts.services import (
    InvalidApp,
    authorize_app,
    create_developer_app,
    exchange_code,
    issue_access_token,
    note_token_use,
    renew_app_secret,
)
from tests.factories.accounts import Cast

SENT = {
    "name": "Reports to go",
    "redirect_uris": "https://tool.example/back\nhttp://localhost:8000/x\n",
    "scopes": [4],
}


@pytest.fixture
def app_and_secret(cast: Cast, at: datetime) -> tuple[DeveloperApp, str]:
    return create_developer_app(
        owner=cast.ben, name="Tool", redirect_uris=["https://t.example/"], scopes=[4, 1], at=at
    )


@pytest.fixture
def mias_token(cast: Cast, app_and_secret: tuple[DeveloperApp, str], at: datetime) -> str:
    return issue_access_token(user=cast.mia, app=app_and_secret[0], at=at)


def test_an_app_has_several_addresses_and_the_scopes_that_were_ticked(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    client_of(cast.mia).post("/developer/apps/new/", SENT)

    app = DeveloperApp.objects.get()
    assert app.redirect_uris == ["https://tool.example/back", "http://localhost:8000/x"]
    assert app.scopes == [4]
    entry = ActivityEntry.objects.get(action="create_developer_app")
    assert entry.after["scopes"] == ["Reports: read performance and costs"]


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": [3]},
        {"redirect_uris": "\n".join(f"https://t.example/{n}" for n in range(11))},
        {"redirect_uris": "https://good.example/\njavascript:alert(1)"},
        {"redirect_uris": "https://northwind.example@evil.example/back"},
        {"redirect_uris": "https://northwind.example;sandbox@evil.example/back"},
    ],
)
def test_an_app_with_bad_scopes_or_addresses_is_refused(
    cast: Cast, client_of: Callable[..., Client], changes: dict[str, object]
) -> None:
    answer = client_of(cast.mia).post("/developer/apps/new/", SENT | changes)

    assert answer.status_code == 422
    assert not DeveloperApp.objects.exists()


def test_a_new_secret_replaces_the_old_one_and_leaves_the_tokens(
    cast: Cast, app_and_secret: tuple[DeveloperApp, str], mias_token: str, at: datetime
) -> None:
    app, old = app_and_secret
    code = authorize_app(app=app, user=cast.mia)

    new = renew_app_secret(app=app, at=at)

    with pytest.raises(InvalidApp):
        exchange_code(app_id=app.pk, secret=old, code=code, at=at)
    assert exchange_code(app_id=app.pk, secret=new, code=code, at=at)
    assert find_access_token(mias_token)


def test_revoking_an_app_ends_its_tokens_and_codes_and_is_logged_where_it_acted(
    cast: Cast,
    app_and_secret: tuple[DeveloperApp, str],
    mias_token: str,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    app, secret = app_and_secret
    code = authorize_app(app=app, user=cast.mia)
    browser = client_of(cast.ben)
    assert "1</dd>" in browser.get(f"/developer/apps/{app.pk}/revoke/").content.decode()

    browser.post(f"/developer/apps/{app.pk}/revoke/")

    assert find_access_token(mias_token) is None
    with pytest.raises(InvalidApp):
        exchange_code(app_id=app.pk, secret=secret, code=code, at=at)
    assert client_of(cast.ana).get(f"/portal/auth?app_id={app.pk}").status_code == 400
    assert list(browser.get("/developer/").context["apps"]) == []
    entries = ActivityEntry.objects.filter(action="revoke_developer_app")
    assert set(entries.values_list("subject_id", flat=True)) == {cast.ben.pk, cast.mia.pk}


@pytest.mark.parametrize("what", ["secret", "revoke"])
def test_only_the_owner_touches_an_app(
    cast: Cast,
    app_and_secret: tuple[DeveloperApp, str],
    client_of: Callable[..., Client],
    what: str,
) -> None:
    before = DeveloperApp.objects.values().get()

    answer = client_of(cast.mia).post(f"/developer/apps/{app_and_secret[0].pk}/{what}/")

    assert answer.status_code == 404
    assert DeveloperApp.objects.values().get() == before


def test_a_person_takes_the_access_of_an_app_back(
    cast: Cast,
    app_and_secret: tuple[DeveloperApp, str],
    mias_token: str,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    again = issue_access_token(user=cast.mia, app=app_and_secret[0], at=at)
    own = issue_access_token(user=cast.mia, at=at)
    browser = client_of(cast.mia)
    allowed = browser.get("/developer/").context["allowed"]
    assert [each.app.name for each in allowed] == ["Tool"]

    browser.post(f"/developer/tokens/{allowed[0].token_id}/revoke/")

    assert find_access_token(mias_token) is find_access_token(again) is None
    assert find_access_token(own)
    assert browser.get("/developer/").context["allowed"] == []


def test_use_is_noted_once_an_hour(cast: Cast, mias_token: str) -> None:
    note_token_use(token=AccessToken.objects.get())
    first = AccessToken.objects.get().last_used_at
    assert timezone.now() - first < timedelta(minutes=1)

    note_token_use(token=AccessToken.objects.get())
    assert AccessToken.objects.get().last_used_at == first

    AccessToken.objects.update(last_used_at=first - timedelta(hours=1))
    note_token_use(token=AccessToken.objects.get())
    assert AccessToken.objects.get().last_used_at > first
