"""/bc/partner/*: working with other Business Centers."""

from typing import Any

from django.db.models import Q

from accounts.models import BusinessCenter
from accounts.permissions import BusinessPermission
from adaccounts.models import AdAccount, Partnership
from adaccounts.services import (
    add_partner,
    remove_partner,
    share_account,
    unshare_account,
    unshare_asset,
)
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Id, Ids, Parameters, Text, Unmodelled
from bizcenter.lib.open_api.paging import page_of

from .asset_rows import searched, things
from .asset_wire import asset_row, shared_role_fields
from .assigning import partner_row
from .endpoint import (
    BusinessCommand,
    BusinessEndpoint,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .managing import own_accounts, owned
from .wire import LEVELS, OTHERS, PIXEL, any_asset_type, modelled_asset_type, only_advertisers

TIERS = "tiered Business Centers"


class PartnerFilter(Parameters):
    name = Text(default="")


class PartnerGetParameters(BusinessListParameters):
    filtering = PartnerFilter(default=dict)


class PartnerGet(BusinessQuery):
    permission, parameters = BusinessPermission.MANAGE_MEMBERS, PartnerGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        found = Partnership.objects.filter(business_center=self.business_center)
        found = found.filter(partner__name__icontains=params["filtering"].get("name", ""))
        rows, page_info = page_of(
            found.select_related("partner").order_by("partner__name", "pk"), params
        )
        return {"list": [partner_row(row) for row in rows], "page_info": page_info}


class PartnerAddParameters(BusinessParameters):
    partner_id = Id()
    asset_type = only_advertisers(default="ADVERTISER")
    asset_ids = Ids(default=list, max_length=50)
    advertiser_role = Choice(LEVELS, default="ANALYST")
    source_child_bc_id = Unmodelled(TIERS)
    target_child_bc_id = Unmodelled(TIERS)


class PartnerAdd(BusinessCommand):
    """Adding again changes the level of the named ad accounts and nothing else."""

    permission, parameters = BusinessPermission.MANAGE_MEMBERS, PartnerAddParameters

    def answer(self, params: dict[str, Any]) -> None:
        partner = BusinessCenter.objects.filter(pk=params["partner_id"]).first()
        if partner is None:
            raise ApiError(
                Code.NOT_FOUND, f"partner_id: there is no Business Center {params['partner_id']}."
            )
        accounts = own_accounts(self, params["asset_ids"])
        done = who_and_how(self)
        add_partner(business_center=self.business_center, partner=partner, **done)
        level = LEVELS[params["advertiser_role"]]
        for account in accounts:
            share_account(ad_account=account, partner=partner, level=level, **done)


class PartnerParameters(BusinessParameters):
    partner_id = Id()


class PartnerDelete(BusinessCommand):
    """What the partner shares with us stays: that is theirs to end."""

    permission, parameters = BusinessPermission.MANAGE_MEMBERS, PartnerParameters

    def answer(self, params: dict[str, Any]) -> None:
        partner = partner_of(self, params["partner_id"])
        remove_partner(business_center=self.business_center, partner=partner, **who_and_how(self))


class PartnerAssetFilter(Parameters):
    keyword = Text(default="")


class PartnerAssetGetParameters(BusinessListParameters):
    partner_id = Id()
    asset_type = any_asset_type(without={PIXEL, *OTHERS} - {"DOMAIN"})
    share_type = Choice(("SHARED", "SHARING"))
    filtering = PartnerAssetFilter(default=dict)


class PartnerAssetGet(BusinessQuery):
    """SHARING is what we share with the partner, SHARED what the partner shares with us."""

    permission, parameters = BusinessPermission.MANAGE_MEMBERS, PartnerAssetGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        kind, center = params["asset_type"], self.business_center
        owner, user = center, either_partner(self, params["partner_id"])
        if params["share_type"] == "SHARED":
            owner, user = user, owner
        shared = {
            "shares__partnership__business_center": owner,
            "shares__partnership__partner": user,
        }
        found = things(kind).filter(business_center=owner, **shared)
        found = searched(found, params["filtering"].get("keyword", ""))
        rows, page_info = page_of(found, params)
        roles = shared_role_fields(rows, user)
        return {"list": [asset_row(kind, row, roles) for row in rows], "page_info": page_info}


class PartnerAssetDeleteParameters(PartnerParameters):
    asset_type = modelled_asset_type()
    asset_ids = Ids(min_length=1, max_length=50)


class PartnerAssetDelete(BusinessCommand):
    """Ends the sharing of these and nothing else."""

    permission, parameters = BusinessPermission.MANAGE_MEMBERS, PartnerAssetDeleteParameters

    def answer(self, params: dict[str, Any]) -> None:
        partner = partner_of(self, params["partner_id"])
        ended: dict[str, Any] = {"partner": partner, **who_and_how(self)}
        for thing in owned(self, params["asset_type"], params["asset_ids"]):
            if isinstance(thing, AdAccount):
                unshare_account(ad_account=thing, **ended)
            else:
                unshare_asset(asset=thing, **ended)


def partner_of(call: BusinessEndpoint, partner_id: int) -> BusinessCenter:
    """Whom the Business Center has added."""
    added = Partnership.objects.filter(business_center=call.business_center, partner=partner_id)
    found = added.select_related("partner").first()
    if found is None:
        raise ApiError(Code.NOT_FOUND, f"partner_id: {partner_id} is no partner.")
    return found.partner


def either_partner(call: BusinessEndpoint, partner_id: int) -> BusinessCenter:
    """Whom the Business Center has added, or who has added it."""
    rows = BusinessCenter.objects.filter(pk=partner_id)
    own = Q(partnerships_of_others__business_center=call.business_center)
    found = rows.filter(own | Q(partnerships__partner=call.business_center)).distinct().first()
    if found is None:
        raise ApiError(Code.NOT_FOUND, f"partner_id: {partner_id} is no partner.")
    return found
