"""How many people a Business Center holds, invited ones included."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import BusinessCenter, Invitation, Membership
from accounts.permissions import Standing
from bizcenter.lib.errors import DomainError

# As on the live platform.
MAX_MEMBERS = 4_000
MAX_ADMINS = 20


class NoRoom(DomainError):
    code = "no_room"


def check_room(
    business_center: BusinessCenter,
    standing: Standing,
    at: datetime,
    *,
    filling: Invitation | None = None,
) -> None:
    """Raises NoRoom when members and open invitations fill the Business Center."""
    members = Membership.objects.filter(business_center=business_center).count()
    if members + _open_invitations(business_center, at, filling).count() >= MAX_MEMBERS:
        raise NoRoom(
            f"A Business Center has at most {MAX_MEMBERS:,} users, invited ones included. "
            "Remove people who do not need access any more.",
            field="email",
        )
    if standing.role == Membership.Role.ADMIN:
        check_admins(business_center, at, filling)


def check_admins(
    business_center: BusinessCenter, at: datetime, filling: Invitation | None = None
) -> None:
    """Raises NoRoom when there are as many Admins as there can be."""
    is_admin = Q(role=Membership.Role.ADMIN)
    admins = Membership.objects.filter(is_admin, business_center=business_center).count()
    invited = _open_invitations(business_center, at, filling).filter(is_admin).count()
    if admins + invited >= MAX_ADMINS:
        raise NoRoom(
            f"A Business Center has at most {MAX_ADMINS} Admins, invited ones included. "
            "Choose another role.",
            field="preset",
        )


def _open_invitations(
    business_center: BusinessCenter, at: datetime, filling: Invitation | None
) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(
        business_center=business_center, state=Invitation.State.PENDING, expires_at__gt=at
    )
    return found if filling is None else found.exclude(pk=filling.pk)
