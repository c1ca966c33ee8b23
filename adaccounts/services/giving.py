"""The one function that turns `Access` into grants, whoever asks for it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AssetShare,
    BusinessAsset,
)
from adaccounts.permissions import Access, AssetRole, Level
from adaccounts.queries.held import direct_levels, direct_roles, shared_levels, shared_roles
from adaccounts.queries.people import role_in_words
from bizcenter.lib.errors import DomainError

from .asset_grants import place_assets
from .grants import BeyondTheShare
from .placing import place_many


class NotOurs(DomainError):
    code = "not_ours"


class ChangedMeanwhile(DomainError):
    """The form was filled in from what is no longer so."""

    code = "changed_meanwhile"


def check_unchanged(held: Access, seen: str, who: str) -> None:
    """Raises ChangedMeanwhile unless `seen` is the mark of what is held."""
    if seen == held.mark:
        return
    role = role_in_words(held.standing, held.levels.values())
    count = len(held.levels)
    where = f" in {count:,} ad account{'' if count == 1 else 's'}" if count else ""
    raise ChangedMeanwhile(
        f"Nothing is saved yet: somebody else has changed this since you opened the page. {who} is "
        f"now {role}{where}. Look through your choices and save again to replace that."
    )


@transaction.atomic
def give(*, membership: Membership, access: Access, actor: User | None, at: datetime) -> None:
    """The member directly has exactly these levels and asset roles, as a member of this Business
    Center; an Admin has all that it owns and all that is shared with it.

    Raises NotOurs for things of others, and BeyondTheShare for more than was shared.
    """
    center, user = membership.business_center, membership.user
    _hold_shares(center, access)
    check_within_reach(center, access)
    levels, assets = _reached(center, access)
    lost = direct_levels(user, center).keys() - {account.pk for account in levels}
    wanted: dict[AdAccount, Level | None] = {**levels}
    wanted |= dict.fromkeys(AdAccount.objects.filter(pk__in=lost))
    place_many(user=user, through=center, wanted=wanted, actor=actor, at=at)
    _give_assets(center, user, assets, actor, at)


def _hold_shares(business_center: BusinessCenter, access: Access) -> None:
    """Nobody is given what is being taken from the Business Center at the same moment."""
    is_admin = access.standing.role == Membership.Role.ADMIN
    for model, name, chosen in (
        (AccountShare, "ad_account", access.levels),
        (AssetShare, "asset", access.assets),
    ):
        theirs = [row for row in chosen if row.business_center_id != business_center.pk]
        shares = model.objects.filter(partnership__partner=business_center)
        if not is_admin:
            shares = shares.filter(**{f"{name}__in": theirs})
        if is_admin or theirs:
            locked = shares.order_by("pk").select_for_update(of=("self",), no_key=True)
            list(locked.values_list("pk"))


def check_within_reach(business_center: BusinessCenter, access: Access) -> None:
    """Raises NotOurs and BeyondTheShare; see `give`."""
    shared = shared_levels(business_center, access.levels)
    for account, level in access.levels.items():
        if account.business_center_id == business_center.pk:
            continue
        if account.pk not in shared:
            raise NotOurs("Choose ad accounts of this Business Center.", field="accounts")
        if shared[account.pk].rank < level.rank:
            raise BeyondTheShare(
                f"{account.name} is shared with {business_center.name} "
                f"as {shared[account.pk].label} only.",
                field="accounts",
            )
    roles = shared_roles(business_center, access.assets)
    for asset, role in access.assets.items():
        if asset.business_center_id == business_center.pk:
            continue
        if asset.pk not in roles:
            raise NotOurs("Choose assets of this Business Center.", field="assets")
        if not role.permissions <= roles[asset.pk].permissions:
            raise BeyondTheShare(
                f"{asset.name} is shared with {business_center.name} "
                f"as “{roles[asset.pk].label}” only.",
                field="assets",
            )


def _reached(
    business_center: BusinessCenter, access: Access
) -> tuple[Mapping[AdAccount, Level], Mapping[BusinessAsset, AssetRole]]:
    if access.standing.role != Membership.Role.ADMIN:
        return access.levels, access.assets
    shared, roles = shared_levels(business_center), shared_roles(business_center)
    levels = dict.fromkeys(AdAccount.objects.filter(business_center=business_center), Level.ADMIN)
    levels |= {row: shared[row.pk] for row in AdAccount.objects.filter(pk__in=shared)}
    own = BusinessAsset.objects.filter(business_center=business_center, removed_at__isnull=True)
    assets = dict.fromkeys(own, AssetRole.MANAGER)
    assets |= {row: roles[row.pk] for row in BusinessAsset.objects.filter(pk__in=roles)}
    return levels, assets


def _give_assets(
    business_center: BusinessCenter,
    user: User,
    wanted: Mapping[BusinessAsset, AssetRole],
    actor: User | None,
    at: datetime,
) -> None:
    lost = direct_roles(user, business_center).keys() - {asset.pk for asset in wanted}
    changes: dict[BusinessAsset, AssetRole | None] = {**wanted}
    changes |= dict.fromkeys(BusinessAsset.objects.filter(pk__in=lost))
    place_assets(user=user, through=business_center, wanted=changes, actor=actor, at=at)
