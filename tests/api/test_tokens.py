"""How a tool gets a token, sees which ad accounts it reaches, and gives the token back."""

from typing import Any

import pytest

from accounts.models import AccessToken, DeveloperApp
from accounts.services import authorize_app, create_developer_app
from bizcenter.clock import queries as clock
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast


@pytest.fixture
def tool(cast: Cast) -> tuple[DeveloperApp, str]:
    """Somebody's reporting tool, with its secret."""
    return create_developer_app(
        owner=cast.stranger,
        name="Reporter",
        redirect_uris=["https://reporter.example/back"],
        at=clock.now(),
    )


@pytest.fixture
def exchanged(cast: Cast, tool: tuple[DeveloperApp, str]) -> dict[str, Any]:
    app, secret = tool
    code = authorize_app(app=app, user=cast.mia)
    return {"app_id": str(app.pk), "secret": secret, "auth_code": code}


def test_a_code_is_exchanged_once_for_a_token_that_works(
    exchanged: dict[str, Any], advertiser_id: str
) -> None:
    data = data_of(Caller("").post("oauth2/access_token/", **exchanged))

    assert data["advertiser_ids"] == [advertiser_id]
    assert data["scope"] == [1, 2, 4, 8]
    caller = Caller(data["access_token"])
    assert data_of(caller.get("user/info/"))["email"] == "mia@northwind.example"
    assert Caller("").post("oauth2/access_token/", **exchanged)["code"] == 40110


def test_a_wrong_secret_is_40101(exchanged: dict[str, Any]) -> None:
    found = Caller("").post("oauth2/access_token/", **{**exchanged, "secret": "guess"})

    assert found["code"] == 40101
    assert not AccessToken.objects.exists()


def test_a_missing_parameter_is_named(exchanged: dict[str, Any]) -> None:
    del exchanged["auth_code"]

    found = Caller("").post("oauth2/access_token/", **exchanged)

    assert found["code"] == 40002
    assert found["message"].startswith("auth_code")


def test_the_ad_accounts_of_a_token_are_listed(
    exchanged: dict[str, Any], advertiser_id: str
) -> None:
    token = data_of(Caller("").post("oauth2/access_token/", **exchanged))["access_token"]
    app = {name: exchanged[name] for name in ("app_id", "secret")}

    data = data_of(Caller(token).get("oauth2/advertiser/get/", **app))

    assert data == {"list": [{"advertiser_id": advertiser_id, "advertiser_name": "Northwind USD"}]}
    wrong = {**app, "secret": "guess"}
    assert Caller(token).get("oauth2/advertiser/get/", **wrong)["code"] == 40101


def test_a_personal_token_belongs_to_no_app(mia: Caller, advertiser_id: str) -> None:
    data = data_of(mia.get("oauth2/advertiser/get/", app_id="1", secret="any"))

    assert [row["advertiser_id"] for row in data["list"]] == [advertiser_id]


def test_a_revoked_token_is_refused_from_then_on(
    exchanged: dict[str, Any], advertiser_id: str
) -> None:
    token = data_of(Caller("").post("oauth2/access_token/", **exchanged))["access_token"]
    app = {name: exchanged[name] for name in ("app_id", "secret")}

    data = data_of(Caller("").post("oauth2/revoke_token/", **app, access_token=token))

    assert data == {"app_id": app["app_id"], "advertiser_ids": [advertiser_id]}
    assert Caller(token).get("user/info/")["code"] == 40105
    again = Caller("").post("oauth2/revoke_token/", **app, access_token=token)
    assert again["code"] == 40105


def test_the_token_says_whom_it_acts_for(mia: Caller, cast: Cast) -> None:
    assert data_of(mia.get("user/info/")) == {
        "core_user_id": str(cast.mia.pk),
        "display_name": "Mia Marketer",
        "email": "mia@northwind.example",
        "create_time": int(cast.mia.created_at.timestamp()),
        "avatar_url": None,
    }
