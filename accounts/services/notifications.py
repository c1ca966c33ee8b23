"""Telling people what happened: in the bell's list, and by e-mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Notification, User
from bizcenter.lib import jobs


@transaction.atomic
def notify(
    *,
    users: Iterable[User],
    key: str,
    topic: str,
    text: str,
    at: datetime,
    url: str = "",
    email: bool = True,
) -> None:
    """Each person has been told once under `key`; telling again, also at once, changes nothing."""
    rows = [
        Notification(user=user, key=key, topic=topic, text=text[:400], url=url, at=at)
        for user in users
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if email:
        for row in rows:
            # A row that lost to an earlier one of its key is not stored, and its mail not sent.
            jobs.enqueue("accounts.send_mail", notification_id=row.pk)


def mark_notifications_read(*, user: User, at: datetime) -> None:
    """The person has no unread notification."""
    Notification.objects.filter(user=user, read_at__isnull=True).update(read_at=at)
