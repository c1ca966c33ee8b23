"""Background work of this floor: the e-mails that go with notifications, and reminders.

A task that the mail server refused is tried again, later each time.
"""

from datetime import datetime
from typing import Any

from celery import shared_task

from accounts import services
from bizcenter.clock import queries as clock

PATIENCE: dict[str, Any] = {
    "autoretry_for": (OSError,),
    "max_retries": 12,
    "retry_backoff": 10,
    # Less than the broker's visibility time-out: after that a waiting task is given out again.
    "retry_backoff_max": 600,
}


@shared_task(name="accounts.send_mail", **PATIENCE)
def send_notification_mail(notification_id: int) -> None:
    services.send_notification_mail(notification_id=notification_id)


@shared_task(name="accounts.send_digest", **PATIENCE)
def send_digest(user_id: int, until: str) -> None:
    services.send_digest(user_id=user_id, until=datetime.fromisoformat(until))


@shared_task(name="accounts.send_digests")
def send_digests() -> None:
    """One task for each person whose digest is due."""
    services.queue_digests(at=clock.now())


@shared_task(name="accounts.remind_of_reviews")
def remind_of_reviews() -> None:
    services.remind_of_settings_reviews(at=clock.now())


@shared_task(name="accounts.decide_verifications")
def decide_verifications() -> None:
    """Attempts whose time has come are decided; verifications end with their document."""
    services.decide_due_verifications(until=clock.now())
