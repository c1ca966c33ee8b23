"""Asking for a pixel or a catalog: from the refusal to the approval in one click."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification, User
from adaccounts.models import AccessRequest, AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, AssetRole, assets_visible_to
from adaccounts.services import ask_for_access, grant_asset, remove_asset
from tests.factories.accounts import Cast
from tests.factories.sharing import make_pixel

ASK = "/ask-an-admin/"
MANAGE = AssetPermission.MANAGE_ASSET


@pytest.fixture
def pixel(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessAsset:
    """Ben manages it, Mia may use it."""
    found = make_pixel(cast, business_center, at)
    grant_asset(asset=found, user=cast.mia, role=AssetRole.USER, actor=cast.ben, at=at)
    return found


@pytest.fixture
def mia(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.mia)


def asked(user: User, asset: BusinessAsset, at: datetime) -> AccessRequest:
    return ask_for_access(
        user=user, permission=MANAGE, business_center=asset.business_center, asset=asset, at=at
    )


def may_manage(user: User, asset: BusinessAsset) -> bool:
    return assets_visible_to(user, MANAGE).filter(pk=asset.pk).exists()


def test_a_refused_change_leads_to_the_admin_and_his_one_click_allows_it(
    cast: Cast, pixel: BusinessAsset, mia: Client, ben: Client, users: str
) -> None:
    url = f"/assets/{pixel.pk}/"

    refused = mia.post(url, {"name": "Mine"})
    page = refused.content.decode()
    answer = mia.post(ASK, {"permission": "manage_asset", "asset": pixel.pk}).content.decode()
    row, told = AccessRequest.objects.get(), Notification.objects.get(user=cast.ben)
    listed = ben.get(users + "requests/").content.decode()
    ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"})
    gave = Notification.objects.get(user=cast.mia, key__startswith="access_request")

    assert refused.status_code == 403
    assert f'name="asset" value="{pixel.pk}"' in page
    assert 'name="permission" value="manage_asset"' in page
    assert "Ben Admin can give you “Change the asset” in Shop pixel" in answer
    assert told.text == "Mia Marketer asks for “Change the asset” in Shop pixel."
    assert '<td data-label="Where">Shop pixel</td>' in listed
    assert (gave.text, gave.url) == ("Ben Admin gave you “Change the asset” in Shop pixel.", url)
    assert mia.post(url, {"name": "Mine"}).status_code == 302


def test_approving_gives_a_member_the_lowest_role_that_contains_it(
    cast: Cast, pixel: BusinessAsset, ben: Client, users: str, client_of: Callable[..., Client]
) -> None:
    """To Ana it is not assigned at all."""
    ana, url = client_of(cast.ana), f"/assets/{pixel.pk}/"
    refused = ana.get(url)

    ana.post(ASK, {"permission": "use_asset", "asset": pixel.pk})
    row = AccessRequest.objects.get()
    dialog = ben.get(f"{users}requests/{row.pk}/").content.decode()
    ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"})

    assert 'name="permission" value="use_asset"' in refused.content.decode()
    assert "<dd>Shop pixel</dd>" in dialog
    assert "<dd>Use in ads</dd>" in dialog
    assert ana.get(url).status_code == 200
    assert not may_manage(cast.ana, pixel)


def test_a_declined_request_changes_nothing_and_the_person_knows(
    cast: Cast, pixel: BusinessAsset, at: datetime, ben: Client, users: str
) -> None:
    row = asked(cast.mia, pixel, at)

    ben.post(f"{users}requests/{row.pk}/", {"decision": "decline", "note": "Ask Ana"})

    said = Notification.objects.get(user=cast.mia, key__startswith="access_request").text
    assert "declined your request for “Change the asset” in Shop pixel. Ask Ana" in said
    assert not may_manage(cast.mia, pixel)
    assert ActivityEntry.objects.get(action="decline_access_request").label == "Shop pixel"


def test_strangers_and_nonsense_are_answered_as_if_nothing_existed(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, pixel: BusinessAsset,
    at: datetime, mia: Client, client_of: Callable[..., Client],
) -> None:  # fmt: skip
    gone = make_pixel(cast, business_center, at, "Gone")
    remove_asset(asset=gone, actor=cast.ben, at=at)
    tries = [
        (client_of(cast.stranger), {"permission": "use_asset", "asset": pixel.pk}),
        (client_of(cast.carl), {"permission": "use_asset", "asset": pixel.pk}),
        (mia, {"permission": "manage_asset", "asset": gone.pk}),
        (mia, {"permission": "manage_asset", "asset": ad_account.pk}),
        (mia, {"permission": "manage_campaigns", "asset": pixel.pk}),
        (mia, {"permission": "manage_asset", "ad_account": ad_account.pk}),
    ]

    answers = [browser.post(ASK, sent) for browser, sent in tries]
    answers += [browser.get(ASK, sent) for browser, sent in tries]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("Shop pixel" in answer.content.decode() for answer in answers)
    assert not AccessRequest.objects.exists()


def test_asking_again_changes_nothing(cast: Cast, pixel: BusinessAsset, mia: Client) -> None:
    for _ in range(3):
        mia.post(ASK, {"permission": "manage_asset", "asset": pixel.pk})

    assert AccessRequest.objects.count() == 1
    assert Notification.objects.filter(user=cast.ben).count() == 1


def test_one_of_two_assets_is_asked_for_without_the_other(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, pixel: BusinessAsset, at
) -> None:
    other = make_pixel(cast, business_center, at, "Blog pixel")

    first, second = asked(cast.mia, pixel, at), asked(cast.mia, other, at)
    assert first != second
    with pytest.raises(IntegrityError):
        AccessRequest.objects.filter(pk=first.pk).update(ad_account=ad_account)


def test_the_lists_of_assets_offer_to_ask_for_those_that_one_may_only_use(
    cast: Cast, business_center: BusinessCenter, pixel: BusinessAsset, mia: Client, ben: Client
) -> None:
    link = f'href="{ASK}?permission=manage_asset&amp;asset={pixel.pk}"'

    for page in (f"/bc/{business_center.pk}/assets/", f"/assets/{pixel.pk}/"):
        assert link in mia.get(page).content.decode()
        assert link not in ben.get(page).content.decode()
    form = mia.get(ASK, {"permission": "manage_asset", "asset": pixel.pk})
    assert f'name="asset" value="{pixel.pk}"' in form.content.decode()
