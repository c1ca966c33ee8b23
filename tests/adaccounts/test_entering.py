"""The door of the ad account: strangers find nothing, others are told what they would need."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client

from accounts.access import PermissionNeeded
from accounts.permissions import BusinessPermission
from adaccounts.access import load_ad_account, load_for_finance
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, Permission
from tests.factories.accounts import CAST, Cast

MAY = {
    Permission.VIEW_REPORTS: {"ben", "mia", "ana", "carl"},
    Permission.MANAGE_CAMPAIGNS: {"ben", "mia", "carl"},
    Permission.MANAGE_ACCOUNT: {"ben"},
}
OUTSIDE = {"tom", "stranger"}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("permission", list(Permission))
def test_who_may_enter_an_ad_account(
    cast: Cast, ad_account: AdAccount, permission: Permission, name: str
) -> None:
    person = cast.everyone[name]

    if name in MAY[permission]:
        assert load_ad_account(person, ad_account.pk, permission) == ad_account
    else:
        with pytest.raises(Http404 if name in OUTSIDE else PermissionNeeded):
            load_ad_account(person, ad_account.pk, permission)


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize(
    "permission", [BusinessPermission.VIEW_FINANCE, BusinessPermission.MANAGE_FINANCE]
)
def test_who_may_see_and_move_the_money(
    cast: Cast, ad_account: AdAccount, permission: BusinessPermission, name: str
) -> None:
    person = cast.everyone[name]

    if name in {"ben", "fay"}:
        assert load_for_finance(person, ad_account.pk, permission) == ad_account
    else:
        with pytest.raises(Http404 if name in OUTSIDE else PermissionNeeded):
            load_for_finance(person, ad_account.pk, permission)


def test_levels_contain_one_another() -> None:
    assert Level.ANALYST.permissions < Level.OPERATOR.permissions < Level.ADMIN.permissions


def test_an_ad_account_that_does_not_exist_is_not_found(cast: Cast) -> None:
    with pytest.raises(Http404):
        load_ad_account(cast.ben, 12, Permission.VIEW_REPORTS)


def test_the_refusal_names_the_permission_and_who_gives_it(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    answer = client_of(cast.ana).get(f"/ad-accounts/{ad_account.pk}/settings/")

    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Change the account&#x27;s settings and its people" in text
    assert "Ask Ben Admin" in text


def test_a_fragment_asked_for_after_signing_out_sends_the_page_to_the_sign_in(
    cast: Cast, ad_account: AdAccount
) -> None:
    answer = Client().get(
        f"/ad-accounts/{ad_account.pk}/settings/",
        headers={"HX-Request": "true", "HX-Current-URL": "https://testserver/profile/?a=b"},
    )

    assert answer.headers["HX-Redirect"] == "/account/login/?next=/profile/%3Fa%3Db"


def test_partners_reach_the_ad_account_but_not_its_business_center(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.carl)

    inside = browser.get(f"/ad-accounts/{ad_account.pk}/creatives/")

    assert inside.status_code == 200
    assert f"/bc/{ad_account.business_center_id}/" not in inside.content.decode()
    assert browser.get(f"/bc/{ad_account.business_center_id}/ad-accounts/").status_code == 404
