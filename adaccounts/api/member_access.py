"""What a member was given directly, so that a change of the role can leave it as it is."""

from collections import defaultdict

from accounts.models import Membership
from accounts.permissions import standing_of
from adaccounts.models import AdAccount, BusinessAsset, BusinessAssetUserObjectPermission
from adaccounts.permissions import Access, asset_role_of
from adaccounts.services.placing import direct_levels


def direct_access(membership: Membership) -> Access:
    """The member's roles, levels and assets there, without what asset groups give."""
    user, center = membership.user, membership.business_center
    levels = direct_levels(user, center)
    accounts = AdAccount.objects.select_related("business_center").in_bulk(levels)
    grants = BusinessAssetUserObjectPermission.objects.filter(user=user, through=center)
    held: dict[int, set[str]] = defaultdict(set)
    for asset_id, codename in grants.values_list("content_object_id", "permission__codename"):
        held[asset_id].add(codename)
    assets = BusinessAsset.objects.select_related("business_center").in_bulk(held)
    return Access(
        standing=standing_of(membership),
        levels={accounts[pk]: level for pk, level in levels.items()},
        assets={assets[pk]: role for pk in held if (role := asset_role_of(held[pk]))},
    )
