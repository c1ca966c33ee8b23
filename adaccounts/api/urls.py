"""Addresses of this app's part of the Business API."""

from django.urls import URLPattern, path

from .advertiser_update import AdvertiserUpdate
from .advertisers import AdvertiserAttribute, AdvertiserCreate, AdvertiserDisable
from .assets import AssetAdminDelete, AssetAdminGet, AssetGet
from .assigning import AssetAssign, AssetMemberGet, AssetPartnerGet, AssetUnassign
from .groups import GroupCreate, GroupDelete, GroupGet, GroupList, GroupUpdate
from .members import MemberAssign, MemberDelete, MemberGet, MemberInvite, MemberUpdate
from .oauth import AccessTokenCreate, AccessTokenRevoke, AuthorizedAdvertisers
from .partners import PartnerAdd, PartnerAssetDelete, PartnerAssetGet, PartnerDelete, PartnerGet
from .pixels import PixelLinkGet, PixelLinkUpdate


def asset_groups(family: str) -> list[URLPattern]:
    """Clients are in use that write the family in either way."""
    return [
        path(f"{family}/create/", GroupCreate.as_view()),
        path(f"{family}/get/", GroupGet.as_view()),
        path(f"{family}/list/", GroupList.as_view()),
        path(f"{family}/update/", GroupUpdate.as_view()),
        path(f"{family}/delete/", GroupDelete.as_view()),
    ]


urlpatterns = [
    path("oauth2/access_token/", AccessTokenCreate.as_view()),
    path("oauth2/advertiser/get/", AuthorizedAdvertisers.as_view()),
    path("oauth2/revoke_token/", AccessTokenRevoke.as_view()),
    path("bc/member/get/", MemberGet.as_view()),
    path("bc/member/invite/", MemberInvite.as_view()),
    path("bc/member/update/", MemberUpdate.as_view()),
    path("bc/member/delete/", MemberDelete.as_view()),
    path("bc/member/assign/", MemberAssign.as_view()),
    path("bc/asset/get/", AssetGet.as_view()),
    path("bc/asset/admin/get/", AssetAdminGet.as_view()),
    path("bc/asset/admin/delete/", AssetAdminDelete.as_view()),
    path("bc/asset/assign/", AssetAssign.as_view()),
    path("bc/asset/unassign/", AssetUnassign.as_view()),
    path("bc/asset/member/get/", AssetMemberGet.as_view()),
    path("bc/asset/partner/get/", AssetPartnerGet.as_view()),
    *asset_groups("bc/asset_group"),
    *asset_groups("bc/asset/group"),
    path("bc/partner/get/", PartnerGet.as_view()),
    path("bc/partner/add/", PartnerAdd.as_view()),
    path("bc/partner/delete/", PartnerDelete.as_view()),
    path("bc/partner/asset/get/", PartnerAssetGet.as_view()),
    path("bc/partner/asset/delete/", PartnerAssetDelete.as_view()),
    path("bc/pixel/link/get/", PixelLinkGet.as_view()),
    path("bc/pixel/link/update/", PixelLinkUpdate.as_view()),
    path("bc/advertiser/create/", AdvertiserCreate.as_view()),
    path("bc/advertiser/attribute/", AdvertiserAttribute.as_view()),
    path("bc/advertiser/disable/", AdvertiserDisable.as_view()),
    path("advertiser/update/", AdvertiserUpdate.as_view()),
]
