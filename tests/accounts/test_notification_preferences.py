"""Everybody chooses, topic by topic, how they are told; only security is told in any case."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from accounts.models import ActivityEntry, Notification, Topic, User
from accounts.queries import unread_count
from accounts.services import notify
from adaccounts.models import AdAccount
from campaigns.models import ReviewState
from tests.factories.accounts import Cast
from tests.factories.campaigns import approve, make_tree

PAGE = "/notifications/preferences/"


def choose(browser: Client, *off: str, wants_digest: str = "at_once") -> None:
    """Save the form with everything ticked but these boxes."""
    topics = [topic for topic in Topic if topic != Topic.SECURITY]
    boxes = {f"{way}_{topic}" for way in ("in_app", "email") for topic in topics} - set(off)
    browser.post(PAGE, dict.fromkeys(boxes, "on") | {"wants_digest": wants_digest})


def told(user: User) -> tuple[int, int]:
    """How often in the product, and by e-mail."""
    return unread_count(user), sum(user.email in message.to for message in mail.outbox)


def test_with_review_mail_off_a_rejected_ad_is_told_in_the_product_only(
    cast: Cast,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks,
) -> None:
    ad = make_tree(ad_account, at, ad={"text": "This coat CURES colds"}).ad
    choose(client_of(cast.mia), "email_review")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        approve(ad, at)  # as far as the rules let it

    assert ad.review_state == ReviewState.REJECTED
    assert told(cast.mia) == (1, 0)
    assert told(cast.ben) == (1, 1)


def test_what_is_not_wanted_in_the_product_is_neither_listed_nor_counted(
    cast: Cast,
    at: datetime,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks,
) -> None:
    browser = client_of(cast.mia)
    choose(browser, "in_app_stop")

    with django_capture_on_commit_callbacks(execute=True):
        notify(users=[cast.mia], key="x", topic=Topic.STOP, text="Stopped.", at=at)

    page = browser.get("/notifications/").content.decode()
    assert told(cast.mia) == (0, 1)
    assert "Stopped." not in page


def test_with_both_ways_off_nothing_is_told_and_telling_again_changes_nothing(
    cast: Cast,
    at: datetime,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks,
) -> None:
    choose(client_of(cast.mia), "in_app_stop", "email_stop")

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            notify(users=[cast.mia], key="x", topic=Topic.STOP, text="Stopped.", at=at)

    assert told(cast.mia) == (0, 0)
    assert Notification.objects.filter(user=cast.mia).count() == 1


@pytest.mark.parametrize("wants_digest", ["daily", "at_once"])
def test_security_is_told_both_ways_and_at_once_whatever_was_posted(
    cast: Cast,
    at: datetime,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks,
    wants_digest: str,
) -> None:
    choose(client_of(cast.mia), wants_digest=wants_digest)
    cast.mia.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        notify(users=[cast.mia], key="x", topic=Topic.SECURITY, text="Password changed.", at=at)

    assert told(cast.mia) == (1, 1)


def test_the_page_shows_what_was_chosen_and_the_log_tells_of_it(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.mia)

    choose(browser, "email_review", wants_digest="daily")

    form = browser.get(PAGE).context["form"]
    assert [name for name, field in form.fields.items() if field.initial is False] == [
        "email_review"
    ]
    assert form["wants_digest"].value() == "daily"
    entry = ActivityEntry.objects.get(action="set_notification_preferences")
    assert entry.before == {"E-mails": "At once", "Ad review": "in the product and by e-mail"}
    assert entry.after == {"E-mails": "Once a day", "Ad review": "in the product"}
    assert entry.subject_id == cast.mia.pk


def test_saving_the_same_again_writes_no_entry(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    choose(client_of(cast.mia))

    assert not ActivityEntry.objects.filter(action="set_notification_preferences").exists()
