"""Whose people and partners a caller may change: one ad account's, or one asset's."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.access import business_permission_needed
from accounts.permissions import BusinessPermission, permissions_of
from adaccounts.access import load_ad_account
from adaccounts.access.assets import load_asset
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, Permission, visible_to
from adaccounts.queries.people import accounts_within_reach
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.errors import no_permission_to_operate

from .asset_rows import in_business, things
from .asset_wire import codenames
from .endpoint import BusinessEndpoint
from .wire import ADVERTISER


def managed(call: BusinessEndpoint, asset_type: str, asset_id: int, name: str = "asset_id") -> Any:
    """The Business Center's own or shared thing, for its Admins and for who manages the thing.

    What it has nothing to do with is answered as if it did not exist.
    """
    found = in_business(asset_type, call.business_center).select_related("business_center")
    thing = found.filter(pk=asset_id).first()
    if thing is None and asset_type == ADVERTISER:
        raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {asset_id}.")
    if thing is None:
        raise ApiError(
            Code.NOT_FOUND, f"{name}: {asset_id} does not exist in this Business Center."
        )
    if BusinessPermission.MANAGE_MEMBERS in permissions_of(call.membership):
        return thing
    if asset_type == ADVERTISER:
        managed_account(call, asset_id)
    else:
        load_asset(call.user, asset_id, AssetPermission.MANAGE_ASSET)
    # Who manages it as a member of another Business Center looks after the people of that one.
    if not _manages_here(call, thing):
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


def accounts_in_sight(call: BusinessEndpoint) -> QuerySet[AdAccount]:
    """All that can be reached, for Admins; for others those of them that they may enter."""
    found = accounts_within_reach(call.business_center)
    if BusinessPermission.MANAGE_MEMBERS in permissions_of(call.membership):
        return found
    return found.filter(pk__in=visible_to(call.user).values("pk"))


def accounts_in_sight_with(
    call: BusinessEndpoint, advertiser_ids: Sequence[int]
) -> list[AdAccount]:
    """Those in sight with these ids, in their order; others are answered as if there were none."""
    return _all_of(accounts_in_sight(call), advertiser_ids)


def _all_of(rows: QuerySet[AdAccount], advertiser_ids: Sequence[int]) -> list[AdAccount]:
    wanted = dict.fromkeys(advertiser_ids)
    found = rows.select_related("business_center").in_bulk(wanted)
    for pk in wanted:
        if pk not in found:
            raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {pk}.")
    return [found[pk] for pk in wanted]


def _manages_here(call: BusinessEndpoint, thing: AdAccount | BusinessAsset) -> bool:
    held = codenames([thing], call.business_center, [call.user])[call.user.pk, thing.pk]
    return bool(held & {Permission.MANAGE_ACCOUNT.value, AssetPermission.MANAGE_ASSET.value})
