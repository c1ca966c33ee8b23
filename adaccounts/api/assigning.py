"""/bc/asset/assign|unassign|member/get|partner/get/: who has an asset, and giving it to people."""

from typing import Any

from accounts.models import Membership
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAssetUserObjectPermission,
    Partnership,
)
from adaccounts.permissions import AssetRole
from adaccounts.services import NoSuchGrant, grant_access, grant_asset, revoke_access, revoke_asset
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Id, Parameters, Text
from bizcenter.lib.open_api.paging import page_info, page_of, page_size

from .asset_wire import Thing, codenames, role_fields
from .endpoint import (
    BusinessCommand,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .managing import managed
from .member_rows import people_named
from .wire import (
    ADVERTISER,
    ASSET_ROLES,
    CATALOG,
    LEVELS,
    MODELLED,
    OTHERS,
    PIXEL,
    any_asset_type,
    extended_role,
    modelled_asset_type,
)


class UnassignParameters(BusinessParameters):
    user_id = Id()
    asset_type = modelled_asset_type()
    asset_id = Id()


class AssignParameters(UnassignParameters):
    advertiser_role = Choice(LEVELS, required=False)
    catalog_role = Choice(ASSET_ROLES, required=False)


class AssetAssign(BusinessCommand):
    """A pixel has no role on the wire: whoever has it may use it in ads."""

    parameters, wire_names = AssignParameters, {"level": "advertiser_role", "role": "catalog_role"}

    def answer(self, params: dict[str, Any]) -> None:
        kind = params["asset_type"]
        name = {ADVERTISER: "advertiser_role", CATALOG: "catalog_role"}.get(kind)
        if name and name not in params:
            raise ApiError(Code.PARAMETER, f"{name}: This field is required for {kind}.")
        thing = managed(self, kind, params["asset_id"])
        user = self.member(params["user_id"]).user
        given: dict[str, Any] = {"through": self.business_center, **who_and_how(self)}
        if isinstance(thing, AdAccount):
            level = LEVELS[params["advertiser_role"]]
            grant_access(ad_account=thing, user=user, level=level, **given)
        else:
            role = ASSET_ROLES[params["catalog_role"]] if name else AssetRole.USER
            grant_asset(asset=thing, user=user, role=role, **given)


class AssetUnassign(BusinessCommand):
    """Taking away what is not there changes nothing."""

    parameters = UnassignParameters

    def answer(self, params: dict[str, Any]) -> None:
        thing = managed(self, params["asset_type"], params["asset_id"])
        user = self.member(params["user_id"]).user
        taken: dict[str, Any] = {"through": self.business_center, **who_and_how(self)}
        if not isinstance(thing, AdAccount):
            revoke_asset(asset=thing, user=user, **taken)
            return
        try:
            revoke_access(ad_account=thing, user=user, **taken)
        except NoSuchGrant:
            return


class AssetMemberFilter(Parameters):
    keyword = Text(default="", max_length=250)


class AssetMemberParameters(BusinessListParameters):
    asset_type = any_asset_type(without={PIXEL, *OTHERS} - {"LEAD"})
    asset_id = Id()
    filtering = AssetMemberFilter(default=dict)
    page_size = page_size(20)


class AssetMemberGet(BusinessQuery):
    """The Business Center's own people; those of partners are the partners' business."""

    parameters = AssetMemberParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["asset_type"] not in MODELLED:
            return {"list": [], "page_info": page_info(params, 0)}
        thing, center = (
            managed(self, params["asset_type"], params["asset_id"]),
            self.business_center,
        )
        found = people_named(center, params["filtering"].get("keyword", ""))
        found = found.filter(user__in=_grants(thing).filter(through=center).values("user_id"))
        members, info = page_of(found, params)
        held = codenames([thing], center, [it.user_id for it in members])
        rows = [asset_member(it, thing, held.get((it.user_id, thing.pk), set())) for it in members]
        return {"list": rows, "page_info": info}


class AssetPartnerFilter(Parameters):
    keyword = Text(default="")


class AssetPartnerParameters(BusinessListParameters):
    asset_type = any_asset_type()
    asset_id = Id()
    filtering = AssetPartnerFilter(default=dict)


class AssetPartnerGet(BusinessQuery):
    """With whom the Business Center shares it."""

    parameters = AssetPartnerParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        kind = params["asset_type"]
        if kind not in MODELLED:
            return {"list": [], "page_info": page_info(params, 0)}
        thing = managed(self, kind, params["asset_id"])
        shares = "account_shares__ad_account" if kind == ADVERTISER else "asset_shares__asset"
        found = Partnership.objects.filter(business_center=self.business_center, **{shares: thing})
        found = found.filter(partner__name__icontains=params["filtering"].get("keyword", ""))
        rows, info = page_of(
            found.select_related("partner").order_by("partner__name", "pk"), params
        )
        return {"list": [partner_row(row) for row in rows], "page_info": info}


def partner_row(partnership: Partnership) -> dict[str, Any]:
    return {"bc_id": str(partnership.partner_id), "bc_name": partnership.partner.name}


def asset_member(member: Membership, thing: Thing, held: set[str]) -> dict[str, Any]:
    return {
        "user_id": str(member.user_id),
        "user_name": member.shown_name,
        "user_email": member.user.email,
        "user_role": member.role.upper(),
        "ext_user_role": extended_role(member.finance_role),
        "relation_status": "BOUND",
        **role_fields(thing, held),
    }


def _grants(thing: Thing) -> Any:
    if isinstance(thing, AdAccount):
        return AdAccountUserObjectPermission.objects.filter(content_object=thing)
    return BusinessAssetUserObjectPermission.objects.filter(content_object=thing)
