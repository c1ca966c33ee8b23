"""May this person do this in this Business Center, and by which rule? Pages, API and the access
checker ask here."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Membership, User
from accounts.permissions import BusinessPermission, Role, Standing, permissions_of
from accounts.queries.presence import HOUR, memberships_now, time_at


class Rule(StrEnum):
    """Why somebody may or may not."""

    MEMBER = "member"
    ROLE = "role"
    FINANCE_ROLE = "finance_role"
    GRANT = "grant"
    NOT_A_MEMBER = "not_a_member"
    ACCESS_ENDED = "access_ended"
    ADMIN_NEEDED = "admin_needed"
    FINANCE_ROLE_NEEDED = "finance_role_needed"
    NO_LEVEL = "no_level"
    LEVEL_TOO_LOW = "level_too_low"


@dataclass(frozen=True)
class BusinessDecision:
    """`membership` is there for members, allowed or not; `ended` for those whose access has ended
    and who are about to be removed."""

    allowed: bool
    rule: Rule
    membership: Membership | None = None
    ended: Membership | None = None


def decide_business(
    user: User, business_center_id: int, permission: BusinessPermission | None
) -> BusinessDecision:
    """Without a permission every member is allowed. One query."""
    membership = memberships_now(user, [business_center_id]).first()
    if membership is None:
        return BusinessDecision(False, Rule.NOT_A_MEMBER)
    if membership.has_ended(time_at(membership)):
        return BusinessDecision(False, Rule.ACCESS_ENDED, ended=membership)
    if permission is None:
        return BusinessDecision(True, Rule.MEMBER, membership)
    comes_by_role = permission in Standing(role=Role.ADMIN).permissions
    if permission in permissions_of(membership):
        return BusinessDecision(True, Rule.ROLE if comes_by_role else Rule.FINANCE_ROLE, membership)
    needed = Rule.ADMIN_NEEDED if comes_by_role else Rule.FINANCE_ROLE_NEEDED
    return BusinessDecision(False, needed, membership)


def note_presence(membership: Membership) -> None:
    """The member was here now, to the hour of the practice clock: one write an hour at most."""
    now, last = time_at(membership), membership.last_seen_at
    # The clock may have been set back since.
    if last is None or not last <= now < last + HOUR:
        membership.last_seen_at = now
        Membership.objects.filter(pk=membership.pk).update(last_seen_at=now)
