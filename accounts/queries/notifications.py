"""Reads about what people are told, and how they want to be told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Notification, NotificationPreference, Topic, User
from bizcenter.lib.asked import SOME_TIME, Asked

# Security is always told, both ways and at once.
TOPICS_TO_CHOOSE = tuple(topic for topic in Topic if topic != Topic.SECURITY)
DIGEST_HOUR = 8


def preferences_of(user: User) -> dict[str, NotificationPreference]:
    """{topic: wish} where the person chose something; the others are both ways."""
    return {row.topic: row for row in NotificationPreference.objects.filter(user=user)}


def notifications_of(user: User, topic: str = "") -> QuerySet[Notification]:
    """What the bell's list shows, newest first."""
    found = Notification.objects.filter(user=user, in_app=True)
    return found.filter(topic=topic) if topic in set(Topic) else found


def last_morning(at: datetime) -> datetime:
    """The last 8:00 UTC of practice time: what was told until then is due as a digest."""
    utc = at.astimezone(UTC)
    morning = utc.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= utc else morning - timedelta(days=1)


def waiting_for_digest(user_id: int, until: datetime) -> QuerySet[Notification]:
    return Notification.objects.filter(
        user_id=user_id, mail=Notification.Mail.DIGEST, at__lte=until
    ).order_by("at", "id")


def people_with_due_digest(morning: datetime) -> list[int]:
    """The ids of the people for whom something waited on that morning, and who had no digest for
    it yet."""
    return _WAITING.firsts(morning)


def _waiting(morning: datetime) -> QuerySet[Any, Any]:
    waiting = Notification.objects.filter(mail=Notification.Mail.DIGEST, at__lte=morning)
    had_none = Q(user__digest_sent_for__isnull=True) | Q(user__digest_sent_for__lt=morning)
    return (
        waiting.filter(had_none, user__is_active=True)
        .order_by("user_id")
        .values_list("user_id")
        .distinct()
    )


_WAITING = Asked(_waiting, SOME_TIME)
