"""What a Business Center owns, who may enter and use it, and what it shares with others."""

from .ad_account import AdAccount
from .asking import AccessRequest, InvitedAccount, InvitedAsset
from .asset import AssetLink, BusinessAsset
from .grants import (
    AdAccountGroupObjectPermission,
    AdAccountUserObjectPermission,
    BusinessAssetGroupObjectPermission,
    BusinessAssetUserObjectPermission,
)
from .group import AssetGroup, AssetGroupMember
from .sharing import AccountShare, AssetShare, LinkRequest, Partnership

__all__ = [
    "AccessRequest",
    "AccountShare",
    "AdAccount",
    "AdAccountGroupObjectPermission",
    "AdAccountUserObjectPermission",
    "AssetGroup",
    "AssetGroupMember",
    "AssetLink",
    "AssetShare",
    "BusinessAsset",
    "BusinessAssetGroupObjectPermission",
    "BusinessAssetUserObjectPermission",
    "InvitedAccount",
    "InvitedAsset",
    "LinkRequest",
    "Partnership",
]
