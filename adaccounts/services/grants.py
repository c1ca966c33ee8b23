"""Granting and revoking levels in an ad account; each change is in the activity log."""

from datetime import datetime

from django.contrib.auth.models import Permission as PermissionRow
from django.db import transaction

from accounts.models import User
from accounts.services import record_activity
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level, Permission, level_of, permissions_in
from bizcenter.lib.errors import DomainError


class LastAccountAdmin(DomainError):
    code = "last_account_admin"


class NoSuchGrant(DomainError):
    code = "no_such_grant"


@transaction.atomic
def grant_access(
    *, ad_account: AdAccount, user: User, level: Level, actor: User | None, at: datetime
) -> None:
    """The person has exactly this level there, whatever they had before.

    Raises LastAccountAdmin when nobody could manage the account's people any more.
    """
    _keep_an_admin(ad_account, user, level)
    place(ad_account=ad_account, user=user, level=level, actor=actor, at=at)


@transaction.atomic
def revoke_access(*, ad_account: AdAccount, user: User, actor: User | None, at: datetime) -> None:
    """The person cannot enter the ad account, from their next request on.

    Raises NoSuchGrant, and LastAccountAdmin when nobody could manage its people any more.
    """
    _keep_an_admin(ad_account, user, None)
    if not permissions_in(user, ad_account.pk):
        raise NoSuchGrant(f"{user} has no access to {ad_account.name}.")
    place(ad_account=ad_account, user=user, level=None, actor=actor, at=at)


def place(
    *,
    ad_account: AdAccount,
    user: User,
    level: Level | None,
    actor: User | None,
    at: datetime,
) -> None:
    """The person is at this level, and the log says so if that is new."""
    before = level_of(permissions_in(user, ad_account.pk))
    if before != level:
        set_permissions(ad_account, user, level.permissions if level else frozenset())
        _record(ad_account, user, before, level, actor, at)


def set_permissions(ad_account: AdAccount, user: User, wanted: frozenset[Permission]) -> None:
    """Guardian's rows for the person are exactly the wanted ones; callers write the log."""
    rows = AdAccountUserObjectPermission.objects.filter(content_object=ad_account, user=user)
    rows.exclude(permission__codename__in=wanted).delete()
    AdAccountUserObjectPermission.objects.bulk_create(
        [
            AdAccountUserObjectPermission(content_object=ad_account, user=user, permission=row)
            for row in PermissionRow.objects.filter(
                content_type__app_label="adaccounts",
                content_type__model="adaccount",
                codename__in=wanted,
            )
        ],
        ignore_conflicts=True,
    )


def _keep_an_admin(ad_account: AdAccount, leaving: User, level: Level | None) -> None:
    """The lock keeps two Admins from demoting each other at once."""
    AdAccount.objects.select_for_update(no_key=True).get(pk=ad_account.pk)
    held = permissions_in(leaving, ad_account.pk)
    if level == Level.ADMIN or Permission.MANAGE_ACCOUNT not in held:
        return
    others = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, permission__codename=Permission.MANAGE_ACCOUNT.value
    ).exclude(user=leaving)
    if not others.exists():
        raise LastAccountAdmin(
            f"{leaving} is the last Admin of {ad_account.name}. Make somebody else Admin first.",
            field="level",
        )


def _record(
    ad_account: AdAccount,
    user: User,
    before: Level | None,
    after: Level | None,
    actor: User | None,
    at: datetime,
) -> None:
    said = (
        f"Gave {user} the level {after.label} in {ad_account.name}"
        if after
        else f"Took {user}'s access to {ad_account.name} away"
    )
    record_activity(
        business_center=ad_account.business_center,
        actor=actor,
        at=at,
        action="grant_access" if after else "revoke_access",
        summary=said,
        reference=f"ad_account:{ad_account.pk}",
        label=ad_account.name,
        ad_account_id=ad_account.pk,
        before={"person": str(user), "level": before},
        after={"person": str(user), "level": after},
    )
