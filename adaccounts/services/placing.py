"""Putting one person at their levels in many ad accounts at once, in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import Permission as PermissionRow
from django.db import transaction

from accounts.models import ActivityEntry, BusinessCenter, User
from accounts.services import activity_entry, record_activities
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level
from adaccounts.queries.held import direct_levels

_BATCH = 2_000


def permission_rows(model: str = "adaccount") -> dict[str, PermissionRow]:
    """{codename: row} of the permissions that can be granted on this model of ours."""
    rows = PermissionRow.objects.filter(
        content_type__app_label="adaccounts", content_type__model=model
    )
    return {row.codename: row for row in rows}


@transaction.atomic
def place_many(
    *,
    user: User,
    through: BusinessCenter,
    wanted: Mapping[AdAccount, Level | None],
    actor: User | None,
    at: datetime,
) -> None:
    """The person is directly at these levels as a member of `through`; the log tells of each that
    is new. Callers check that they may."""
    held = direct_levels(user, through, list(wanted))
    changes = {account: level for account, level in wanted.items() if held.get(account.pk) != level}
    if not changes:
        return
    AdAccountUserObjectPermission.objects.filter(
        user=user, through=through, group=None, content_object__in=list(changes)
    ).delete()
    permissions = permission_rows()
    AdAccountUserObjectPermission.objects.bulk_create(
        (
            AdAccountUserObjectPermission(
                content_object=account,
                user=user,
                through=through,
                permission=permissions[permission.value],
            )
            for account, level in changes.items()
            for permission in (level.permissions if level else ())
        ),
        batch_size=_BATCH,
    )
    record_activities(
        level_entry(account, user, held.get(account.pk), level, actor, at)
        for account, level in changes.items()
    )


def make_admins(ad_account: AdAccount, user_ids: Iterable[int]) -> None:
    """These members of its owner are Admins of an ad account that nobody is in yet. Callers write
    the log."""
    permissions = permission_rows()
    AdAccountUserObjectPermission.objects.bulk_create(
        AdAccountUserObjectPermission(
            content_object=ad_account,
            user_id=user_id,
            through_id=ad_account.business_center_id,
            permission=permissions[permission.value],
        )
        for user_id in user_ids
        for permission in Level.ADMIN.permissions
    )


def level_entry(
    ad_account: AdAccount,
    user: User,
    before: Level | None,
    after: Level | None,
    actor: User | None,
    at: datetime,
) -> ActivityEntry:
    """What the log of the owner says about a level that was given or taken."""
    said = (
        f"Gave {user} the level {after.label} in {ad_account.name}"
        if after
        else f"Took {user}'s access to {ad_account.name} away"
    )
    return activity_entry(
        business_center_id=ad_account.business_center_id,
        actor=actor,
        at=at,
        action="grant_access" if after else "revoke_access",
        summary=said,
        reference=f"ad_account:{ad_account.pk}",
        label=ad_account.name,
        ad_account_id=ad_account.pk,
        subject_id=user.pk,
        before={"person": str(user), "level": before},
        after={"person": str(user), "level": after},
    )
