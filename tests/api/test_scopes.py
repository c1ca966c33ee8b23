"""A token does what its scopes say and nothing else; every address belongs to a scope."""

from datetime import datetime

import pytest

from accounts.models import AccessToken, Scope
from accounts.services import create_developer_app, issue_access_token, revoke_developer_app
from adaccounts.models import AdAccount
from bizcenter.lib.open_api.scopes import SCOPE_OF_FAMILY, family_of
from tests.api.conftest import Caller
from tests.architecture.test_access import CALLS
from tests.factories.accounts import Cast

LACKING = 40130


def test_every_address_of_the_api_belongs_to_a_scope() -> None:
    assert {family_of(f"/{path}") for path in CALLS} <= set(SCOPE_OF_FAMILY)
    assert set(SCOPE_OF_FAMILY.values()) <= {*Scope, None}


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("oauth2/advertiser/get/", Scope.AD_ACCOUNTS),
        ("advertiser/info/", Scope.AD_ACCOUNTS),
        ("campaign/get/", Scope.ADS),
        ("adgroup/get/", Scope.ADS),
        ("ad/get/", Scope.ADS),
        ("report/integrated/get/", Scope.REPORTING),
        ("bc/get/", Scope.BUSINESS_CENTERS),
    ],
)
def test_a_call_needs_its_scope(
    cast: Cast, ad_account: AdAccount, at: datetime, path: str, scope: Scope
) -> None:
    others = set(Scope) - {scope}
    without = Caller(issue_access_token(user=cast.ben, scopes=others, at=at))
    with_it = Caller(issue_access_token(user=cast.ben, scopes=[scope], at=at))

    assert without.get(path)["code"] == LACKING
    assert with_it.get(path)["code"] != LACKING


def test_changing_needs_the_scope_too(cast: Cast, ad_account: AdAccount, at: datetime) -> None:
    reader = Caller(issue_access_token(user=cast.ben, scopes=[Scope.REPORTING], at=at))

    found = reader.post("campaign/status/update/", advertiser_id=str(ad_account.pk))

    assert found["code"] == LACKING


def test_whose_token_it_is_can_be_asked_with_any_scope(cast: Cast, at: datetime) -> None:
    caller = Caller(issue_access_token(user=cast.mia, scopes=[Scope.REPORTING], at=at))

    assert caller.get("user/info/")["code"] == 0


def test_the_tokens_of_a_revoked_app_are_invalid(cast: Cast, at: datetime) -> None:
    app, _ = create_developer_app(
        owner=cast.ben, name="Tool", redirect_uris=["https://t.example/"], at=at
    )
    caller = Caller(issue_access_token(user=cast.mia, app=app, at=at))
    assert caller.get("user/info/")["code"] == 0
    assert AccessToken.objects.get().last_used_at is not None

    revoke_developer_app(app=app, at=at)

    assert caller.get("user/info/")["code"] == 40105
