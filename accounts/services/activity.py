"""The audit trail: written with the change it tells of, never changed afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import ActivityEntry, BusinessCenter, User
from bizcenter.lib import origin

SYSTEM = "System"


def record_activity(
    *,
    business_center: BusinessCenter,
    actor: User | None,
    at: datetime,
    action: str,
    summary: str,
    reference: str,
    label: str,
    ad_account_id: int | None = None,
    subject: User | None = None,
    result: ActivityEntry.Result = ActivityEntry.Result.DONE,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    ip_address: str | None = None,
) -> ActivityEntry:
    """The activity log holds one more entry; call it in the transaction of the change itself.

    Without `ip_address` it is that of the present request, if there is one.
    """
    return ActivityEntry.objects.create(
        business_center=business_center,
        ad_account_id=ad_account_id,
        actor=actor,
        actor_label=str(actor) if actor else SYSTEM,
        at=at,
        action=action,
        summary=summary[:300],
        reference=reference,
        label=label[:600],
        subject_id=None if subject is None else subject.pk,
        result=result,
        before=dict(before or {}),
        after=dict(after or {}),
        ip_address=ip_address or origin.address(),
    )


def record_for_person(
    user: User,
    *,
    at: datetime,
    action: str,
    summary: str,
    actor: User | None = None,
    reference: str = "",
    label: str = "",
    result: ActivityEntry.Result = ActivityEntry.Result.DONE,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    ip_address: str | None = None,
) -> None:
    """Each Business Center of the person has an entry about what happened to the person's own
    things (credentials, security, name); call it in the transaction of the change itself.

    Without `actor` the person did it; without `reference` and `label` it is about the person.
    """
    doer = actor or user
    ActivityEntry.objects.bulk_create(
        ActivityEntry(
            business_center=business_center,
            actor=doer,
            actor_label=str(doer),
            at=at,
            action=action,
            summary=summary[:300],
            reference=reference or f"user:{user.pk}",
            label=(label or str(user))[:600],
            subject_id=user.pk,
            result=result,
            before=dict(before or {}),
            after=dict(after or {}),
            ip_address=ip_address or origin.address(),
        )
        for business_center in BusinessCenter.objects.filter(memberships__user=user)
    )
