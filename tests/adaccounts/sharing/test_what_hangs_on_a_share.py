"""What a partner has made of something shared goes with the share, and rises and falls with it."""

from datetime import datetime

import pytest

from accounts.models import BusinessCenter, Invitation
from accounts.permissions import Preset
from adaccounts import services
from adaccounts.models import AdAccount, BusinessAsset, InvitedAsset
from adaccounts.permissions import AssetPermission, AssetRole, assets_visible_to, preset_access
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_pixel


@pytest.fixture
def pixel(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessAsset:
    """Northwind's."""
    return make_pixel(cast, business_center, at)


def share(pixel: BusinessAsset, role: AssetRole, at: datetime) -> None:
    services.share_asset(asset=pixel, partner=carl_and_co(), role=role, actor=None, at=at)


def invite_ida(pixel: BusinessAsset, role: AssetRole, at: datetime) -> Invitation:
    return services.invite_person(
        business_center=carl_and_co(),
        email="ida@carlandco.example",
        access=preset_access(Preset.FINANCE, assets={pixel: role}),
        actor=None,
        at=at,
    )


def test_the_partners_pixel_is_unlinked_from_an_account_that_is_not_shared_any_more(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    own = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    theirs = services.create_asset(
        business_center=carl_and_co(), kind="pixel", name="Carl's", actor=cast.carl, at=at
    )
    services.link_asset(asset=theirs, ad_accounts=[ad_account, own], actor=cast.carl, at=at)

    services.unshare_account(ad_account=ad_account, partner=carl_and_co(), actor=cast.ben, at=at)

    assert [*theirs.ad_accounts.all()] == [own]


def test_the_owners_pixel_stays_linked_when_its_account_is_shared_with_nobody(
    cast: Cast, ad_account: AdAccount, pixel: BusinessAsset, at: datetime
) -> None:
    services.link_asset(asset=pixel, ad_accounts=[ad_account], actor=cast.ben, at=at)

    services.unshare_account(ad_account=ad_account, partner=carl_and_co(), actor=cast.ben, at=at)

    assert [*pixel.ad_accounts.all()] == [ad_account]


def test_the_partners_admins_manage_an_asset_as_soon_as_its_share_is_raised(
    cast: Cast, pixel: BusinessAsset, at: datetime
) -> None:
    share(pixel, AssetRole.USER, at)
    manages = assets_visible_to(cast.carl, AssetPermission.MANAGE_ASSET)
    assert pixel not in manages

    share(pixel, AssetRole.MANAGER, at)

    assert pixel in manages.all()


def test_what_the_partners_invitations_promise_falls_with_the_share(
    cast: Cast, pixel: BusinessAsset, at: datetime
) -> None:
    share(pixel, AssetRole.MANAGER, at)
    invitation = invite_ida(pixel, AssetRole.MANAGER, at)

    share(pixel, AssetRole.USER, at)
    assert InvitedAsset.objects.get(invitation=invitation).role == AssetRole.USER

    services.unshare_asset(asset=pixel, partner=carl_and_co(), actor=cast.ben, at=at)
    assert not InvitedAsset.objects.filter(invitation=invitation).exists()
