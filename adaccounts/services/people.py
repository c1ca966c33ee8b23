"""Members together with what they reach: added, changed and removed as one."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.queries import admins_of, find_user
from accounts.services import add_member, change_member, remove_member
from accounts.services.members import lock_members, locked_member
from adaccounts.models import (
    AccessRequest,
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import Access, Level, Permission
from adaccounts.queries.held import access_of
from bizcenter.lib.asked import SOME_TIME, Asked
from bizcenter.lib.errors import DomainError

from .giving import check_unchanged, give
from .placing import place_many
from .taking import take_away


class NotRegistered(DomainError):
    code = "not_registered"


@transaction.atomic
def add_person(
    *,
    business_center: BusinessCenter,
    email: str,
    access: Access,
    actor: User | None,
    at: datetime,
) -> Membership:
    """The registered person is a member with this access, without being asked.

    Raises NotRegistered, AlreadyMember and what `give` raises.
    """
    user = find_user(email)
    if user is None:
        raise NotRegistered(
            f"Nobody has signed up as {email}. Ask them to sign up first, then add them here.",
            field="email",
        )
    membership = add_member(
        business_center=business_center, user=user, standing=access.standing, actor=actor, at=at
    )
    give(membership=membership, access=access, actor=actor, at=at)
    return membership


@transaction.atomic
def change_person(
    *, membership: Membership, access: Access, actor: User | None, at: datetime, seen: str = ""
) -> Membership:
    """The member has exactly this access; what asset groups give besides stays.

    `seen` is the mark of the access that the actor saw. Raises ChangedMeanwhile if it is another
    one by now, NotAMember, LastAdmin, NoRoom, InvalidEnd and what `give` raises.
    """
    if seen:
        check_unchanged(access_of(locked_member(membership)), seen, str(membership.user))
    changed = change_member(membership=membership, standing=access.standing, actor=actor, at=at)
    give(membership=changed, access=access, actor=actor, at=at)
    _adopt_orphans(changed.business_center, actor, at)
    return changed


@transaction.atomic
def remove_person(
    *, membership: Membership, actor: User | None, at: datetime, because: str = ""
) -> None:
    """The person is no member and holds nothing any more that they had as one: neither in the
    Business Center's own ad accounts nor in those that partners share with it.

    Raises LastAdmin.
    """
    source, user = membership.business_center, membership.user
    remove_member(membership=membership, actor=actor, at=at, because=because)
    # Also what groups gave: the log has to know of every ad account that the person was in.
    grants = AdAccountUserObjectPermission.objects.filter(user=user, through=source)
    take_away(grants, actor=actor, at=at)
    BusinessAssetUserObjectPermission.objects.filter(user=user, through=source).delete()
    AccessRequest.objects.filter(
        business_center=source, person=user, state=AccessRequest.State.PENDING
    ).update(state=AccessRequest.State.DECLINED, decided_by=actor, decided_at=at)
    _adopt_orphans(source, actor, at)


@transaction.atomic
def leave_business(*, membership: Membership, at: datetime) -> None:
    """The person is no member any more, by their own wish. Raises LastAdmin."""
    remove_person(
        membership=membership,
        actor=membership.user,
        at=at,
        because=f"{membership.user} left",
    )


def end_due_access(*, until: datetime) -> int:
    """Who had access up to a time that has come is removed as of that time; how many these are."""
    return sum(_end_access(key, until) for key in _DUE.firsts(until))


_DUE = Asked(
    lambda until: (
        Membership.objects.filter(access_ends_at__lte=until)
        .order_by("access_ends_at", "pk")
        .values_list("pk")
    ),
    SOME_TIME,
)


@transaction.atomic
def _end_access(membership_id: int, until: datetime) -> bool:
    """False where somebody changed or removed the member in the meantime."""
    due = Membership.objects.select_related("user", "business_center").filter(
        pk=membership_id, access_ends_at__lte=until
    )
    if (found := due.first()) is not None:
        # In the order in which everybody locks: first the Business Center, then its members.
        lock_members(found.business_center)
    row = due.select_for_update(of=("self",)).first()
    if row is None or row.access_ends_at is None:
        return False
    remove_person(membership=row, actor=None, at=row.access_ends_at, because="Access ended as set")
    return True


def _adopt_orphans(business_center: BusinessCenter, actor: User | None, at: datetime) -> None:
    """Ad accounts that lost their last manager with the person go to the remaining Admins."""
    managed = AdAccountUserObjectPermission.objects.filter(
        through=business_center, permission__codename=Permission.MANAGE_ACCOUNT.value
    )
    orphans = AdAccount.objects.filter(business_center=business_center).exclude(
        pk__in=managed.values("content_object_id")
    )
    wanted: dict[AdAccount, Level | None] = dict.fromkeys(orphans, Level.ADMIN)
    for admin in admins_of(business_center) if wanted else ():
        place_many(user=admin, through=business_center, wanted=wanted, actor=actor, at=at)
