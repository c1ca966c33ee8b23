"""What can be said to somebody who comes with the link of an invitation."""

from datetime import datetime
from enum import StrEnum

from accounts.models import Invitation, InvitationLink, User
from bizcenter.lib import secret


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


def invitation_behind(*, token: str, at: datetime) -> tuple[Invitation | None, LinkState]:
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


def is_addressed_to(invitation: Invitation, user: User) -> bool:
    """Whether the invited address is one that the person has proved to be theirs."""
    return User.objects.filter(
        pk=user.pk,
        is_active=True,
        emailaddress__verified=True,
        emailaddress__email__iexact=invitation.email,
    ).exists()
