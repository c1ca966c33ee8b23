"""A mail whose task was lost on its way to a worker is sent all the same, once."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Notification, Topic
from accounts.services import notify
from accounts.tasks import send_digests, send_notification_mail
from bizcenter.lib.ids import first_id_of, new_id
from tests.factories.accounts import Cast

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lost(cast: Cast, at: datetime) -> Notification:
    """Told six real minutes ago; what was to be done on commit was never done."""
    notify(users=[cast.ben], key="1", topic=Topic.STOP, text="Stopped.", at=at)
    row = Notification.objects.get()
    key = first_id_of(timezone.now() - 6 * MINUTE)
    Notification.objects.filter(pk=row.pk).update(id=key)
    return Notification.objects.get(pk=key)


@pytest.fixture
def beat(django_capture_on_commit_callbacks):
    def beaten() -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            send_digests()
        return [message.subject for message in mail.outbox]

    return beaten


def test_the_beat_sends_it_once(lost: Notification, beat) -> None:
    assert beat() == ["Stopped."]
    assert beat() == ["Stopped."]

    lost.refresh_from_db()
    assert lost.mail == Notification.Mail.SENT


def test_the_task_that_comes_late_after_all_sends_nothing(lost: Notification, beat) -> None:
    beat()
    send_notification_mail(notification_id=lost.pk)

    assert len(mail.outbox) == 1


def test_what_was_told_just_now_is_left_to_its_own_task(cast: Cast, at: datetime, beat) -> None:
    notify(users=[cast.ben], key="1", topic=Topic.STOP, text="Stopped.", at=at)

    assert beat() == []


def test_while_the_mail_server_refuses_tasks_do_not_pile_up(
    lost: Notification, django_capture_on_commit_callbacks
) -> None:
    begun = []
    for _ in range(3):
        with django_capture_on_commit_callbacks() as waiting:
            send_digests()
        begun.append(len(waiting))

    cache.clear()  # two hours later
    with django_capture_on_commit_callbacks() as waiting:
        send_digests()

    assert begun == [1, 0, 0]
    assert len(waiting) == 1


def test_ids_tell_when_they_were_made() -> None:
    now = timezone.now()
    assert first_id_of(now - timedelta(seconds=2)) < new_id() < first_id_of(now + MINUTE)
