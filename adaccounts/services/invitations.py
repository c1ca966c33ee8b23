"""Inviting people to a Business Center together with the ad accounts and assets they will have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse

from accounts.models import BusinessCenter, Invitation, Membership, Topic, User
from accounts.queries import admins_of
from accounts.queries.invitations import LinkState, invitation_behind
from accounts.services import (
    InvitationSettled,
    TooManyInvitations,
    add_member,
    change_invited_standing,
    claim_invitation,
    notify,
    open_invitation,
    renew_invitation,
    settle_invitation,
)
from accounts.services.invitations import locked
from accounts.services.members import lock_members
from adaccounts.models import InvitedAccount, InvitedAsset
from adaccounts.permissions import Access
from adaccounts.queries.held import invited_access
from bizcenter.lib import jobs
from bizcenter.lib.errors import DomainError

from .giving import check_unchanged, check_within_reach, give

MAX_A_CALL = 50  # assumed: the live platform publishes none


@dataclass(frozen=True)
class Outcome:
    """What became of one address: an invitation, or the refusal."""

    email: str
    invitation: Invitation | None = None
    refusal: DomainError | None = None


@transaction.atomic
def invite_person(
    *, business_center: BusinessCenter, email: str, access: Access, actor: User | None, at: datetime
) -> Invitation:
    """The address is invited, and a mail with the link is on its way.

    Raises what `open_invitation` raises, NotOurs and BeyondTheShare.
    """
    check_within_reach(business_center, access)
    invitation = open_invitation(
        business_center=business_center,
        email=email,
        standing=access.standing,
        actor=actor,
        at=at,
    )
    _list(invitation, access)
    jobs.enqueue("adaccounts.mail_invitation", invitation_id=invitation.pk)
    return invitation


def invite_people(
    *,
    business_center: BusinessCenter,
    emails: Sequence[str],
    access: Access,
    actor: User | None,
    at: datetime,
) -> list[Outcome]:
    """Each address is invited with this access, or its outcome says why not.

    Raises TooManyInvitations for more than `MAX_A_CALL` addresses.
    """
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    if len(addresses) > MAX_A_CALL:
        raise TooManyInvitations(
            f"These are {len(addresses):,} addresses. Invite at most {MAX_A_CALL} at once.",
            field="email",
        )
    found = []
    for address in addresses:
        try:
            invitation = invite_person(
                business_center=business_center, email=address, access=access, actor=actor, at=at
            )
        except DomainError as refusal:
            found.append(Outcome(address, refusal=refusal))
        else:
            found.append(Outcome(address, invitation))
    return found


@transaction.atomic
def resend_invitation(*, invitation: Invitation, actor: User | None, at: datetime) -> Invitation:
    """A new link is on its way, for seven days from now; the earlier ones say they were replaced.

    Raises what `renew_invitation` raises.
    """
    renewed = renew_invitation(invitation=invitation, actor=actor, at=at)
    jobs.enqueue("adaccounts.mail_invitation", invitation_id=invitation.pk)
    return renewed


def revoke_invitation(*, invitation: Invitation, actor: User | None, at: datetime) -> Invitation:
    """The link works no more and says so. Raises InvitationSettled."""
    return settle_invitation(
        invitation=invitation, state=Invitation.State.REVOKED, actor=actor, at=at
    )


@transaction.atomic
def change_invitation(
    *, invitation: Invitation, access: Access, actor: User | None, at: datetime, seen: str = ""
) -> Invitation:
    """The invited person will have this access; the link that was sent stays good.

    `seen` is as in `change_person`. Raises ChangedMeanwhile, what `change_invited_standing`
    raises, NotOurs and BeyondTheShare.
    """
    if seen:
        lock_members(invitation.business_center)
        check_unchanged(invited_access(locked(invitation)), seen, invitation.email)
    check_within_reach(invitation.business_center, access)
    changed = change_invited_standing(
        invitation=invitation, standing=access.standing, actor=actor, at=at
    )
    _list(changed, access)
    return changed


@transaction.atomic
def accept_invitation(*, token: str, user: User, at: datetime) -> Membership:
    """The person is a member with what the invitation says, as far as it still exists; who invited
    them knows. Raises InvitationSettled, WrongAddress, AlreadyMember and InvalidEnd."""
    invitation = claim_invitation(token=token, user=user, at=at)
    access = invited_access(invitation)
    settle_invitation(invitation=invitation, state=Invitation.State.ACCEPTED, actor=user, at=at)
    membership = add_member(
        business_center=invitation.business_center,
        user=user,
        standing=access.standing,
        actor=user,
        at=at,
        filling=invitation,
    )
    give(membership=membership, access=access, actor=user, at=at)
    _tell(invitation, "accepted", f"{user} accepted your invitation to", at)
    return membership


@transaction.atomic
def decline_invitation(*, token: str, user: User, at: datetime) -> None:
    """The invitation is over; who invited them knows. Raises InvitationSettled, WrongAddress."""
    invitation = claim_invitation(token=token, user=user, at=at)
    settle_invitation(invitation=invitation, state=Invitation.State.DECLINED, actor=user, at=at)
    _tell(invitation, "declined", f"{invitation.email} declined your invitation to", at)


@transaction.atomic
def ask_for_new_link(*, token: str, at: datetime) -> None:
    """Who invited the holder of this expired link knows, once. Raises InvitationSettled for a
    link in any other state."""
    invitation, state = invitation_behind(token=token, at=at)
    if invitation is None or state != LinkState.EXPIRED:
        raise InvitationSettled(state.sentence)
    said = f"{invitation.email} asks for a new link: the old one has expired. Send it again in"
    _tell(invitation, f"asked:{invitation.expires_at:%Y%m%d%H%M%S}", said, at)


def _list(invitation: Invitation, access: Access) -> None:
    InvitedAccount.objects.filter(invitation=invitation).delete()
    InvitedAsset.objects.filter(invitation=invitation).delete()
    InvitedAccount.objects.bulk_create(
        InvitedAccount(invitation=invitation, ad_account=account, level=level.value)
        for account, level in access.levels.items()
    )
    InvitedAsset.objects.bulk_create(
        InvitedAsset(invitation=invitation, asset=asset, role=role.value)
        for asset, role in access.assets.items()
    )


def _tell(invitation: Invitation, what: str, said: str, at: datetime) -> None:
    """Who invited them; the Admins where that person is gone."""
    center = invitation.business_center
    inviter = admins_of(center).filter(pk=invitation.invited_by_id or 0)
    found = urlencode({"q": invitation.email}, safe="@")
    notify(
        users=inviter or admins_of(center),
        key=f"invitation:{invitation.pk}:{what}",
        topic=Topic.ACCESS,
        text=f"{said} {center.name}.",
        url=f"{reverse('adaccounts:user_list', args=[center.pk])}?{found}",
        at=at,
    )
