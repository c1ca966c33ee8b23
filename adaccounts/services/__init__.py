"""Opening ad accounts and saying who may enter them."""

from .accounts import InvalidAdAccount, create_ad_account
from .asset_grants import grant_asset, revoke_asset
from .grants import (
    BeyondTheShare,
    LastAccountAdmin,
    NoSuchGrant,
    NotAMember,
    grant_access,
    revoke_access,
)
from .people import (
    AccountsNeeded,
    NotRegistered,
    add_person,
    change_person,
    remove_person,
)
from .sharing import OwnBusinessCenter, add_partner, share_account

__all__ = [
    "AccountsNeeded",
    "BeyondTheShare",
    "InvalidAdAccount",
    "LastAccountAdmin",
    "NoSuchGrant",
    "NotAMember",
    "NotRegistered",
    "OwnBusinessCenter",
    "add_partner",
    "add_person",
    "change_person",
    "create_ad_account",
    "grant_access",
    "grant_asset",
    "remove_person",
    "revoke_access",
    "revoke_asset",
    "share_account",
]
