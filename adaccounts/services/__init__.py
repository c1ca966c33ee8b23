"""Opening ad accounts and saying who may enter them."""

from .accounts import InvalidAdAccount, create_ad_account
from .grants import LastAccountAdmin, NoSuchGrant, grant_access, revoke_access
from .people import (
    AccountsNeeded,
    NotRegistered,
    add_person,
    change_person,
    remove_person,
)

__all__ = [
    "AccountsNeeded",
    "InvalidAdAccount",
    "LastAccountAdmin",
    "NoSuchGrant",
    "NotRegistered",
    "add_person",
    "change_person",
    "create_ad_account",
    "grant_access",
    "remove_person",
    "revoke_access",
]
