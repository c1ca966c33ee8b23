"""What people hold directly, what an invitation will give, and up to where partners may give."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from accounts.models import BusinessCenter, Invitation, Membership, User
from accounts.permissions import standing_of
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetShare,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
    InvitedAccount,
    InvitedAsset,
)
from adaccounts.permissions import Access, AssetRole, Level, asset_role_of, level_of


def direct_levels(
    user: User, through: BusinessCenter, ad_accounts: Collection[AdAccount] | None = None
) -> dict[int, Level]:
    """{ad account id: level} of what was given to the person themselves as a member there."""
    held: dict[int, set[str]] = defaultdict(set)
    rows = AdAccountUserObjectPermission.objects.filter(user=user, through=through, group=None)
    if ad_accounts is not None:
        rows = rows.filter(content_object__in=ad_accounts)
    for account_id, codename in rows.values_list("content_object_id", "permission__codename"):
        held[account_id].add(codename)
    found = {account_id: level_of(codenames) for account_id, codenames in held.items()}
    return {account_id: level for account_id, level in found.items() if level is not None}


def direct_level(ad_account: AdAccount, user: User, through: BusinessCenter) -> Level | None:
    """The level given to the person themselves, not by a group, as a member of `through`."""
    return direct_levels(user, through, [ad_account]).get(ad_account.pk)


def direct_roles(
    user: User, through: BusinessCenter, assets: Collection[BusinessAsset] | None = None
) -> dict[int, AssetRole]:
    """{asset id: role}, of these assets or of all."""
    held: dict[int, set[str]] = defaultdict(set)
    rows = BusinessAssetUserObjectPermission.objects.filter(user=user, through=through)
    if assets is not None:
        rows = rows.filter(content_object__in=assets)
    for asset_id, codename in rows.values_list("content_object_id", "permission__codename"):
        held[asset_id].add(codename)
    found = {asset_id: asset_role_of(codenames) for asset_id, codenames in held.items()}
    return {asset_id: role for asset_id, role in found.items() if role is not None}


def access_of(membership: Membership) -> Access:
    """What the member has directly, as `give` would have given it."""
    center, user = membership.business_center, membership.user
    levels, roles = direct_levels(user, center), direct_roles(user, center)
    # May be ten thousand: no more of them than giving needs.
    accounts = AdAccount.objects.filter(pk__in=levels).only("name", "business_center_id")
    assets = BusinessAsset.objects.filter(pk__in=roles, removed_at__isnull=True)
    return Access(
        standing=standing_of(membership),
        levels={row: levels[row.pk] for row in accounts.order_by("name", "pk")},
        assets={row: roles[row.pk] for row in assets.order_by("name", "pk")},
    )


def invited_access(invitation: Invitation) -> Access:
    """What the invitation gives now: never more of a shared thing than is still shared."""
    center = invitation.business_center
    rows = InvitedAccount.objects.filter(invitation=invitation).select_related("ad_account")
    levels = {row.ad_account: Level(row.level) for row in rows}
    shared = shared_levels(center, levels)
    for account, level in list(levels.items()):
        if account.business_center_id == center.pk:
            continue
        if account.pk not in shared:
            del levels[account]
        elif shared[account.pk].rank < level.rank:
            levels[account] = shared[account.pk]
    invited = InvitedAsset.objects.filter(
        invitation=invitation, asset__removed_at__isnull=True
    ).select_related("asset")
    roles = shared_roles(center, [row.asset for row in invited])
    assets = {
        row.asset: min(AssetRole(row.role), roles.get(row.asset_id, AssetRole.MANAGER), key=_order)
        for row in invited
        if row.asset.business_center_id == center.pk or row.asset_id in roles
    }
    return Access(standing=standing_of(invitation), levels=levels, assets=assets)


def _order(role: AssetRole) -> int:
    return len(role.permissions)


def shared_levels(
    business_center: BusinessCenter, ad_accounts: Iterable[AdAccount] | None = None
) -> dict[int, Level]:
    """{ad account id: level} of what others share with the Business Center."""
    found = AccountShare.objects.filter(partnership__partner=business_center)
    if ad_accounts is not None:
        found = found.filter(ad_account__in=list(ad_accounts))
    return {row.ad_account_id: Level(row.level) for row in found}


def shared_roles(
    business_center: BusinessCenter, assets: Iterable[BusinessAsset] | None = None
) -> dict[int, AssetRole]:
    found = AssetShare.objects.filter(partnership__partner=business_center)
    if assets is not None:
        found = found.filter(asset__in=list(assets))
    return {row.asset_id: AssetRole(row.role) for row in found}


def above_the_level(ad_account: AdAccount, partner: BusinessCenter, level: Level) -> list[User]:
    """The partner's people who have more than this level there themselves, in one query."""
    rows = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, through=partner, group=None
    ).select_related("user", "permission")
    held: dict[User, set[str]] = defaultdict(set)
    for row in rows.order_by("user_id"):
        held[row.user].add(row.permission.codename)
    return [
        person
        for person, codenames in held.items()
        if (own := level_of(codenames)) is not None and own.rank > level.rank
    ]
