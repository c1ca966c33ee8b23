"""What a member would lose by leaving a Business Center."""

from dataclasses import dataclass

from accounts.models import AccessToken, Membership
from adaccounts.models import (
    AccessRequest,
    AssetGroup,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)

from .people import Reach, reach_of_members, role_in_words

SHOWN = 20


@dataclass(frozen=True)
class Losses:
    role: str
    reach: Reach
    assets: list[BusinessAsset]
    groups: list[AssetGroup]
    requests: list[AccessRequest]
    has_finance: bool
    tokens: int


def losses_of(member: Membership) -> Losses:
    """Read in a fixed number of queries; long lists are cut, the counts are whole."""
    center, user = member.business_center, member.user
    reach = reach_of_members(center, [user], first=SHOWN).get(user.pk, Reach())
    grants = BusinessAssetUserObjectPermission.objects.filter(user=user, through=center)
    assets = BusinessAsset.objects.filter(pk__in=grants.values("content_object_id"))
    return Losses(
        role=role_in_words(member, [reach.highest] if reach.highest else []),
        reach=reach,
        assets=list(assets.order_by("kind", "name")[:SHOWN]),
        groups=list(AssetGroup.objects.filter(members__membership=member).order_by("name")),
        requests=list(
            AccessRequest.objects.filter(
                business_center=center, person=user, state=AccessRequest.State.PENDING
            )
        ),
        has_finance=member.finance_role != Membership.FinanceRole.NONE,
        tokens=AccessToken.objects.filter(user=user, revoked_at__isnull=True).count(),
    )
