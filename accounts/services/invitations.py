"""Invitations by e-mail: who is asked to join as what, and the links that were sent.

Ad accounts and assets are put on top one floor up. A link is known by its digest only; it is made
where its mail is written.
"""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import BusinessCenter, Invitation, Membership, User
from accounts.permissions import Standing, standing_of
from accounts.queries.invitations import LinkState
from bizcenter.lib.errors import DomainError

from .acting import check_still_admin
from .activity import record_activity
from .invitation_links import InvitationSettled
from .members import AlreadyMember, check_end, lock_members
from .room import check_room
from .security import check_email_allowed

# Assumed: the live platform does not publish these.
LIFE = timedelta(days=7)
MAX_A_DAY = 200  # of practice time
MAX_AN_HOUR = 200  # of real time, resent ones included; also of one person

State = Invitation.State


class InvalidAddress(DomainError):
    code = "invalid_address"


class AlreadyInvited(DomainError):
    code = "already_invited"


class TooManyInvitations(DomainError):
    code = "too_many_invitations"


@transaction.atomic
def open_invitation(
    *,
    business_center: BusinessCenter,
    email: str,
    standing: Standing,
    actor: User | None,
    at: datetime,
) -> Invitation:
    """The address is invited; the caller has the link mailed.

    Raises InvalidAddress, AlreadyMember, AlreadyInvited, EmailDomainNotAllowed, InvalidEnd,
    NoRoom, TooManyInvitations and NotAdminAnyMore.
    """
    address = _clean(email)
    lock_members(business_center)
    check_still_admin(business_center, actor)
    _check_new(business_center, address, at)
    check_email_allowed(business_center, address, standing.role)
    check_end(standing, at)
    check_room(business_center, standing, at)
    _check_pace(business_center, actor, at)
    invitation = Invitation.objects.create(
        business_center=business_center,
        email=address,
        role=standing.role,
        finance_role=standing.finance_role,
        access_ends_at=standing.access_ends_at,
        invited_by=actor,
        created_at=at,
        sent_at=at,
        expires_at=at + LIFE,
    )
    _record(invitation, "invite_member", f"Invited {address} as {standing.in_words}", actor, at)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation: Invitation, actor: User | None, at: datetime) -> Invitation:
    """The invitation runs anew from now and its earlier links are dead; the caller has a new one
    mailed. Raises InvitationSettled, EmailDomainNotAllowed, NoRoom, TooManyInvitations and
    NotAdminAnyMore."""
    lock_members(invitation.business_center)
    row = locked(invitation)
    check_still_admin(row.business_center, actor)
    standing = standing_of(row)
    check_email_allowed(row.business_center, row.email, standing.role)
    check_room(row.business_center, standing, at, filling=row)
    _check_pace(row.business_center, actor, at)
    row.sent_at, row.expires_at = at, at + LIFE
    row.save(update_fields=["sent_at", "expires_at"])
    row.links.filter(replaced_at=None).update(replaced_at=at)
    _record(row, "resend_invitation", f"Sent the invitation to {row.email} again", actor, at)
    return row


@transaction.atomic
def change_invited_standing(
    *, invitation: Invitation, standing: Standing, actor: User | None, at: datetime
) -> Invitation:
    """The invited person will have this standing. Raises InvitationSettled, InvalidEnd, NoRoom,
    EmailDomainNotAllowed and NotAdminAnyMore."""
    lock_members(invitation.business_center)
    row = locked(invitation)
    check_still_admin(row.business_center, actor)
    if standing != standing_of(row):
        check_email_allowed(row.business_center, row.email, standing.role)
        check_end(standing, at)
        check_room(row.business_center, standing, at, filling=row)
    row.role, row.finance_role = standing.role, standing.finance_role
    row.access_ends_at = standing.access_ends_at
    row.save(update_fields=["role", "finance_role", "access_ends_at"])
    said = f"Changed the invitation of {row.email} to {standing.in_words}"
    _record(row, "change_invitation", said, actor, at)
    return row


@transaction.atomic
def settle_invitation(
    *, invitation: Invitation, state: Invitation.State, actor: User | None, at: datetime
) -> Invitation:
    """The invitation is over in this way and its links are dead. Raises InvitationSettled."""
    row = locked(invitation)
    row.state, row.settled_at = state, at
    row.accepted_by = actor if state == State.ACCEPTED else None
    row.save(update_fields=["state", "settled_at", "accepted_by"])
    verb = {State.ACCEPTED: "accept", State.DECLINED: "decline", State.REVOKED: "revoke"}[state]
    said = {
        State.ACCEPTED: f"{row.email} accepted the invitation",
        State.DECLINED: f"{row.email} declined the invitation",
        State.REVOKED: f"Took the invitation of {row.email} back",
    }[state]
    _record(row, f"{verb}_invitation", said, actor, at)
    return row


def locked(invitation: Invitation) -> Invitation:
    """The invitation as it is now, while it is open. Raises InvitationSettled."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("business_center")
        .get(pk=invitation.pk)
    )
    if row.state != State.PENDING:
        raise InvitationSettled(LinkState(row.state).sentence)
    return row


def _clean(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidAddress(
            "This is not an e-mail address. Write it like name@example.com.", field="email"
        ) from error
    return address


def _check_new(business_center: BusinessCenter, address: str, at: datetime) -> None:
    theirs = Q(user__email__iexact=address) | Q(
        user__emailaddress__email__iexact=address, user__emailaddress__verified=True
    )
    if Membership.objects.filter(theirs, business_center=business_center).exists():
        raise AlreadyMember(f"{address} is a member already.", field="email")
    found = Invitation.objects.filter(
        business_center=business_center, email__iexact=address, state=State.PENDING
    ).first()
    if found is not None:
        said = "expired: send it again" if found.has_expired(at) else "is waiting for an answer"
        raise AlreadyInvited(f"{address} is invited already; the invitation {said}.", field="email")


def _check_pace(business_center: BusinessCenter, actor: User | None, at: datetime) -> None:
    """Else one Admin could make the mail server a spammer, also by founding one Business Center
    after the other."""
    day = Invitation.objects.filter(
        business_center=business_center, sent_at__gt=at - timedelta(days=1)
    ).count()
    senders = [business_center.pk] if actor is None else [business_center.pk, actor.pk]
    if day >= MAX_A_DAY or any([_sent_this_hour(sender) > MAX_AN_HOUR for sender in senders]):
        raise TooManyInvitations(
            f"Too many invitations: {MAX_A_DAY} can be sent in a day. Try again later.",
            field="email",
        )


def _sent_this_hour(sender: int) -> int:
    """With the one that is being sent; by the Business Center or the person with this id."""
    hour = f"invitations:{sender}:{timezone.now():%Y%m%d%H}"
    cache.add(hour, 0, timeout=3600)
    return cache.incr(hour)


def _record(
    invitation: Invitation, action: str, summary: str, actor: User | None, at: datetime
) -> None:
    standing = standing_of(invitation)
    record_activity(
        business_center=invitation.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=f"invitation:{invitation.pk}",
        label=invitation.email,
        after={"role": standing.role.value, "finance_role": standing.finance_role.value},
    )
