"""Background work of this floor: e-mails, reminders, and verifications that are due."""

from datetime import datetime

from celery import shared_task

from accounts import services
from bizcenter.clock import queries as clock
from bizcenter.lib.jobs import PATIENCE


@shared_task(name="accounts.send_mail", **PATIENCE)
def send_notification_mail(notification_id: int) -> None:
    services.send_notification_mail(notification_id=notification_id)


@shared_task(name="accounts.send_digest", **PATIENCE)
def send_digest(user_id: int, until: str) -> None:
    services.send_digest(user_id=user_id, until=datetime.fromisoformat(until))


@shared_task(name="accounts.mail_password_reset", **PATIENCE)
def mail_password_reset(membership_id: int, sender_id: int | None) -> None:
    services.mail_password_reset(membership_id=membership_id, sender_id=sender_id)


@shared_task(name="accounts.send_digests")
def send_digests() -> None:
    """One task for each person whose digest is due, and for each mail whose task was lost."""
    services.queue_lost_mails()
    services.queue_digests(at=clock.now())


@shared_task(name="accounts.remind_of_reviews")
def remind_of_reviews() -> None:
    services.remind_of_settings_reviews(at=clock.now())


@shared_task(name="accounts.decide_verifications")
def decide_verifications() -> None:
    """Attempts whose time has come are decided; verifications end with their document."""
    services.decide_due_verifications(until=clock.now())
