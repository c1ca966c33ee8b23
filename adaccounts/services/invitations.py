"""Inviting people to a Business Center together with the ad accounts and assets they will have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import BusinessCenter, Invitation, Membership, Topic, User
from accounts.permissions import standing_of
from accounts.queries import admins_of
from accounts.services import add_member, notify
from accounts.services.invitation_links import InvitationSettled, LinkState, claim, read_link
from accounts.services.invitations import (
    MAX_A_CALL,
    TooManyInvitations,
    change_standing,
    open_invitation,
    renew_invitation,
    settle_invitation,
)
from adaccounts.models import InvitedAccount, InvitedAsset
from adaccounts.permissions import Access, AssetRole, Level
from bizcenter.lib import jobs
from bizcenter.lib.errors import DomainError

from .giving import check_within_reach, give, shared_levels, shared_roles


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
        raise TooManyInvitations(f"Invite at most {MAX_A_CALL} people at once.", field="email")
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
    *, invitation: Invitation, access: Access, actor: User | None, at: datetime
) -> Invitation:
    """The invited person will have this access; the link that was sent stays good.

    Raises what `change_standing` raises, NotOurs and BeyondTheShare.
    """
    check_within_reach(invitation.business_center, access)
    changed = change_standing(invitation=invitation, standing=access.standing, actor=actor, at=at)
    _list(changed, access)
    return changed


@transaction.atomic
def accept_invitation(*, token: str, user: User, at: datetime) -> Membership:
    """The person is a member with what the invitation says, as far as it still exists; who invited
    them knows. Raises InvitationSettled, WrongAddress, AlreadyMember and InvalidEnd."""
    invitation = claim(token=token, user=user, at=at)
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
    invitation = claim(token=token, user=user, at=at)
    settle_invitation(invitation=invitation, state=Invitation.State.DECLINED, actor=user, at=at)
    _tell(invitation, "declined", f"{invitation.email} declined your invitation to", at)


@transaction.atomic
def ask_for_new_link(*, token: str, at: datetime) -> None:
    """Who invited the holder of this expired link knows, once. Raises InvitationSettled for a
    link in any other state."""
    invitation, state = read_link(token=token, at=at)
    if invitation is None or state != LinkState.EXPIRED:
        raise InvitationSettled(state.sentence)
    said = f"{invitation.email} asks for a new link: the old one has expired. Send it again in"
    _tell(invitation, f"asked:{invitation.expires_at:%Y%m%d%H%M%S}", said, at)


def invited_access(invitation: Invitation) -> Access:
    """What the invitation gives now: never more of a shared thing than is still shared."""
    center = invitation.business_center
    rows = InvitedAccount.objects.filter(invitation=invitation).select_related("ad_account")
    levels = {row.ad_account: Level(row.level) for row in rows}
    shared = shared_levels(center, levels)
    for account, level in list(levels.items()):
        if account.business_center_id == center.pk:
            continue
        if account.pk not in shared:
            del levels[account]
        elif shared[account.pk].rank < level.rank:
            levels[account] = shared[account.pk]
    invited = InvitedAsset.objects.filter(
        invitation=invitation, asset__removed_at__isnull=True
    ).select_related("asset")
    roles = shared_roles(center, [row.asset for row in invited])
    assets = {
        row.asset: min(AssetRole(row.role), roles.get(row.asset_id, AssetRole.MANAGER), key=_order)
        for row in invited
        if row.asset.business_center_id == center.pk or row.asset_id in roles
    }
    return Access(standing=standing_of(invitation), levels=levels, assets=assets)


def _order(role: AssetRole) -> int:
    return len(role.permissions)


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
    notify(
        users=inviter or admins_of(center),
        key=f"invitation:{invitation.pk}:{what}",
        topic=Topic.ACCESS,
        text=f"{said} {center.name}.",
        url=f"{reverse('adaccounts:user_list', args=[center.pk])}?q={invitation.email}",
        at=at,
    )
