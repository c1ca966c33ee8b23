"""Saying who may use and who may manage a pixel or a catalog; each change is in the log."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import ActivityEntry, BusinessCenter, Membership, User
from accounts.services import activity_entry, record_activities
from accounts.services.members import lock_members
from adaccounts.models import AssetShare, BusinessAsset, BusinessAssetUserObjectPermission
from adaccounts.permissions import AssetRole
from adaccounts.queries.held import direct_roles

from .grants import BeyondTheShare, NotAMember
from .in_charge import check_still_in_charge
from .placing import permission_rows


@transaction.atomic
def grant_asset(
    *,
    asset: BusinessAsset,
    user: User,
    role: AssetRole,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person has exactly this role on the asset, as a member of `through` (the owner unless
    given). Raises NotAMember, BeyondTheShare for more than a partner was given, and
    NotInChargeAnyMore."""
    source = through or asset.business_center
    lock_members(source)
    if not Membership.objects.filter(business_center=source, user=user).exists():
        raise NotAMember(f"{user} is not a member of {source.name}. Invite them first.")
    if source.pk != asset.business_center_id:
        shares = AssetShare.objects.select_for_update(of=("self",), no_key=True)
        share = shares.filter(asset=asset, partnership__partner=source).first()
        if share is None or not role.permissions <= AssetRole(share.role).permissions:
            raise BeyondTheShare(
                f"{asset.name} is not shared with {source.name} as “{role.label}”.", field="role"
            )
    check_still_in_charge(asset, source, actor)
    place_asset(asset=asset, user=user, role=role, actor=actor, at=at, through=source)


@transaction.atomic
def revoke_asset(
    *,
    asset: BusinessAsset,
    user: User,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person may not use the asset as a member of `through` (the owner unless given); without
    a role nothing changes. Raises NotInChargeAnyMore."""
    source = through or asset.business_center
    lock_members(source)
    check_still_in_charge(asset, source, actor)
    place_asset(asset=asset, user=user, role=None, actor=actor, at=at, through=source)


def place_asset(
    *,
    asset: BusinessAsset,
    user: User,
    role: AssetRole | None,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person has this role, and the log says so if that is new. Callers check."""
    source = through or asset.business_center
    place_assets(user=user, through=source, wanted={asset: role}, actor=actor, at=at)


@transaction.atomic
def place_assets(
    *,
    user: User,
    through: BusinessCenter,
    wanted: Mapping[BusinessAsset, AssetRole | None],
    actor: User | None,
    at: datetime,
) -> None:
    """The person has these roles as a member of `through`, in a fixed number of queries; the log
    tells of each that is new. Callers check that they may."""
    held = direct_roles(user, through, list(wanted))
    changes = {asset: role for asset, role in wanted.items() if held.get(asset.pk) != role}
    if not changes:
        return
    BusinessAssetUserObjectPermission.objects.filter(
        user=user, through=through, content_object__in=list(changes)
    ).delete()
    permissions = permission_rows("businessasset")
    BusinessAssetUserObjectPermission.objects.bulk_create(
        BusinessAssetUserObjectPermission(
            content_object=asset,
            user=user,
            through=through,
            permission=permissions[permission.value],
        )
        for asset, role in changes.items()
        for permission in (role.permissions if role else ())
    )
    record_activities(
        _entry(asset, user, held.get(asset.pk), role, actor, at) for asset, role in changes.items()
    )


def _entry(
    asset: BusinessAsset,
    user: User,
    before: AssetRole | None,
    after: AssetRole | None,
    actor: User | None,
    at: datetime,
) -> ActivityEntry:
    said = (
        f"Gave {user} the role “{after.label}” on {asset.name}"
        if after
        else f"Took {user}'s access to {asset.name} away"
    )
    return activity_entry(
        business_center_id=asset.business_center_id,
        actor=actor,
        at=at,
        action="grant_asset" if after else "revoke_asset",
        summary=said,
        reference=f"{asset.kind}:{asset.pk}",
        label=asset.name,
        subject_id=user.pk,
        before={"person": str(user), "role": before},
        after={"person": str(user), "role": after},
    )
