"""Where a Business Center requires two-step sign-in: every page of its members, and nobody else."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from accounts.models import BusinessCenter
from accounts.services import issue_access_token
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast

SET_UP = "/account/2fa/totp/activate/"


def test_members_set_it_up_before_any_page_of_an_ad_account_and_partners_do_not(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    client_of: Callable[..., Client],
) -> None:
    BusinessCenter.objects.filter(pk=business_center.pk).update(requires_two_step=True)
    pages = [f"/ad-accounts/{ad_account.pk}/campaigns/", "/ad-accounts/", "/developer/"]

    mia, carl = client_of(cast.mia), client_of(cast.carl)

    assert {mia.get(page).headers.get("Location") for page in pages} == {SET_UP}
    assert mia.post("/developer/tokens/new/", {"token-scopes": ["1"]}).headers["Location"] == SET_UP
    assert [carl.get(page).status_code for page in pages] == [200, 200, 200]


def test_tokens_that_were_made_before_go_on(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    """They are a proof of their own; new ones are made on a page, which asks."""
    headers = {"Access-Token": issue_access_token(user=cast.mia, at=at)}
    BusinessCenter.objects.filter(pk=business_center.pk).update(requires_two_step=True)

    answer = Client().get("/open_api/v1.3/bc/get/", headers=headers)

    assert answer.json()["code"] == 0
