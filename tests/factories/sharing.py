"""Partners, asset groups, assets and requests for tests, made by the services the product uses."""

from datetime import datetime

from accounts.models import BusinessCenter
from adaccounts.models import AssetGroup, BusinessAsset
from adaccounts.permissions import Level
from adaccounts.services import create_asset, create_asset_group, request_link

from .accounts import Cast
from .adaccounts import make_ad_account


def carl_and_co() -> BusinessCenter:
    """The cast's partner."""
    return BusinessCenter.objects.get(name="Carl & Co")


def make_pixel(
    cast: Cast, business_center: BusinessCenter, at: datetime, name: str = "Shop pixel"
) -> BusinessAsset:
    return create_asset(
        business_center=business_center, kind="pixel", name=name, actor=cast.ben, at=at
    )


def make_group(
    business_center: BusinessCenter, at: datetime, name: str = "Europe", **chosen: object
) -> AssetGroup:
    given = {"ad_accounts": [], "members": {}, "actor": None} | chosen
    return create_asset_group(business_center=business_center, name=name, at=at, **given)


def things_of_sharing(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> dict[str, object]:
    """What addresses about partners, groups and assets name."""
    wanted = make_ad_account(business_center, cast.ben, at, "EUR")
    request = request_link(
        business_center=carl_and_co(), ad_account_id=wanted.pk, level=Level.ANALYST, note="",
        actor=cast.carl, at=at,
    )  # fmt: skip
    return {
        "partner_id": carl_and_co().pk,
        "link_request_id": request.pk,
        "group_id": make_group(business_center, at).pk,
        "asset_id": make_pixel(cast, business_center, at).pk,
    }
