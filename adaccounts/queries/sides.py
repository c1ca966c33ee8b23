"""Who is in an ad account or asset, told apart by the Business Center whose member they are there.

The owner's people and each partner's people are sides of their own; each side is looked after by
its own Admins.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import BusinessCenter, Membership, User
from accounts.queries.presence import present_places
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetGroup,
    AssetShare,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import (
    AssetPermission,
    AssetRole,
    Level,
    Permission,
    asset_role_of,
    level_of,
)

from .people import is_called

MOST_FOUND = 20
MOST_OF_PARTNERS = 100


@dataclass
class PersonHere:
    """One person's level in an ad account: given directly, and by which groups."""

    user: User
    direct: Level | None = None
    groups: list[tuple[AssetGroup, Level]] = field(default_factory=list)


def side_managed_by(user: User, ad_account: AdAccount) -> BusinessCenter | None:
    """Whose people the person may give levels in the ad account: the owner's if they manage it as
    a member of the owner, else those of the partner through which they manage it."""
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user,
        content_object=ad_account,
        permission__codename=Permission.MANAGE_ACCOUNT.value,
        through__in=present_places(user),
    )
    sides = set(grants.values_list("through_id", flat=True))
    if ad_account.business_center_id in sides:
        return ad_account.business_center
    return BusinessCenter.objects.filter(pk__in=sides).order_by("pk").first()


def ceiling_of(ad_account: AdAccount, business_center: BusinessCenter) -> Level | None:
    """The highest level that members of the Business Center may have there."""
    if business_center.pk == ad_account.business_center_id:
        return Level.ADMIN
    share = AccountShare.objects.filter(
        ad_account=ad_account, partnership__partner=business_center
    ).first()
    return None if share is None else Level(share.level)


def asset_ceiling_of(asset: BusinessAsset, business_center: BusinessCenter) -> AssetRole | None:
    if business_center.pk == asset.business_center_id:
        return AssetRole.MANAGER
    share = AssetShare.objects.filter(asset=asset, partnership__partner=business_center).first()
    return None if share is None else AssetRole(share.role)


def people_through(ad_account: AdAccount, business_center: BusinessCenter) -> QuerySet[User]:
    """Everybody who is in the ad account as a member of the Business Center, by name."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, through=business_center
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def levels_here(
    ad_account: AdAccount, business_center: BusinessCenter, users: Iterable[User]
) -> list[PersonHere]:
    """The given people with what they have there from which source, in one query."""
    found = {user.pk: PersonHere(user) for user in users}
    held: dict[tuple[int, AssetGroup | None], set[str]] = defaultdict(set)
    rows = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, through=business_center, user__in=found
    ).select_related("permission", "group")
    for row in rows:
        held[row.user_id, row.group].add(row.permission.codename)
    for (user_id, group), codenames in held.items():
        level = level_of(codenames)
        if group is None:
            found[user_id].direct = level
        elif level is not None:
            found[user_id].groups.append((group, level))
    return list(found.values())


def people_of_partners(ad_account: AdAccount) -> list[tuple[str, list[tuple[User, Level]]]]:
    """[(partner's name, its people with their levels)], the first hundred people."""
    held: dict[tuple[str, User], set[str]] = defaultdict(set)
    rows = (
        AdAccountUserObjectPermission.objects.filter(content_object=ad_account)
        .exclude(through=ad_account.business_center_id)
        .select_related("user", "permission", "through")
        .order_by("through__name", "user__name", "user__email")
    )
    for row in rows[: 3 * MOST_OF_PARTNERS]:
        held[row.through.name, row.user].add(row.permission.codename)
    found: dict[str, list[tuple[User, Level]]] = defaultdict(list)
    for (partner, user), codenames in held.items():
        level = level_of(codenames)
        if level is not None:
            found[partner].append((user, level))
    return list(found.items())


def members_like(business_center: BusinessCenter, search: str) -> list[Membership]:
    """The first members whose name, alias or address contains the text; all when it is empty."""
    members = Membership.objects.filter(is_called(search), business_center=business_center)
    found = members.select_related("user").order_by("user__name", "user__email")
    return list(found[:MOST_FOUND])


def people_of_asset(
    asset: BusinessAsset, business_center: BusinessCenter
) -> list[tuple[User, AssetRole]]:
    """Who has which role on the asset as a member of the Business Center, by name."""
    held: dict[User, set[str]] = defaultdict(set)
    rows = (
        BusinessAssetUserObjectPermission.objects.filter(
            content_object=asset, through=business_center
        )
        .select_related("user", "permission")
        .order_by("user__name", "user__email")
    )
    for row in rows:
        held[row.user].add(row.permission.codename)
    return [
        (user, role)
        for user, codenames in held.items()
        if (role := asset_role_of(codenames)) is not None
    ]


def own_managers_of_asset(asset: BusinessAsset) -> list[User]:
    """Those who manage it as members of its owner, by name."""
    people = people_of_asset(asset, asset.business_center)
    return [user for user, role in people if role == AssetRole.MANAGER]


def assets_managed_as_member(
    business_center: BusinessCenter, user: User
) -> QuerySet[BusinessAsset]:
    """The Business Center's own assets that the person manages as its member."""
    grants = BusinessAssetUserObjectPermission.objects.filter(
        user=user, through=business_center, permission__codename=AssetPermission.MANAGE_ASSET.value
    )
    return BusinessAsset.objects.filter(
        business_center=business_center, pk__in=grants.values("content_object_id"), removed_at=None
    )
