"""Who belongs to a Business Center and in which role; a Business Center always has an Admin."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Preset
from bizcenter.lib.errors import DomainError

from .activity import record_activity


class AlreadyMember(DomainError):
    code = "already_member"


class LastAdmin(DomainError):
    code = "last_admin"


def enrol(
    *, business_center: BusinessCenter, user: User, preset: Preset, at: datetime
) -> Membership:
    """The bare membership; callers write the log."""
    return Membership.objects.create(
        business_center=business_center,
        user=user,
        role=preset.roles.role,
        finance_role=preset.roles.finance_role,
        created_at=at,
    )


@transaction.atomic
def add_member(
    *,
    business_center: BusinessCenter,
    user: User,
    preset: Preset,
    actor: User | None,
    at: datetime,
) -> Membership:
    """The person is a member with the preset's role; ad accounts are granted one floor up.

    Raises AlreadyMember.
    """
    _lock(business_center)
    if Membership.objects.filter(business_center=business_center, user=user).exists():
        raise AlreadyMember(f"{user.email} is a member already.", field="email")
    membership = enrol(business_center=business_center, user=user, preset=preset, at=at)
    record_activity(
        business_center=business_center,
        actor=actor,
        at=at,
        action="add_member",
        summary=f"Added {user} as {preset.roles.label}",
        reference=f"user:{user.pk}",
        label=str(user),
        subject=user,
        after=_roles(membership),
    )
    return membership


@transaction.atomic
def change_member(
    *, membership: Membership, preset: Preset, actor: User | None, at: datetime
) -> Membership:
    """The member has the preset's role. Raises LastAdmin when no Admin would be left."""
    _lock(membership.business_center)
    row = Membership.objects.select_related("user", "business_center").get(pk=membership.pk)
    if preset.roles.role != Membership.Role.ADMIN:
        _keep_an_admin(row)
    before = _roles(row)
    row.role, row.finance_role = preset.roles.role, preset.roles.finance_role
    row.save(update_fields=["role", "finance_role"])
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="change_member",
        summary=f"Made {row.user} {preset.roles.label}",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
        before=before,
        after=_roles(row),
    )
    return row


@transaction.atomic
def remove_member(*, membership: Membership, actor: User | None, at: datetime) -> None:
    """The person is no member any more, from their next request on. Raises LastAdmin."""
    _lock(membership.business_center)
    _keep_an_admin(membership)
    record_activity(
        business_center=membership.business_center,
        actor=actor,
        at=at,
        action="remove_member",
        summary=f"Removed {membership.user}",
        reference=f"user:{membership.user_id}",
        label=str(membership.user),
        subject=membership.user,
        before=_roles(membership),
    )
    membership.delete()


def _lock(business_center: BusinessCenter) -> None:
    """Two Admins who remove each other at once must not both succeed."""
    BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)


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


def _roles(membership: Membership) -> dict[str, str]:
    return {"role": membership.role, "finance_role": membership.finance_role}
