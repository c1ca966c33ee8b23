"""The e-mails that go with notifications, each sent once.

A mail is claimed in the transaction that sends it: a task that comes twice finds it sent, and a
mail server that refuses rolls the claim back, so that a later try sends it.
"""

from datetime import datetime, timedelta
from textwrap import shorten

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import Notification, User
from accounts.queries.notifications import (
    last_morning,
    people_with_due_digest,
    waiting_for_digest,
)
from bizcenter.lib import jobs
from bizcenter.lib.ids import first_id_of

LOST_AFTER = timedelta(minutes=5)
TRIED_FOR = 2 * 3600
MOST_AT_A_TIME = 5_000
LONGEST_SUBJECT = 120

_Mail = Notification.Mail


@transaction.atomic
def send_notification_mail(*, notification_id: int) -> None:
    """The person has the notification by e-mail; nothing happens when it was sent or is not to be.

    Raises OSError when the mail server refuses; then it is still to be sent.
    """
    waiting = Notification.objects.select_for_update(of=("self",)).filter(mail=_Mail.AT_ONCE)
    found = waiting.select_related("user").filter(pk=notification_id).first()
    if found is None:
        return
    found.mail = _Mail.SENT
    found.save(update_fields=["mail"])
    if found.user.is_active:
        _send(found.user, subject_of(found.text), "email/notification.txt", [found])


def subject_of(text: str) -> str:
    """What is told, or of a longer text its first sentence; ends between words at the latest."""
    if len(text) <= LONGEST_SUBJECT:
        return text
    first = text.partition(". ")[0]
    return shorten(first, LONGEST_SUBJECT, placeholder="…")


def queue_lost_mails() -> None:
    """Mails whose task was lost are about to be sent: those that wait for longer than five real
    minutes, each again at most after two hours, which is longer than a task tries."""
    lost = Notification.objects.filter(
        mail=_Mail.AT_ONCE, pk__lt=first_id_of(timezone.now() - LOST_AFTER)
    )
    for key in lost.order_by("pk").values_list("pk", flat=True)[:MOST_AT_A_TIME]:
        if cache.add(f"mail_again:{key}", True, timeout=TRIED_FOR):
            jobs.enqueue("accounts.send_mail", notification_id=key)


def queue_digests(*, at: datetime) -> None:
    """Everybody for whom something waited at the last morning is about to get it by e-mail."""
    morning = last_morning(at)
    for user_id in people_with_due_digest(morning):
        jobs.enqueue("accounts.send_digest", user_id=user_id, until=morning.isoformat())


@transaction.atomic
def send_digest(*, user_id: int, until: datetime) -> None:
    """The person has one e-mail with everything that waited at `until`; at most one is sent for
    it. Raises OSError when the mail server refuses; then everything still waits."""
    not_yet = Q(digest_sent_for__isnull=True) | Q(digest_sent_for__lt=until)
    if not User.objects.filter(not_yet, pk=user_id).update(digest_sent_for=until):
        return
    told = list(waiting_for_digest(user_id, until).select_for_update())
    if not told:
        return
    Notification.objects.filter(pk__in=[row.pk for row in told]).update(mail=_Mail.SENT)
    person = User.objects.get(pk=user_id)
    news = "1 piece of news" if len(told) == 1 else f"{len(told)} pieces of news"
    _send(person, f"{news} from {settings.PRODUCT_NAME}", "email/digest.txt", told)


def _send(person: User, subject: str, template: str, told: list[Notification]) -> None:
    items = [(row, f"{settings.SITE_URL}{row.url}" if row.url else "") for row in told]
    context = {"person": person, "items": items, "PRODUCT_NAME": settings.PRODUCT_NAME}
    # A line break in a subject would be refused as a forged header.
    send_mail(" ".join(subject.split()), render_to_string(template, context), None, [person.email])
