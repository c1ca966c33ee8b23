"""The audit trail: written with the change it tells of, never changed afterwards."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from accounts.models import ActivityEntry, BusinessCenter, Membership, User
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
    """The activity log holds one more entry; call it in the transaction of the change itself."""
    entry = activity_entry(
        business_center_id=business_center.pk,
        ad_account_id=ad_account_id,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=reference,
        label=label,
        subject_id=None if subject is None else subject.pk,
        result=result,
        before=dict(before or {}),
        after=dict(after or {}),
        ip_address=ip_address,
    )
    entry.save(force_insert=True)
    return entry


def activity_entry(
    *, actor: User | None, summary: str, label: str, ip_address: str | None = None, **facts: Any
) -> ActivityEntry:
    """An entry for `record_activities`; `facts` are the other columns.

    Without `ip_address` it is that of the present request, if there is one.
    """
    return ActivityEntry(
        actor=actor,
        actor_label=str(actor) if actor else SYSTEM,
        summary=summary[:300],
        label=label[:600],
        ip_address=ip_address or origin.address(),
        **facts,
    )


def record_activities(entries: Iterable[ActivityEntry]) -> None:
    """The activity log holds them all: for changes to many things at once."""
    ActivityEntry.objects.bulk_create(entries, batch_size=1_000)


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
) -> None:
    """Each Business Center of the person has an entry about what happened to the person's own
    things (credentials, security, name); call it in the transaction of the change itself.

    Without `actor` the person did it; without `reference` and `label` it is about the person.
    """
    record_activities(
        activity_entry(
            business_center_id=business_center_id,
            actor=actor or user,
            at=at,
            action=action,
            summary=summary,
            reference=reference or f"user:{user.pk}",
            label=label or str(user),
            subject_id=user.pk,
            result=result,
            before=dict(before or {}),
            after=dict(after or {}),
        )
        for business_center_id in Membership.objects.filter(user=user).values_list(
            "business_center_id", flat=True
        )
    )
