"""One row of an asset as the wire shows it, with the role that a person has there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from accounts.models import BusinessCenter, User
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
    InvitedAccount,
)
from adaccounts.permissions import AssetRole, Level, asset_role_of, level_of
from adaccounts.queries.held import shared_levels, shared_roles

from .wire import ADVERTISER, CATALOG, SHOWN_STATUS, wire_role

Thing = AdAccount | BusinessAsset


def codenames(
    things: Sequence[Thing], business_center: BusinessCenter, users: Collection[User | int]
) -> dict[tuple[int, int], set[str]]:
    """{(person, thing): permissions} that they have as members of this Business Center."""
    grants: Any = BusinessAssetUserObjectPermission.objects
    if things and isinstance(things[0], AdAccount):
        grants = AdAccountUserObjectPermission.objects
    rows = grants.filter(content_object__in=things, user__in=users, through=business_center)
    held: dict[tuple[int, int], set[str]] = defaultdict(set)
    for user_id, thing_id, codename in rows.values_list(
        "user_id", "content_object_id", "permission__codename"
    ):
        held[user_id, thing_id].add(codename)
    return held


def roles_of(
    things: Sequence[Thing], business_center: BusinessCenter, user: User
) -> dict[int, dict[str, Any]]:
    """{thing: the wire's role fields} of one person."""
    held = codenames(things, business_center, [user])
    return {thing.pk: role_fields(thing, held.get((user.pk, thing.pk), set())) for thing in things}


def promised_roles(
    things: Sequence[Thing], business_center: BusinessCenter, email: str
) -> dict[int, dict[str, Any]]:
    """{thing: the wire's role fields} that an open invitation will give."""
    rows = InvitedAccount.objects.filter(
        ad_account__in=[thing.pk for thing in things],
        invitation__business_center=business_center,
        invitation__email__iexact=email,
        invitation__state="pending",
    )
    return {
        account_id: _fields(Level(level), None)
        for account_id, level in rows.values_list("ad_account_id", "level")
    }


def shared_role_fields(
    things: Sequence[Thing], partner: BusinessCenter
) -> dict[int, dict[str, Any]]:
    """{thing: the wire's role fields} up to which it is shared with the partner."""
    accounts = [thing for thing in things if isinstance(thing, AdAccount)]
    levels = shared_levels(partner, accounts)
    fields = {pk: _fields(level, None) for pk, level in levels.items()}
    assets = [thing for thing in things if isinstance(thing, BusinessAsset)]
    catalogs = [thing for thing in assets if thing.kind == BusinessAsset.Kind.CATALOG]
    return fields | {pk: _fields(None, it) for pk, it in shared_roles(partner, catalogs).items()}


def role_fields(thing: Thing, held: set[str]) -> dict[str, Any]:
    if isinstance(thing, AdAccount):
        return _fields(level_of(held), None)
    return _fields(None, asset_role_of(held) if thing.kind == BusinessAsset.Kind.CATALOG else None)


def _fields(level: Level | None, role: AssetRole | None) -> dict[str, Any]:
    return {"advertiser_role": level.name if level else None, "catalog_role": wire_role(role)}


def asset_row(asset_type: str, thing: Thing, roles: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """As /bc/asset/get/ lists it."""
    is_account = asset_type == ADVERTISER
    return {
        "asset_type": asset_type,
        "asset_id": str(thing.pk),
        "asset_name": thing.name,
        "owner_bc_name": thing.business_center.name,
        "advertiser_account_type": "AUCTION" if is_account else None,
        **(roles.get(thing.pk) or _fields(None, None)),
        # Whether a catalog has enough products is not modelled.
        "ad_creation_eligible": None,
        "store_role": None,
        "tt_account_roles": None,
    }


def admin_row(asset_type: str, thing: Any, roles: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """As /bc/asset/admin/get/ lists it. What others have not shared yet is an id and no more."""
    row = {
        **asset_row(asset_type, thing, roles),
        "advertiser_status": SHOWN_STATUS[thing.status] if asset_type == ADVERTISER else None,
        "pixel_code": thing.code if asset_type not in (ADVERTISER, CATALOG) else None,
        "relation_status": thing.relation,
        "relation_type": thing.owner,
    }
    if thing.relation != "BOUND":
        row |= {"asset_name": None, "owner_bc_name": None, "advertiser_status": None}
    return row
