"""Deciding what people ask for on a pixel or a catalog: by whom, and what it gives a partner."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification, User
from accounts.permissions import Preset
from adaccounts.models import AccessRequest, AssetShare, BusinessAsset
from adaccounts.permissions import AssetPermission, AssetRole, assets_visible_to, preset_access
from adaccounts.services import (
    NotAMember,
    add_person,
    approve_request,
    ask_for_access,
    grant_asset,
    remove_asset,
    share_asset,
    unshare_asset,
)
from tests.factories.accounts import Cast, make_person
from tests.factories.sharing import carl_and_co, make_pixel

MANAGE = AssetPermission.MANAGE_ASSET


@pytest.fixture
def pixel(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessAsset:
    """Ben and Mia manage it."""
    found = make_pixel(cast, business_center, at)
    grant_asset(asset=found, user=cast.mia, role=AssetRole.MANAGER, actor=cast.ben, at=at)
    return found


@pytest.fixture
def dora(cast: Cast, pixel: BusinessAsset, at: datetime) -> User:
    """Of the partner, whose people may use the pixel; so may she."""
    center, person = carl_and_co(), make_person("Dora", "dora@carlandco.example")
    access = preset_access(Preset.ANALYST)
    add_person(business_center=center, email=person.email, access=access, actor=cast.carl, at=at)
    by = {"asset": pixel, "role": AssetRole.USER, "at": at}
    share_asset(partner=center, actor=cast.ben, **by)
    grant_asset(user=person, through=center, actor=cast.carl, **by)
    return person


def asked(user: User, asset: BusinessAsset, at: datetime) -> AccessRequest:
    return ask_for_access(
        user=user, permission=MANAGE, business_center=asset.business_center, asset=asset, at=at
    )


def may_manage(user: User, asset: BusinessAsset) -> bool:
    return assets_visible_to(user, MANAGE).filter(pk=asset.pk).exists()


def test_who_manages_an_asset_is_told_and_decides_for_it_only(
    cast: Cast, business_center: BusinessCenter, pixel: BusinessAsset, dora: User, at: datetime,
    users: str, client_of: Callable[..., Client],
) -> None:  # fmt: skip
    other = make_pixel(cast, business_center, at, "Blog pixel")
    rows = [asked(cast.ana, pixel, at), asked(cast.ana, other, at), asked(dora, pixel, at)]
    mia = client_of(cast.mia)

    told = Notification.objects.filter(user=cast.mia, key=f"access_request:{rows[0].pk}")
    answers = [
        mia.post(f"{users}requests/{row.pk}/", {"decision": "approve"}).status_code for row in rows
    ]

    assert told.exists()
    assert answers == [302, 404, 404]
    assert may_manage(cast.ana, pixel)
    assert client_of(cast.fay).get(users + "requests/").status_code == 403


def test_a_partners_person_gets_a_raised_share_and_the_grant(
    cast: Cast, pixel: BusinessAsset, dora: User, at: datetime, ben: Client, users: str
) -> None:
    row = asked(dora, pixel, at)

    listed = ben.get(users + "requests/").content.decode()
    approve_request(request=row, actor=cast.ben, at=at)

    assert "Manage; the share with their Business Center is raised if need be" in listed
    assert AssetShare.objects.get().role == "manager"
    assert may_manage(dora, pixel)
    assert may_manage(cast.carl, pixel), "a partner's Admins have all that is shared with it"
    shared = ActivityEntry.objects.filter(action="share_asset", after__role="manager")
    assert {entry.business_center for entry in shared} == {pixel.business_center, carl_and_co()}


def test_what_is_shared_no_more_is_not_given(
    cast: Cast, pixel: BusinessAsset, dora: User, at: datetime
) -> None:
    row = asked(dora, pixel, at)
    unshare_asset(asset=pixel, partner=carl_and_co(), actor=cast.ben, at=at)

    with pytest.raises(NotAMember):
        approve_request(request=row, actor=cast.ben, at=at)

    assert AccessRequest.objects.get().state == "pending"
    assert not AssetShare.objects.exists()


def test_what_was_asked_for_a_removed_asset_is_declined_with_that(
    cast: Cast, pixel: BusinessAsset, at: datetime, ben: Client, users: str
) -> None:
    row = asked(cast.ana, pixel, at)

    remove_asset(asset=pixel, actor=cast.ben, at=at)
    late = ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"}, follow=True)

    assert "Ben Admin declined this request already" in late.content.decode()
    assert not cast.ana.businessassetuserobjectpermission_set.exists()


def test_a_request_that_was_overlooked_by_the_removal_gives_nothing(
    cast: Cast, pixel: BusinessAsset, at: datetime, ben: Client, users: str
) -> None:
    """It was sent at the very moment."""
    row = asked(cast.ana, pixel, at)
    BusinessAsset.objects.filter(pk=pixel.pk).update(removed_at=at)

    late = ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"}, follow=True)

    assert "Shop pixel was removed." in late.content.decode()
    assert not cast.ana.businessassetuserobjectpermission_set.exists()
