"""Telling people: once each, in the bell and by e-mail, and read by opening the list."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Notification
from accounts.queries import unread_count
from accounts.services import notify
from tests.factories.accounts import Cast


def tell(cast: Cast, at: datetime, key: str = "stop:7", **changes: object) -> None:
    notify(
        users=[cast.ben, cast.mia],
        key=key,
        topic="campaign_stopped",
        text="Spring sale is deactivated.",
        at=at,
        url="/ad-accounts/1/campaigns/7/",
        **changes,
    )


def test_everybody_is_told_in_the_bell_and_by_mail(
    cast: Cast, at: datetime, django_capture_on_commit_callbacks, settings
) -> None:
    settings.SITE_URL = "https://practice.example"

    with django_capture_on_commit_callbacks(execute=True):
        tell(cast, at)

    assert unread_count(cast.ben) == unread_count(cast.mia) == 1
    assert sorted(m.to[0] for m in mail.outbox) == sorted([cast.ben.email, cast.mia.email])
    assert "https://practice.example/ad-accounts/1/campaigns/7/" in mail.outbox[0].body


def test_telling_the_same_thing_again_reaches_nobody(
    cast: Cast, at: datetime, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(cast, at)
        tell(cast, at)

    assert unread_count(cast.ben) == 1
    assert len(mail.outbox) == 2


def test_mail_can_be_left_out(cast: Cast, at: datetime, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tell(cast, at, email=False)

    assert mail.outbox == []


def test_opening_the_list_reads_it_and_still_shows_what_was_new(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at)
    browser = client_of(cast.ben)

    first = browser.get("/notifications/").content.decode()
    second = browser.get("/notifications/").content.decode()

    assert "Spring sale is deactivated." in first
    assert ">New<" in first
    assert ">New<" not in second
    assert Notification.objects.get(user=cast.ben).read_at == at
    assert unread_count(cast.mia) == 1


def test_the_bell_counts_what_is_unread(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at)
    tell(cast, at, key="stop:8")

    page = client_of(cast.ben).get("/profile/").content.decode()

    assert "Notifications, 2 unread" in page


@pytest.mark.parametrize("name", ["ana", "stranger"])
def test_people_read_their_own_notifications_only(
    cast: Cast, at: datetime, client_of: Callable[..., Client], name: str
) -> None:
    tell(cast, at)

    page = client_of(cast.everyone[name]).get("/notifications/").content.decode()

    assert "Spring sale" not in page
