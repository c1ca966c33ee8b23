"""E-mails go out once: when a task comes twice, and when the mail server refuses at first."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import BusinessCenter, Notification, Topic
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.queries.invitations import LinkState, invitation_behind
from accounts.services import notify
from accounts.tasks import mail_password_reset, send_digest, send_notification_mail
from adaccounts.permissions import preset_access
from adaccounts.services import invite_person
from adaccounts.tasks import mail_invitation
from bizcenter.celery import app
from tests.factories.accounts import Cast

REFUSED = ConnectionRefusedError("The mail server is down.")


class Moody(EmailBackend):
    """Refuses as often as it is told to, then sends."""

    refusals: ClassVar[int] = 0

    def send_messages(self, messages: Any) -> int:
        if Moody.refusals:
            Moody.refusals -= 1
            raise REFUSED
        return super().send_messages(messages)


@pytest.fixture
def told(cast: Cast, at: datetime) -> Notification:
    """Something that Mia is to get by e-mail, whose task has not run yet."""
    notify(users=[cast.mia], key="x", topic=Topic.STOP, text="Spring sale\nhas stopped.", at=at)
    return Notification.objects.get()


@pytest.fixture
def moody(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Moody]]:
    # As a worker does it: what a task raises is not its caller's.
    monkeypatch.setitem(app.conf, "task_eager_propagates", False)
    settings.EMAIL_BACKEND = "tests.accounts.test_mails.Moody"
    yield Moody
    Moody.refusals = 0


def test_a_task_that_comes_twice_sends_one_mail(told: Notification) -> None:
    send_notification_mail(told.pk)
    send_notification_mail(told.pk)

    told.refresh_from_db()
    assert [message.subject for message in mail.outbox] == ["Spring sale has stopped."]
    assert told.mail == Notification.Mail.SENT


def test_a_mail_that_is_refused_is_sent_by_a_later_try(
    told: Notification, moody: type[Moody]
) -> None:
    moody.refusals = 2

    send_notification_mail.apply(args=[told.pk])

    told.refresh_from_db()
    assert len(mail.outbox) == 1
    assert told.mail == Notification.Mail.SENT


def test_a_mail_that_is_always_refused_is_still_to_be_sent(
    told: Notification, moody: type[Moody]
) -> None:
    moody.refusals = 1_000

    send_notification_mail.apply(args=[told.pk])

    told.refresh_from_db()
    assert mail.outbox == []
    assert told.mail == Notification.Mail.AT_ONCE
    assert moody.refusals == 1_000 - 1 - app.tasks["accounts.send_mail"].max_retries


def test_a_refused_digest_waits_and_is_sent_whole_later(
    cast: Cast, at: datetime, moody: type[Moody]
) -> None:
    cast.mia.wants_digest = True
    cast.mia.save()
    for key in "ab":
        notify(users=[cast.mia], key=key, topic=Topic.STOP, text=f"News {key}", at=at)
    moody.refusals = 1

    send_digest.apply(args=[cast.mia.pk, at.isoformat()])

    assert len(mail.outbox) == 1
    assert "News a" in mail.outbox[0].body
    assert "News b" in mail.outbox[0].body


def test_a_refused_link_to_choose_a_password_is_sent_later(
    cast: Cast, business_center: BusinessCenter, moody: type[Moody]
) -> None:
    member = membership_of(cast.mia, business_center)
    moody.refusals = 2

    mail_password_reset.apply(args=[member.pk, cast.ben.pk])

    assert [message.to for message in mail.outbox] == [[cast.mia.email]]


def test_a_refused_invitation_is_sent_later_with_a_link_that_works(
    cast: Cast, business_center: BusinessCenter, at: datetime, moody: type[Moody]
) -> None:
    invitation = invite_person(
        business_center=business_center,
        email="nora@northwind.example",
        access=preset_access(Preset.ANALYST),
        actor=cast.ben,
        at=at,
    )
    moody.refusals = 2

    mail_invitation.apply(args=[invitation.pk])

    [sent] = mail.outbox
    token = re.search(r"/join/([^/]+)/", sent.body)[1]
    assert invitation_behind(token=token, at=at) == (invitation, LinkState.OPEN)
    assert invitation.links.count() == 1


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Spring sale has stopped.", "Spring sale has stopped."),
        (f"Signing in is locked. {'If it was not you, change it. ' * 5}", "Signing in is locked"),
        (f"{'very ' * 40}long", f"{'very ' * 23}very…"),
    ],
)
def test_a_subject_ends_with_a_sentence_or_at_least_with_a_word(
    cast: Cast, at: datetime, text: str, subject: str
) -> None:
    notify(users=[cast.mia], key="x", topic=Topic.STOP, text=text, at=at)

    send_notification_mail(Notification.objects.get().pk)

    assert mail.outbox[-1].subject == subject
