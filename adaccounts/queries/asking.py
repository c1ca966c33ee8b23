"""What a request for a permission means, in words and in levels."""

from collections.abc import Iterable

from accounts.models import Membership
from accounts.permissions import BusinessPermission, Role, Standing, standing_of
from adaccounts.models import AccessRequest
from adaccounts.permissions import Level, Permission


def wish_of(request: AccessRequest) -> Permission | BusinessPermission:
    if request.ad_account_id is None:
        return BusinessPermission(request.permission)
    return Permission(request.permission)


def place_of(request: AccessRequest) -> str:
    return request.business_center.name if request.ad_account is None else request.ad_account.name


def least_level(permission: Permission) -> Level:
    """The lowest level that contains the permission."""
    return next(level for level in Level if permission in level.permissions)


def makes_admin(request: AccessRequest) -> bool:
    """Whether approving would make the person Admin of the Business Center."""
    if request.ad_account_id is not None:
        return False
    return BusinessPermission(request.permission) in Standing(role=Role.ADMIN).permissions


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
    if isinstance(wish, Permission):
        return least_level(wish).label
    if membership is None:
        return "nothing: they are no member any more"
    return standing_of(membership).raised_to(wish).in_words
