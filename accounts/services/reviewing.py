"""Looking at the settings from time to time, and being reminded of it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import BusinessCenter, Notification, Topic, User
from accounts.queries import admins_of
from accounts.queries.review import REVIEW_EVERY, due_for_review, last_review, last_reviewed
from bizcenter.lib.asked import SOME_TIME, Asked

from .activity import record_activity
from .notifications import notify


@transaction.atomic
def confirm_settings_review(
    *, business_center: BusinessCenter, actor: User, at: datetime
) -> BusinessCenter:
    """The settings count as reviewed by this person now; the next reminder comes in 90 days."""
    row = BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)
    before = row.settings_reviewed_at
    row.settings_reviewed_at, row.settings_reviewed_by = at, actor
    row.save(update_fields=["settings_reviewed_at", "settings_reviewed_by"])
    record_activity(
        business_center=row,
        actor=actor,
        at=at,
        action="confirm_settings_review",
        summary="Reviewed the settings",
        reference=f"business_center:{row.pk}",
        label=row.name,
        before={"last review": before.isoformat() if before else None},
        after={"last review": at.isoformat()},
    )
    return row


def remind_of_settings_reviews(*, at: datetime) -> None:
    """The Admins of every Business Center whose last review is 90 days ago were reminded of it,
    once a review."""
    if not _DUE.rows(at - REVIEW_EVERY):
        return
    due = {_key(center): center for center in due_for_review(at)}
    told = Notification.objects.filter(key__in=due, topic=Topic.BUSINESS)
    for key in due.keys() - set(told.values_list("key", flat=True)):
        center = due[key]
        notify(
            users=admins_of(center),
            key=key,
            topic=Topic.BUSINESS,
            text=f"Review the settings of {center.name}: people, security and business "
            f"information were last looked at {REVIEW_EVERY.days} days ago or more.",
            at=at,
            url=reverse("accounts:settings", kwargs={"business_center_id": center.pk}),
        )


_DUE = Asked(lambda reviewed: last_reviewed(by=reviewed).values_list("pk"), SOME_TIME)


def _key(center: BusinessCenter) -> str:
    return f"settings_review:{center.pk}:{last_review(center):%Y-%m-%d}"
