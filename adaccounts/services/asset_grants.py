"""Saying who may use and who may manage a pixel or a catalog; each change is in the log."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.services import record_activity
from accounts.services.members import lock_members
from adaccounts.models import AssetShare, BusinessAsset, BusinessAssetUserObjectPermission
from adaccounts.permissions import AssetPermission, AssetRole, asset_role_of

from .grants import BeyondTheShare, NotAMember
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
    given). Raises NotAMember, and BeyondTheShare for more than a partner was given."""
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
    """The person may not use the asset as a member of `through`; without a role nothing changes."""
    place_asset(asset=asset, user=user, role=None, actor=actor, at=at, through=through)


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
    rows = BusinessAssetUserObjectPermission.objects.filter(
        content_object=asset, user=user, through=source
    )
    before = asset_role_of(set(rows.values_list("permission__codename", flat=True)))
    if before == role:
        return
    _set(asset, user, role.permissions if role else frozenset(), source)
    record_activity(
        business_center=asset.business_center,
        actor=actor,
        at=at,
        action="grant_asset" if role else "revoke_asset",
        summary=(
            f"Gave {user} the role “{role.label}” on {asset.name}"
            if role
            else f"Took {user}'s access to {asset.name} away"
        ),
        reference=f"{asset.kind}:{asset.pk}",
        label=asset.name,
        subject=user,
        before={"person": str(user), "role": before},
        after={"person": str(user), "role": role},
    )


def _set(
    asset: BusinessAsset, user: User, wanted: frozenset[AssetPermission], source: BusinessCenter
) -> None:
    rows = BusinessAssetUserObjectPermission.objects.filter(
        content_object=asset, user=user, through=source
    )
    rows.exclude(permission__codename__in=wanted).delete()
    BusinessAssetUserObjectPermission.objects.bulk_create(
        [
            BusinessAssetUserObjectPermission(
                content_object=asset, user=user, permission=row, through=source
            )
            for codename, row in permission_rows("businessasset").items()
            if codename in wanted
        ],
        ignore_conflicts=True,
    )
