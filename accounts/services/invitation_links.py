"""The links of invitations: kept as digests, bound to one address, each with its own sentence."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from accounts.models import Invitation, InvitationLink, User
from bizcenter.lib import secret
from bizcenter.lib.errors import DomainError

from .members import lock_members


class InvitationSettled(DomainError):
    code = "invitation_settled"


class WrongAddress(DomainError):
    code = "wrong_address"


class LinkState(StrEnum):
    """What can be said to somebody who comes with a link."""

    OPEN = "open"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    UNKNOWN = "unknown"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    LinkState.OPEN: "This invitation is open.",
    LinkState.EXPIRED: "This invitation was open for seven days and expired. Ask for a new one.",
    LinkState.REPLACED: "This link was replaced by a newer one. Use the link in the latest mail.",
    LinkState.ACCEPTED: "This invitation was accepted already.",
    LinkState.DECLINED: "This invitation was declined.",
    LinkState.REVOKED: "This invitation was taken back.",
    LinkState.UNKNOWN: "This link is not valid. Check that it was copied as a whole.",
}


@transaction.atomic
def new_link(*, invitation: Invitation, at: datetime) -> str:
    """The plain text of the one link that works from now on."""
    invitation.links.filter(replaced_at=None).update(replaced_at=at)
    plain = secret.new_secret()
    InvitationLink.objects.create(token_hash=secret.digest(plain), invitation=invitation)
    return plain


def read_link(*, token: str, at: datetime) -> tuple[Invitation | None, LinkState]:
    """The invitation behind a link, and what is to be said about it."""
    link = (
        InvitationLink.objects.select_related(
            "invitation__business_center", "invitation__invited_by"
        )
        .filter(token_hash=secret.digest(token))
        .first()
    )
    if link is None:
        return None, LinkState.UNKNOWN
    invitation = link.invitation
    if invitation.state != Invitation.State.PENDING:
        return invitation, LinkState(invitation.state)
    if link.replaced_at is not None:
        return invitation, LinkState.REPLACED
    return invitation, LinkState.EXPIRED if invitation.has_expired(at) else LinkState.OPEN


def claim(*, token: str, user: User, at: datetime) -> Invitation:
    """The open invitation behind the link, locked, for the person it was sent to.

    Raises InvitationSettled with the link's sentence, and WrongAddress for everybody else.
    """
    invitation, state = read_link(token=token, at=at)
    if invitation is not None:
        lock_members(invitation.business_center)
        invitation, state = read_link(token=token, at=at)
    if invitation is None or state != LinkState.OPEN:
        raise InvitationSettled(state.sentence)
    if not is_for(invitation, user):
        raise WrongAddress(
            "This invitation was sent to another e-mail address. Sign in with that one."
        )
    return invitation


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one that the person has proved to be theirs."""
    return User.objects.filter(
        pk=user.pk,
        is_active=True,
        emailaddress__verified=True,
        emailaddress__email__iexact=invitation.email,
    ).exists()
