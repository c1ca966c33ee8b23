"""/bc/asset/get|admin/get|admin/delete/: what I may use, and for Admins all that there is."""

from typing import Any

from accounts.access import load_membership
from accounts.permissions import BusinessPermission
from adaccounts.models import AdAccount
from adaccounts.services import give_up_account, remove_asset, unshare_asset
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Email, Id, Ids, Parameters, Text
from bizcenter.lib.open_api.paging import page_of

from .asset_rows import page_of_usable, promised, related, searched
from .asset_wire import admin_row, asset_row, promised_roles, roles_of
from .endpoint import (
    BusinessCommand,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .managing import managed
from .wire import ADVERTISER, SHOWN_STATUS, any_asset_type, modelled_asset_type


class AssetFilter(Parameters):
    keyword = Text(default="")
    user_id = Id(required=False)
    user_email = Email(required=False)


class AssetGetParameters(BusinessListParameters):
    asset_type = any_asset_type(without={"DOMAIN"})
    filtering = AssetFilter(default=dict)


class AssetGet(BusinessQuery):
    """Of oneself; Admins may ask about other members and about who is invited."""

    parameters = AssetGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted, center = params["filtering"], self.business_center
        kind, email = params["asset_type"], wanted.get("user_email")
        user, keyword = self.user, wanted.get("keyword", "")
        if email or wanted.get("user_id", user.pk) != user.pk:
            load_membership(user, center.pk, BusinessPermission.MANAGE_MEMBERS)
        if email and "user_id" in wanted:
            raise ApiError(Code.PARAMETER, "filtering.user_email: Send it or user_id, not both.")
        if email:
            rows, page_info = page_of(searched(promised(kind, center, email), keyword), params)
        else:
            user = self.member(wanted.get("user_id", user.pk), "filtering.user_id").user
            rows, page_info = page_of_usable(kind, center, user, keyword=keyword, params=params)
        roles = promised_roles(rows, center, email) if email else roles_of(rows, center, user)
        return {"list": [asset_row(kind, row, roles) for row in rows], "page_info": page_info}


class AssetAdminFilter(Parameters):
    keyword = Text(default="")
    advertiser_show_status = Choice(sorted(set(SHOWN_STATUS.values())), required=False)
    relation_status = Choice(("BOUND", "PENDING", "REJECTED", "UNBOUND"), required=False)
    relation_type = Choice(("OWNER_BC", "OWNER_INDIVIDUAL", "OWNER_PARTNER"), required=False)


class AssetAdminGetParameters(BusinessListParameters):
    asset_type = any_asset_type(without={"DOMAIN"})
    filtering = AssetAdminFilter(default=dict)


class AssetAdminGet(BusinessQuery):
    permission, parameters = BusinessPermission.MANAGE_MEMBERS, AssetAdminGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted, kind = params["filtering"], params["asset_type"]
        found = related(kind, self.business_center)
        if kind == ADVERTISER and (shown := wanted.get("advertiser_show_status")):
            states = [state for state, name in SHOWN_STATUS.items() if name == shown]
            found = found.filter(relation="BOUND", status__in=states)
        for name, column in (("relation_status", "relation"), ("relation_type", "owner")):
            if name in wanted:
                found = found.filter(**{column: wanted[name]})
        found = searched(found, wanted.get("keyword", ""), column="shown")
        rows, page_info = page_of(found, params)
        roles = roles_of(rows, self.business_center, self.user)
        return {"list": [admin_row(kind, row, roles) for row in rows], "page_info": page_info}


class AssetAdminDeleteParameters(BusinessParameters):
    asset_type = modelled_asset_type()
    asset_ids = Ids(min_length=1, max_length=50)


class AssetAdminDelete(BusinessCommand):
    """Own pixels and catalogs are removed, and what others share is given up. Own ad accounts keep
    their books: they are disabled instead."""

    permission, parameters = BusinessPermission.MANAGE_MEMBERS, AssetAdminDeleteParameters

    def answer(self, params: dict[str, Any]) -> None:
        for asset_id in params["asset_ids"]:
            self.delete(managed(self, params["asset_type"], asset_id, "asset_ids"))

    def delete(self, thing: Any) -> None:
        is_own = thing.business_center_id == self.business_center.pk
        if not is_own and isinstance(thing, AdAccount):
            partner = self.business_center
            give_up_account(ad_account=thing, partner=partner, **who_and_how(self))
        elif not is_own:
            unshare_asset(asset=thing, partner=self.business_center, **who_and_how(self))
        elif isinstance(thing, AdAccount):
            raise ApiError(
                Code.PARAMETER,
                "asset_ids: An ad account of one's own is not deleted; "
                "disable it with /bc/advertiser/disable/.",
            )
        else:
            remove_asset(asset=thing, **who_and_how(self))
