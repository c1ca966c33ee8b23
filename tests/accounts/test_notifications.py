"""Telling people: once each, in the bell and by e-mail, and read one by one or all at once."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Notification, Topic
from accounts.queries import unread_count
from accounts.services import notify
from tests.factories.accounts import Cast

THERE = "/ad-accounts/1/campaigns/7/"


def tell(cast: Cast, at: datetime, key: str = "stop:7", **changes: object) -> None:
    told = {
        "users": [cast.ben, cast.mia],
        "topic": Topic.STOP,
        "text": "Spring sale is deactivated.",
        "url": THERE,
    }
    notify(key=key, at=at, **told | changes)


def test_everybody_is_told_in_the_bell_and_by_mail(
    cast: Cast, at: datetime, django_capture_on_commit_callbacks, settings
) -> None:
    settings.SITE_URL = "https://practice.example"

    with django_capture_on_commit_callbacks(execute=True):
        tell(cast, at)

    assert unread_count(cast.ben) == unread_count(cast.mia) == 1
    assert sorted(m.to[0] for m in mail.outbox) == sorted([cast.ben.email, cast.mia.email])
    assert f"https://practice.example{THERE}" in mail.outbox[0].body


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


def test_looking_at_the_list_leaves_everything_new(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at)
    browser = client_of(cast.ben)

    browser.get("/notifications/")
    page = browser.get("/notifications/").content.decode()

    assert "Spring sale is deactivated." in page
    assert ">New<" in page
    assert "Notifications, 1 unread" in page


def test_an_open_page_hears_of_news_with_the_clock(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)
    page = browser.get("/notifications/").content.decode()
    (address,) = re.findall(r'data-clock-slot[^>]* hx-get="([^"]+)" hx-trigger="every 15s"', page)
    assert 'id="bell"' in page

    tell(cast, at)
    pulse = browser.get(address).content.decode()

    assert re.search(r'id="bell"[^>]* hx-swap-oob="true"[^>]*Notifications, 1 unread', pulse)
    assert "data-clock-slot" not in pulse
    assert 'data-clock="' in pulse


def test_opening_one_reads_it_and_leads_to_its_place(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at)
    tell(cast, at, key="stop:8")
    mine = Notification.objects.get(user=cast.ben, key="stop:7")

    answer = client_of(cast.ben).get(f"/notifications/{mine.pk}/")

    mine.refresh_from_db()
    assert answer.headers["Location"] == THERE
    assert mine.read_at == at
    assert unread_count(cast.ben) == 1


def test_a_link_out_of_the_product_is_not_followed(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at, url="//thief.example/")
    mine = Notification.objects.get(user=cast.ben)

    answer = client_of(cast.ben).get(f"/notifications/{mine.pk}/")

    assert answer.headers["Location"] == "/notifications/"


def test_everything_is_read_by_one_button(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    tell(cast, at)
    tell(cast, at, key="stop:8")

    client_of(cast.ben).post("/notifications/read/")

    assert (unread_count(cast.ben), unread_count(cast.mia)) == (0, 2)


def test_the_list_is_filtered_by_topic_and_read_page_by_page(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    for number in range(30):
        tell(cast, at, key=f"stop:{number}")
    tell(cast, at, key="x", topic=Topic.REVIEW, text="Film A is approved.")
    browser = client_of(cast.ben)

    def shown(**query: object) -> int:
        return len(browser.get("/notifications/", query).context["page"].object_list)

    assert (shown(), shown(page=2)) == (25, 6)
    assert (shown(topic="review"), shown(topic="stop", page=2), shown(topic="access")) == (1, 5, 0)


@pytest.mark.parametrize("name", ["ana", "stranger"])
def test_people_read_their_own_notifications_only(
    cast: Cast, at: datetime, client_of: Callable[..., Client], name: str
) -> None:
    tell(cast, at)
    browser = client_of(cast.everyone[name])
    mine = Notification.objects.get(user=cast.ben)

    assert "Spring sale" not in browser.get("/notifications/").content.decode()
    assert browser.get(f"/notifications/{mine.pk}/").status_code == 404
    assert unread_count(cast.ben) == 1
