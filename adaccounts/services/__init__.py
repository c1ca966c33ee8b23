"""Opening ad accounts and saying who may enter them."""

from .accounts import AccountFacts, InvalidAdAccount, create_ad_account, update_ad_account
from .answering import OwnRequest, approve_request, decline_request
from .asking import AlreadyAllowed, ask_for_access
from .asset_grants import grant_asset, revoke_asset
from .assets import InvalidAsset, create_asset, link_asset, remove_asset, rename_asset
from .giving import NotOurs, give
from .grants import (
    BeyondTheShare,
    LastAccountAdmin,
    NoSuchGrant,
    NotAMember,
    grant_access,
    revoke_access,
)
from .groups import (
    InvalidGroup,
    add_to_asset_group,
    create_asset_group,
    delete_asset_group,
    rename_asset_group,
    take_from_asset_group,
)
from .in_charge import NotInChargeAnyMore
from .invitations import (
    accept_invitation,
    ask_for_new_link,
    change_invitation,
    decline_invitation,
    invite_people,
    invite_person,
    resend_invitation,
    revoke_invitation,
)
from .links import AlreadyDecided, CannotLink, decide_link, request_link, withdraw_link
from .mailing import mail_invitation
from .over_delivery import set_over_delivery
from .partners import NotAPartner, remove_partner, share_asset, unshare_asset
from .people import (
    NotRegistered,
    add_person,
    change_person,
    end_due_access,
    leave_business,
    remove_person,
)
from .settings import (
    InvalidSetting,
    reset_spending_cap,
    set_blocked_words,
    set_defaults,
    set_spending_cap,
)
from .sharing import (
    NotShared,
    OwnBusinessCenter,
    add_partner,
    give_up_account,
    share_account,
    unshare_account,
)
from .states import (
    ReasonNeeded,
    WrongState,
    await_contract,
    decide_ad_account,
    decide_due_ad_accounts,
    disable_ad_account,
    enable_ad_account,
    lift_suspension,
    start_contract,
    suspend_ad_account,
)

__all__ = [
    "AccountFacts",
    "AlreadyAllowed",
    "AlreadyDecided",
    "BeyondTheShare",
    "CannotLink",
    "InvalidAdAccount",
    "InvalidAsset",
    "InvalidGroup",
    "InvalidSetting",
    "LastAccountAdmin",
    "NoSuchGrant",
    "NotAMember",
    "NotAPartner",
    "NotInChargeAnyMore",
    "NotOurs",
    "NotRegistered",
    "NotShared",
    "OwnBusinessCenter",
    "OwnRequest",
    "ReasonNeeded",
    "WrongState",
    "accept_invitation",
    "add_partner",
    "add_person",
    "add_to_asset_group",
    "approve_request",
    "ask_for_access",
    "ask_for_new_link",
    "await_contract",
    "change_invitation",
    "change_person",
    "create_ad_account",
    "create_asset",
    "create_asset_group",
    "decide_ad_account",
    "decide_due_ad_accounts",
    "decide_link",
    "decline_invitation",
    "decline_request",
    "delete_asset_group",
    "disable_ad_account",
    "enable_ad_account",
    "end_due_access",
    "give",
    "give_up_account",
    "grant_access",
    "grant_asset",
    "invite_people",
    "invite_person",
    "leave_business",
    "lift_suspension",
    "link_asset",
    "mail_invitation",
    "remove_asset",
    "remove_partner",
    "remove_person",
    "rename_asset",
    "rename_asset_group",
    "request_link",
    "resend_invitation",
    "reset_spending_cap",
    "revoke_access",
    "revoke_asset",
    "revoke_invitation",
    "set_blocked_words",
    "set_defaults",
    "set_over_delivery",
    "set_spending_cap",
    "share_account",
    "share_asset",
    "start_contract",
    "suspend_ad_account",
    "take_from_asset_group",
    "unshare_account",
    "unshare_asset",
    "update_ad_account",
    "withdraw_link",
]
