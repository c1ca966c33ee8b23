"""Granting and revoking levels in an ad account; each change is in the activity log."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.services import NotAMember
from accounts.services.members import lock_members
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
)
from adaccounts.permissions import Level, Permission
from adaccounts.queries.held import direct_level
from bizcenter.lib.errors import DomainError

from .in_charge import check_still_in_charge
from .placing import place_many


class LastAccountAdmin(DomainError):
    code = "last_account_admin"


class NoSuchGrant(DomainError):
    code = "no_such_grant"


class BeyondTheShare(DomainError):
    code = "beyond_the_share"


@transaction.atomic
def grant_access(
    *,
    ad_account: AdAccount,
    user: User,
    level: Level,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person has directly exactly this level there, as a member of `through` (the owner, or a
    partner with whom the account is shared).

    Raises NotAMember, BeyondTheShare for a level higher than the partner's share,
    LastAccountAdmin when nobody of the owner could manage the account's people any more, and
    NotInChargeAnyMore.
    """
    source = through or ad_account.business_center
    lock_members(source)
    if not Membership.objects.filter(business_center=source, user=user).exists():
        raise NotAMember(f"{user} is not a member of {source.name}. Invite them first.")
    _stay_within_the_share(ad_account, source, level)
    _keep_an_admin(ad_account, user, source, level)
    check_still_in_charge(ad_account, source, actor)
    place(ad_account=ad_account, user=user, level=level, actor=actor, at=at, through=source)


@transaction.atomic
def revoke_access(
    *,
    ad_account: AdAccount,
    user: User,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person has no direct access to the ad account as a member of `through` (the owner
    unless given), from their next request on.

    Raises NoSuchGrant, LastAccountAdmin when nobody could manage its people any more, and
    NotInChargeAnyMore.
    """
    source = through or ad_account.business_center
    lock_members(source)
    _keep_an_admin(ad_account, user, source, None)
    if direct_level(ad_account, user, source) is None:
        raise NoSuchGrant(f"{user} has no access to {ad_account.name}.")
    check_still_in_charge(ad_account, source, actor)
    place(ad_account=ad_account, user=user, level=None, actor=actor, at=at, through=source)


def place(
    *,
    ad_account: AdAccount,
    user: User,
    level: Level | None,
    actor: User | None,
    at: datetime,
    through: BusinessCenter | None = None,
) -> None:
    """The person is directly at this level, and the log says so if that is new. Callers check."""
    source = through or ad_account.business_center
    place_many(user=user, through=source, wanted={ad_account: level}, actor=actor, at=at)


def _stay_within_the_share(ad_account: AdAccount, source: BusinessCenter, level: Level) -> None:
    if source.pk == ad_account.business_center_id:
        return
    # Locked, so that nobody is given what is being taken away at the same moment.
    shares = AccountShare.objects.select_for_update(of=("self",), no_key=True)
    share = shares.filter(
        ad_account=ad_account,
        partnership__business_center_id=ad_account.business_center_id,
        partnership__partner=source,
    ).first()
    if share is None or Level(share.level).rank < level.rank:
        held = f"as {Level(share.level).label}" if share else "not at all"
        raise BeyondTheShare(
            f"{ad_account.name} is shared with {source.name} {held}. "
            f"Ask {ad_account.business_center.name} to share it as {level.label}.",
            field="level",
        )


def _keep_an_admin(
    ad_account: AdAccount, leaving: User, source: BusinessCenter, level: Level | None
) -> None:
    """The lock keeps two Admins from demoting each other at once; that of the Business Center,
    which the caller holds, keeps one from being removed meanwhile."""
    AdAccount.objects.select_for_update(no_key=True).get(pk=ad_account.pk)
    if level == Level.ADMIN or source.pk != ad_account.business_center_id:
        return
    if direct_level(ad_account, leaving, source) != Level.ADMIN:
        return
    others = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account,
        through=source,
        permission__codename=Permission.MANAGE_ACCOUNT.value,
    ).exclude(user=leaving, group=None)
    if not others.exists():
        raise LastAccountAdmin(
            f"{leaving} is the last Admin of {ad_account.name}. Make somebody else Admin first.",
            field="level",
        )
