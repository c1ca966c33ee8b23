"""Who wants it gets one e-mail a practice day, with everything since the one before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Notification, Topic, User
from accounts.services import notify, queue_digests, set_notification_preferences
from accounts.tasks import send_digests
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.services import advance_to
from tests.factories.accounts import Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mia(cast: Cast, at: datetime) -> User:
    set_notification_preferences(user=cast.mia, wishes={}, wants_digest=True, at=at)
    return cast.mia


@pytest.fixture
def morning(at: datetime) -> datetime:
    """The next one, in practice time."""
    return (at + DAY).replace(hour=8)


def tell(user: User, at: datetime, text: str) -> None:
    notify(users=[user], key=text, topic=Topic.REVIEW, text=text, at=at, url=f"/{text}/")


def bodies() -> list[str]:
    return [message.body for message in mail.outbox]


def test_nothing_is_sent_before_the_morning_and_then_one_mail_lists_all(
    mia: User, at: datetime, morning: datetime, django_capture_on_commit_callbacks, settings
) -> None:
    settings.SITE_URL = "https://practice.example"
    with django_capture_on_commit_callbacks(execute=True):
        tell(mia, at, "first")
        tell(mia, at + HOUR, "second")
        queue_digests(at=morning - timedelta(seconds=1))
    assert bodies() == []

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            queue_digests(at=morning)

    assert len(bodies()) == 1
    assert bodies()[0].index("first") < bodies()[0].index("https://practice.example/second/")
    assert mail.outbox[0].subject == "2 pieces of news from Understudy"
    assert set(Notification.objects.values_list("mail", flat=True)) == {"sent"}


def test_what_is_told_late_waits_for_the_next_morning(
    mia: User, at: datetime, morning: datetime, django_capture_on_commit_callbacks
) -> None:
    tell(mia, at, "first")
    with django_capture_on_commit_callbacks(execute=True):
        queue_digests(at=morning)
    tell(mia, at, "late")
    with django_capture_on_commit_callbacks(execute=True):
        queue_digests(at=morning + HOUR)
    assert len(bodies()) == 1

    with django_capture_on_commit_callbacks(execute=True):
        queue_digests(at=morning + DAY)

    assert len(bodies()) == 2
    assert "late" in bodies()[1]
    assert "first" not in bodies()[1]


def test_a_jump_over_days_sends_one_for_each_day_with_news(
    mia: User, at: datetime, morning: datetime, django_capture_on_commit_callbacks
) -> None:
    tell(mia, at, "today")
    tell(mia, at + DAY, "tomorrow")

    with django_capture_on_commit_callbacks(execute=True):
        advance_to(at + 4 * DAY)

    assert ["today" in body for body in bodies()] == [True, False]
    assert ["tomorrow" in body for body in bodies()] == [False, True]


def test_the_beat_reads_the_practice_clock(
    mia: User, at: datetime, morning: datetime, django_capture_on_commit_callbacks
) -> None:
    tell(mia, at, "first")
    set_clock(at=morning, rate=PracticeClock.PAUSED)

    with django_capture_on_commit_callbacks(execute=True):
        send_digests()

    assert len(bodies()) == 1


def test_going_back_to_single_mails_sends_what_waits_at_once(
    mia: User,
    at: datetime,
    morning: datetime,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks,
) -> None:
    tell(mia, at, "waiting")

    with django_capture_on_commit_callbacks(execute=True):
        client_of(mia).post("/notifications/preferences/", {"wants_digest": "at_once"})
        queue_digests(at=morning)

    assert len(bodies()) == 1
    assert "waiting" in bodies()[0]
    mia.refresh_from_db()
    assert not mia.wants_digest
