"""Background work of this floor: the e-mail that goes with a notification."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.models import Notification


@shared_task(name="accounts.send_mail")
def send_notification_mail(notification_id: int) -> None:
    """The person gets the notification by e-mail; nothing for one that was told before."""
    found = Notification.objects.select_related("user").filter(pk=notification_id).first()
    if found is None:
        return
    link = f"{settings.SITE_URL}{found.url}" if found.url else ""
    body = render_to_string(
        "email/notification.txt",
        {"notification": found, "link": link, "PRODUCT_NAME": settings.PRODUCT_NAME},
    )
    send_mail(found.text[:120], body, None, [found.user.email])
