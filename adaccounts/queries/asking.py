"""What a request for a permission means, in words and in levels."""

from collections.abc import Iterable

from accounts.models import BusinessCenter, Membership
from accounts.permissions import BusinessPermission, Role, Standing, standing_of
from adaccounts.models import AccessRequest
from adaccounts.permissions import AssetPermission, AssetRole, Level, Permission

Wanted = Permission | AssetPermission | BusinessPermission


def waiting_requests(business_center: BusinessCenter) -> int:
    """How many of its people's and partners' requests nobody has answered."""
    pending = AccessRequest.State.PENDING
    return AccessRequest.objects.filter(business_center=business_center, state=pending).count()


def wish_of(request: AccessRequest) -> Wanted:
    if request.ad_account_id is not None:
        return Permission(request.permission)
    if request.asset_id is not None:
        return AssetPermission(request.permission)
    return BusinessPermission(request.permission)


def least_level(permission: Permission) -> Level:
    """The lowest level that contains the permission."""
    return next(level for level in Level if permission in level.permissions)


def least_role(permission: AssetPermission) -> AssetRole:
    """The lowest role on an asset that contains the permission."""
    return next(role for role in AssetRole if permission in role.permissions)


def makes_admin(request: AccessRequest) -> bool:
    """Whether approving would make the person Admin of the Business Center."""
    wish = wish_of(request)
    if not isinstance(wish, BusinessPermission):
        return False
    return wish in Standing(role=Role.ADMIN).permissions


def outcomes_of(requests: Iterable[AccessRequest]) -> dict[int, str]:
    """{request id: what approving would make of the person, in words}, in one query."""
    rows = list(requests)
    members = {
        (member.business_center_id, member.user_id): member
        for member in Membership.objects.filter(
            business_center__in={row.business_center_id for row in rows},
            user__in={row.person_id for row in rows},
        )
    }
    return {
        row.pk: _outcome(row, members.get((row.business_center_id, row.person_id))) for row in rows
    }


def _outcome(request: AccessRequest, membership: Membership | None) -> str:
    wish = wish_of(request)
    if not isinstance(wish, BusinessPermission):
        grade = least_level(wish) if isinstance(wish, Permission) else least_role(wish)
        # Of a partner's people; see `approve_request`.
        raised = "" if membership else "; the share with their Business Center is raised if need be"
        return f"{grade.label}{raised}"
    if membership is None:
        return "nothing: they are no member any more"
    return standing_of(membership).raised_to(wish).in_words
