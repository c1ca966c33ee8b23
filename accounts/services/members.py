"""Who belongs to a Business Center and as what; a Business Center always has an Admin."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Invitation, Membership, User
from accounts.permissions import Standing, standing_of
from bizcenter.lib.errors import DomainError

from .acting import check_still_admin
from .activity import record_activity
from .room import check_admins, check_room


class AlreadyMember(DomainError):
    code = "already_member"


class NotAMember(DomainError):
    code = "not_a_member"


class LastAdmin(DomainError):
    code = "last_admin"


class InvalidEnd(DomainError):
    code = "invalid_end"


def enrol(
    *, business_center: BusinessCenter, user: User, standing: Standing, at: datetime
) -> Membership:
    """The bare membership; callers write the log."""
    return Membership.objects.create(
        business_center=business_center,
        user=user,
        role=standing.role,
        finance_role=standing.finance_role,
        access_ends_at=standing.access_ends_at,
        created_at=at,
    )


@transaction.atomic
def add_member(
    *,
    business_center: BusinessCenter,
    user: User,
    standing: Standing,
    actor: User | None,
    at: datetime,
    filling: Invitation | None = None,
) -> Membership:
    """The person is a member with this standing, and an invitation they had is accepted with that;
    ad accounts are granted one floor up.

    `filling` is the invitation whose place the person takes. Raises AlreadyMember, NoRoom and
    InvalidEnd.
    """
    lock_members(business_center)
    if Membership.objects.filter(business_center=business_center, user=user).exists():
        raise AlreadyMember(f"{user.email} is a member already.", field="email")
    check_end(standing, at)
    check_room(business_center, standing, at, filling=filling)
    membership = enrol(business_center=business_center, user=user, standing=standing, at=at)
    Invitation.objects.filter(
        business_center=business_center,
        email__iexact=user.email,
        state=Invitation.State.PENDING,
    ).update(state=Invitation.State.ACCEPTED, accepted_by=user, settled_at=at)
    record_activity(
        business_center=business_center,
        actor=actor,
        at=at,
        action="add_member",
        summary=f"Added {user} as {standing.in_words}",
        reference=f"user:{user.pk}",
        label=str(user),
        subject=user,
        after=_facts(standing),
    )
    return membership


@transaction.atomic
def change_member(
    *, membership: Membership, standing: Standing, actor: User | None, at: datetime
) -> Membership:
    """The member has this standing; the same again changes nothing.

    Raises LastAdmin when no Admin would be left, NoRoom for an Admin too many, InvalidEnd,
    NotAMember for somebody who was removed meanwhile, and NotAdminAnyMore.
    """
    row = locked_member(membership)
    before = standing_of(row)
    if before == standing:
        return row
    if standing.role != Membership.Role.ADMIN:
        _keep_an_admin(row)
    elif before.role != Membership.Role.ADMIN:
        check_admins(row.business_center, at)
    check_still_admin(row.business_center, actor)
    if standing.access_ends_at != before.access_ends_at or standing.role != before.role:
        check_end(standing, at)
    row.role, row.finance_role = standing.role, standing.finance_role
    row.access_ends_at = standing.access_ends_at
    row.save(update_fields=["role", "finance_role", "access_ends_at"])
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="change_member",
        summary=f"Made {row.user} {standing.in_words}",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
        before=_facts(before),
        after=_facts(standing),
    )
    return row


@transaction.atomic
def remove_member(
    *, membership: Membership, actor: User | None, at: datetime, because: str = ""
) -> None:
    """The person is no member any more, from their next request on; nothing for who is none.

    Raises LastAdmin, and NotAdminAnyMore unless they go by themselves.
    """
    lock_members(membership.business_center)
    found = Membership.objects.select_related("user", "business_center")
    row = found.filter(pk=membership.pk).first()
    if row is None:
        return
    _keep_an_admin(row)
    if actor != row.user:
        check_still_admin(row.business_center, actor)
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="remove_member",
        summary=because or f"Removed {row.user}",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
        before=_facts(standing_of(row)),
    )
    row.delete()


def lock_members(business_center: BusinessCenter) -> None:
    """Two Admins who remove each other at once must not both succeed."""
    BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)


def locked_member(membership: Membership) -> Membership:
    """The member as it is now, while nobody else changes members here. Raises NotAMember."""
    lock_members(membership.business_center)
    found = Membership.objects.select_related("user", "business_center")
    row = found.filter(pk=membership.pk).first()
    if row is None:
        raise NotAMember(
            f"{membership.user} is not a user of {membership.business_center.name} any more."
        )
    return row


def check_end(standing: Standing, at: datetime) -> None:
    if standing.access_ends_at is None:
        return
    if standing.role == Membership.Role.ADMIN:
        raise InvalidEnd(
            "An Admin's access has no end, so that somebody can always manage the Business "
            "Center. Leave the date empty or choose another role.",
            field="access_ends_on",
        )
    if standing.access_ends_at <= at:
        raise InvalidEnd("Choose a day that is still to come.", field="access_ends_on")


def _keep_an_admin(leaving: Membership) -> None:
    if leaving.role != Membership.Role.ADMIN:
        return
    others = Membership.objects.filter(
        business_center=leaving.business_center, role=Membership.Role.ADMIN
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise LastAdmin(
            f"{leaving.user} is the last Admin. Make somebody else Admin first, "
            "so that the Business Center can still be managed.",
            field="preset",
        )


def _facts(standing: Standing) -> dict[str, str | None]:
    ends = standing.access_ends_at
    facts: dict[str, str | None] = {"role": standing.role, "finance_role": standing.finance_role}
    return facts if ends is None else facts | {"access_ends_at": ends.isoformat()}
