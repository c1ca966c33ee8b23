"""Whose people and partners a caller may change: one ad account's, or one asset's."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.access import business_permission_needed
from accounts.permissions import BusinessPermission, permissions_of
from adaccounts.access import load_ad_account
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, Permission, asset_permissions_in
from adaccounts.queries.people import accounts_within_reach
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.errors import no_permission_to_operate

from .asset_rows import in_business, things
from .endpoint import BusinessEndpoint
from .wire import ADVERTISER


def managed(call: BusinessEndpoint, asset_type: str, asset_id: int, name: str = "asset_id") -> Any:
    """The Business Center's own or shared thing, for those who may change who has it.

    What it has nothing to do with is answered as if it did not exist.
    """
    found = in_business(asset_type, call.business_center).select_related("business_center")
    thing = found.filter(pk=asset_id).first()
    if isinstance(thing, AdAccount) and thing.business_center_id == call.business_center.pk:
        return managed_account(call, asset_id)
    if thing is None and asset_type == ADVERTISER:
        raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {asset_id}.")
    if thing is None:
        raise ApiError(
            Code.NOT_FOUND, f"{name}: {asset_id} does not exist in this Business Center."
        )
    if not _is_admin(call) and not _manages(call, thing):
        raise business_permission_needed(call.business_center, BusinessPermission.MANAGE_MEMBERS)
    return thing


def managed_account(call: BusinessEndpoint, advertiser_id: int) -> AdAccount:
    """An ad account whose settings and people the caller may change, as on its pages."""
    with no_permission_to_operate(f"advertiser {advertiser_id}"):
        return load_ad_account(call.user, advertiser_id, Permission.MANAGE_ACCOUNT)


def own_accounts(call: BusinessEndpoint, advertiser_ids: Sequence[int]) -> list[AdAccount]:
    """The Business Center's own ad accounts with these ids, in their order."""
    rows = AdAccount.objects.filter(business_center=call.business_center)
    return _all_of(rows, advertiser_ids)


def owned(call: BusinessEndpoint, asset_type: str, asset_ids: Sequence[int]) -> list[Any]:
    """The Business Center's own things of a kind with these ids, in their order."""
    if asset_type == ADVERTISER:
        return list(own_accounts(call, asset_ids))
    wanted = dict.fromkeys(asset_ids)
    rows = things(asset_type).filter(business_center=call.business_center)
    found = rows.select_related("business_center").in_bulk(wanted)
    for pk in wanted:
        if pk not in found:
            raise ApiError(
                Code.NOT_FOUND, f"asset_ids: {pk} does not exist in this Business Center."
            )
    return [found[pk] for pk in wanted]


def reachable_accounts(call: BusinessEndpoint, advertiser_ids: Sequence[int]) -> list[AdAccount]:
    """The same with those that are shared with it."""
    return _all_of(accounts_within_reach(call.business_center), advertiser_ids)


def _all_of(rows: QuerySet[AdAccount], advertiser_ids: Sequence[int]) -> list[AdAccount]:
    wanted = dict.fromkeys(advertiser_ids)
    found = rows.select_related("business_center").in_bulk(wanted)
    for pk in wanted:
        if pk not in found:
            raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {pk}.")
    return [found[pk] for pk in wanted]


def _is_admin(call: BusinessEndpoint) -> bool:
    return BusinessPermission.MANAGE_MEMBERS in permissions_of(call.membership)


def _manages(call: BusinessEndpoint, thing: AdAccount | BusinessAsset) -> bool:
    return isinstance(thing, BusinessAsset) and (
        AssetPermission.MANAGE_ASSET in asset_permissions_in(call.user, thing.pk)
    )
