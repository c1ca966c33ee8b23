"""Members together with the ad accounts their role reaches: added, changed and removed as one."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Preset
from accounts.queries import admins_of, find_user
from accounts.services import add_member, change_member, remove_member
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import Level
from adaccounts.queries import own_managers_of
from bizcenter.lib.errors import DomainError

from .grants import place

_LEVELS = {
    Preset.ANALYST: Level.ANALYST,
    Preset.OPERATOR: Level.OPERATOR,
    Preset.ADMIN: Level.ADMIN,
}


class NotRegistered(DomainError):
    code = "not_registered"


class AccountsNeeded(DomainError):
    code = "accounts_needed"


@transaction.atomic
def add_person(
    *,
    business_center: BusinessCenter,
    email: str,
    preset: Preset,
    ad_accounts: Collection[AdAccount],
    actor: User | None,
    at: datetime,
) -> Membership:
    """The registered person is a member and has the preset's level in the chosen ad accounts;
    an Admin in all of them.

    Raises NotRegistered, AccountsNeeded for a role that works on chosen accounts, AlreadyMember.
    """
    user = find_user(email)
    if user is None:
        raise NotRegistered(
            f"Nobody has signed up as {email}. Ask them to sign up first, then add them here.",
            field="email",
        )
    membership = add_member(
        business_center=business_center, user=user, preset=preset, actor=actor, at=at
    )
    _give_accounts(membership, preset, ad_accounts, actor, at)
    return membership


@transaction.atomic
def change_person(
    *,
    membership: Membership,
    preset: Preset,
    ad_accounts: Collection[AdAccount],
    actor: User | None,
    at: datetime,
) -> Membership:
    """The member has the preset's role and exactly its ad accounts in this Business Center.

    Raises LastAdmin and AccountsNeeded.
    """
    changed = change_member(membership=membership, preset=preset, actor=actor, at=at)
    _give_accounts(changed, preset, ad_accounts, actor, at)
    _adopt_orphans(changed.business_center, actor, at)
    return changed


@transaction.atomic
def remove_person(*, membership: Membership, actor: User | None, at: datetime) -> None:
    """The person is no member and holds nothing any more that they had as one: neither in the
    Business Center's own ad accounts nor in those that partners share with it.

    Raises LastAdmin.
    """
    source = membership.business_center
    remove_member(membership=membership, actor=actor, at=at)
    grants = AdAccountUserObjectPermission.objects.filter(user=membership.user, through=source)
    for account in AdAccount.objects.filter(pk__in=grants.values("content_object_id")):
        place(
            ad_account=account,
            user=membership.user,
            level=None,
            actor=actor,
            at=at,
            through=source,
        )
    grants.delete()
    BusinessAssetUserObjectPermission.objects.filter(user=membership.user, through=source).delete()
    _adopt_orphans(source, actor, at)


def _give_accounts(
    membership: Membership,
    preset: Preset,
    chosen: Collection[AdAccount],
    actor: User | None,
    at: datetime,
) -> None:
    if preset.roles.on_accounts == "chosen" and not chosen:
        raise AccountsNeeded(
            f"Choose at least one ad account for the role {preset.roles.label}.",
            field="ad_accounts",
        )
    reached = {account.pk for account in chosen}
    if preset.roles.on_accounts == "none":
        reached = set()
    every = AdAccount.objects.filter(business_center=membership.business_center)
    for account in every.select_related("business_center"):
        wanted = preset.roles.on_accounts == "all" or account.pk in reached
        place(
            ad_account=account,
            user=membership.user,
            level=_LEVELS[preset] if wanted else None,
            actor=actor,
            at=at,
        )


def _adopt_orphans(business_center: BusinessCenter, actor: User | None, at: datetime) -> None:
    """Ad accounts that lost their last manager with the person go to the remaining Admins."""
    admins = list(admins_of(business_center))
    for account in AdAccount.objects.filter(business_center=business_center):
        if not own_managers_of(account).exists():
            for admin in admins:
                place(ad_account=account, user=admin, level=Level.ADMIN, actor=actor, at=at)
