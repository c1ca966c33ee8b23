"""The links of invitations: kept as digests, and good for the invited address only."""

from datetime import datetime

from django.db import transaction

from accounts.models import Invitation, InvitationLink, User
from accounts.queries.invitations import LinkState, invitation_behind, is_addressed_to
from bizcenter.lib import secret
from bizcenter.lib.errors import DomainError

from .members import lock_members


class InvitationSettled(DomainError):
    code = "invitation_settled"


class WrongAddress(DomainError):
    code = "wrong_address"


@transaction.atomic
def make_invitation_link(*, invitation: Invitation, at: datetime) -> str:
    """The plain text of the one link that works from now on."""
    invitation.links.filter(replaced_at=None).update(replaced_at=at)
    plain = secret.new_secret()
    InvitationLink.objects.create(token_hash=secret.digest(plain), invitation=invitation)
    return plain


def claim_invitation(*, token: str, user: User, at: datetime) -> Invitation:
    """The open invitation behind the link, locked, for the person it was sent to.

    Raises InvitationSettled with the link's sentence, and WrongAddress for everybody else.
    """
    invitation, state = invitation_behind(token=token, at=at)
    if invitation is not None:
        lock_members(invitation.business_center)
        invitation, state = invitation_behind(token=token, at=at)
    if invitation is None or state != LinkState.OPEN:
        raise InvitationSettled(state.sentence)
    if not is_addressed_to(invitation, user):
        raise WrongAddress(
            "This invitation was sent to another e-mail address. Sign in with that one."
        )
    return invitation
