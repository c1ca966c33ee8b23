"""Why somebody may or may not, in words: for the access checker."""

from dataclasses import dataclass

from accounts.models import BusinessCenter, Membership, User
from accounts.queries.sign_ins import two_step_states
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    AssetGroup,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import asset_role_of, level_of


@dataclass(frozen=True)
class Held:
    """One source of access, in words: the level, and how it came."""

    grade: str
    way: str


def sources_in(user: User, ad_account: AdAccount) -> list[Held]:
    """Every source through which the person holds a level there."""
    rows = AdAccountUserObjectPermission.objects.filter(user=user, content_object=ad_account)
    found: dict[tuple[int, int | None], set[str]] = {}
    for through, group, codename in rows.values_list(
        "through_id", "group_id", "permission__codename"
    ):
        found.setdefault((through, group), set()).add(codename)
    centers = BusinessCenter.objects.in_bulk({through for through, _ in found})
    groups = AssetGroup.objects.in_bulk({group for _, group in found if group is not None})
    return [
        Held(
            grade=level.label,
            way=_way(
                centers[through],
                ad_account.business_center_id,
                groups[group] if group is not None else None,
            ),
        )
        for (through, group), codenames in sorted(found.items(), key=lambda each: each[0][0])
        if (level := level_of(codenames)) is not None
    ]


def asset_sources(user: User, asset: BusinessAsset) -> list[Held]:
    rows = BusinessAssetUserObjectPermission.objects.filter(user=user, content_object=asset)
    found: dict[int, set[str]] = {}
    for through, codename in rows.values_list("through_id", "permission__codename"):
        found.setdefault(through, set()).add(codename)
    centers = BusinessCenter.objects.in_bulk(list(found))
    return [
        Held(role.label, _way(centers[through], asset.business_center_id, None))
        for through, codenames in found.items()
        if (role := asset_role_of(codenames)) is not None
    ]


def _way(through: BusinessCenter, owner_id: int, group: AssetGroup | None) -> str:
    by = f"by the asset group {group.name}" if group else "given directly"
    if through.pk == owner_id:
        return by
    # What a partner calls its groups is the partner's business.
    by = "by an asset group of theirs" if group else by
    return f"through the partner {through.name}'s share, {by}"


def hints_for(user: User, business_center: BusinessCenter, account: AdAccount | None) -> list[str]:
    """What stands in the way beside permissions."""
    found = []
    is_member = Membership.objects.filter(user=user, business_center=business_center).exists()
    if is_member and business_center.requires_two_step and not two_step_states([user]):
        found.append(
            f"{business_center.name} requires two-step sign-in, and {user} has none: "
            "every page leads to setting it up first."
        )
    if not user.is_active:
        found.append(f"{user}'s account is closed, so that they cannot sign in.")
    if account is not None and account.status != AdAccount.Status.APPROVED:
        found.append(
            f"{account.name} is {account.get_status_display().lower()}: nothing in it delivers, "
            "whoever works on it."
        )
    return found
