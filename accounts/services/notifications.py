"""Telling people what happened, the way each of them wants it: in the bell's list, by e-mail."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import Notification, NotificationPreference, Topic, User
from accounts.queries.notifications import TOPICS_TO_CHOOSE, preferences_of
from bizcenter.lib import jobs

from .activity import record_for_person

_Mail = Notification.Mail


class Ways(NamedTuple):
    """How one person hears of one topic."""

    in_app: bool
    email: bool


_BOTH = Ways(in_app=True, email=True)


@transaction.atomic
def notify(
    *,
    users: Iterable[User],
    key: str,
    topic: str,
    text: str,
    at: datetime,
    url: str = "",
    email: bool = True,
) -> None:
    """Each person has been told once under `key`, in the ways they chose for the topic; telling
    again, also at once, changes nothing. Security is told both ways and at once whatever was
    chosen; without `email` there is no mail, because another one says it.
    """
    people = list(users)
    wishes = _wishes(people, topic)
    rows = [
        Notification(
            user=person,
            key=key,
            topic=topic,
            text=text[:400],
            url=url,
            at=at,
            in_app=wishes.get(person.pk, _BOTH).in_app,
            mail=_mail(person, topic, wanted=email and wishes.get(person.pk, _BOTH).email),
        )
        for person in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        if row.mail == _Mail.AT_ONCE:
            # A row that lost to an earlier one of its key is not stored, and its mail not sent.
            jobs.enqueue("accounts.send_mail", notification_id=row.pk)


def _wishes(people: Collection[User], topic: str) -> dict[int, Ways]:
    """Of those who chose something; nobody chooses about security."""
    if topic == Topic.SECURITY:
        return {}
    rows = NotificationPreference.objects.filter(user__in=people, topic=topic)
    return {row.user_id: Ways(row.in_app, row.email) for row in rows}


def _mail(person: User, topic: str, *, wanted: bool) -> Notification.Mail:
    if not wanted:
        return _Mail.NONE
    return _Mail.DIGEST if person.wants_digest and topic != Topic.SECURITY else _Mail.AT_ONCE


def mark_notifications_read(
    *, user: User, at: datetime, notification: Notification | None = None
) -> None:
    """The person has no unread notification; or, with `notification`, that one is read."""
    rows = Notification.objects.filter(user=user, in_app=True, read_at__isnull=True)
    if notification is not None:
        rows = rows.filter(pk=notification.pk)
    rows.update(read_at=at)


@transaction.atomic
def set_notification_preferences(
    *, user: User, wishes: Mapping[str, Ways], wants_digest: bool, at: datetime
) -> None:
    """The person hears of each given topic in these ways from now on. What waited for a digest
    that is not wanted any more is sent. Security is always told and not among the wishes."""
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = _in_words(preferences_of(person), person.wants_digest)
    rows = [
        NotificationPreference(user=person, topic=topic, in_app=ways.in_app, email=ways.email)
        for topic, ways in wishes.items()
        if topic in TOPICS_TO_CHOOSE
    ]
    NotificationPreference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "topic"],
        update_fields=["in_app", "email"],
    )
    if person.wants_digest and not wants_digest:
        jobs.enqueue("accounts.send_digest", user_id=person.pk, until=at.isoformat())
    person.wants_digest = user.wants_digest = wants_digest
    person.save(update_fields=["wants_digest"])
    after = _in_words(preferences_of(person), wants_digest)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        record_for_person(
            person,
            at=at,
            action="set_notification_preferences",
            summary=f"Changed what {person} is told and how",
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )


def _in_words(wishes: Mapping[str, NotificationPreference], wants_digest: bool) -> dict[str, str]:
    found = {"E-mails": "Once a day" if wants_digest else "At once"}
    for topic in TOPICS_TO_CHOOSE:
        wish = wishes.get(topic)
        ways = _BOTH if wish is None else Ways(wish.in_app, wish.email)
        names = [name for name, on in zip(("in the product", "by e-mail"), ways, strict=True) if on]
        found[topic.label] = " and ".join(names) or "not at all"
    return found
