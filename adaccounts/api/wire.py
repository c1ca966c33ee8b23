"""The wire's words for roles, states and kinds of assets."""

from collections.abc import Collection
from typing import Any

from accounts.models import Membership
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole, Level
from bizcenter.lib.open_api.fields import Choice, Parameters

ADVERTISER, CATALOG, PIXEL = "ADVERTISER", "CATALOG", "PIXEL"
MODELLED = (ADVERTISER, CATALOG, PIXEL)
OTHERS = ("DOMAIN", "LEAD", "STOREFRONT", "TIKTOK_SHOP", "TT_ACCOUNT")

LEVELS = {level.name: level for level in Level}
ASSET_ROLES = {"ADMIN": AssetRole.MANAGER, "AD_PROMOTE": AssetRole.USER}
KINDS = {CATALOG: BusinessAsset.Kind.CATALOG, PIXEL: BusinessAsset.Kind.PIXEL}
ROLES = {role.name: role for role in Membership.Role}
FINANCE_ROLES = {
    role.name: role for role in Membership.FinanceRole if role != Membership.FinanceRole.NONE
}
SHOWN_STATUS = {
    AdAccount.Status.IN_REVIEW: "SHOW_ACCOUNT_STATUS_IN_REVIEW",
    AdAccount.Status.APPROVED: "SHOW_ACCOUNT_STATUS_APPROVED",
    AdAccount.Status.DISAPPROVED: "SHOW_ACCOUNT_STATUS_NOT_APPROVED",
    AdAccount.Status.CONTRACT_PENDING: "SHOW_ACCOUNT_STATUS_IN_REVIEW",
    AdAccount.Status.SUSPENDED: "SHOW_ACCOUNT_STATUS_PUNISHED",
    AdAccount.Status.DISABLED: "SHOW_ACCOUNT_STATUS_NOT_APPROVED",
}


def any_asset_type(*, without: Collection[str] = ()) -> Choice:
    """For reading: of the kinds that are not modelled there is none. Which kinds a call knows
    differs on the wire."""
    return Choice([kind for kind in (*MODELLED, *OTHERS) if kind not in without])


def modelled_asset_type() -> Choice:
    """For changing: the other kinds are refused rather than pretended."""
    return Choice(MODELLED, documented=OTHERS)


def only_advertisers(**kwargs: Any) -> Choice:
    return Choice((ADVERTISER,), documented=(CATALOG, PIXEL, *OTHERS), **kwargs)


class ExtendedRole(Parameters):
    """`ext_user_role`: finance as the second layer."""

    finance_role = Choice(FINANCE_ROLES, required=False)


def extended_role(finance_role: str) -> dict[str, Any]:
    is_none = finance_role == Membership.FinanceRole.NONE
    return {"finance_role": None if is_none else finance_role.upper()}


def wire_role(role: AssetRole | None) -> str | None:
    return next((name for name, each in ASSET_ROLES.items() if each == role), None)
