"""Reads of the activity log: whose, of which kind, about what, when and with which result."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import ActivityEntry, BusinessCenter, User
from bizcenter.lib.ids import read_id

from .activity_types import ActivityType, of_activity_type


@dataclass(frozen=True)
class ActivityWish:
    """What somebody looks for; empty values leave nothing out. `end` is exclusive."""

    search: str = ""
    person: str = ""
    kind: str = ""
    object: str = ""
    ad_account_id: int | None = None
    first: datetime | None = None
    end: datetime | None = None
    result: str = ""


def activity_of(
    business_center: BusinessCenter, *, search: str = "", wish: ActivityWish | None = None
) -> QuerySet[ActivityEntry]:
    """The activity log, newest first; `search` looks at who, what and at which object."""
    entries = ActivityEntry.objects.filter(business_center=business_center).order_by("-id")
    return narrowed(entries, wish or ActivityWish(search=search))


def activity_in(
    business_center: BusinessCenter,
    ad_account_id: int,
    wish: ActivityWish,
    *,
    without: Collection[str] = (),
) -> QuerySet[ActivityEntry]:
    """What happened in one ad account of the Business Center, newest first, `without` some
    actions."""
    entries = ActivityEntry.objects.filter(
        business_center=business_center, ad_account_id=ad_account_id
    ).order_by("-id")
    return narrowed(entries.exclude(action__in=without) if without else entries, wish)


def activity_by(user: User) -> QuerySet[ActivityEntry]:
    """What the person did, wherever it was, newest first."""
    return (
        ActivityEntry.objects.filter(actor=user).select_related("business_center").order_by("-id")
    )


def narrowed(entries: QuerySet[ActivityEntry], wish: ActivityWish) -> QuerySet[ActivityEntry]:
    if wish.search:
        entries = entries.filter(
            Q(summary__icontains=wish.search)
            | Q(label__icontains=wish.search)
            | Q(actor_label__icontains=wish.search)
        )
    if wish.person:
        entries = entries.filter(_person(wish.person))
    if wish.kind in set(ActivityType):
        entries = of_activity_type(entries, ActivityType(wish.kind))
    if wish.object:
        entries = entries.filter(_object(wish.object))
    if wish.ad_account_id is not None:
        entries = entries.filter(ad_account_id=wish.ad_account_id)
    if wish.first is not None:
        entries = entries.filter(at__gte=wish.first)
    if wish.end is not None:
        entries = entries.filter(at__lt=wish.end)
    if wish.result:
        entries = entries.filter(result=wish.result)
    return entries


def _person(text: str) -> Q:
    """By id, e-mail address or part of the name; who did it, or whom it is about."""
    if read_id(text) is not None:
        return Q(actor_id=int(text)) | Q(subject_id=int(text))
    if "@" in text:
        found = list(User.objects.filter(email__iexact=text).values_list("pk", flat=True))
        return Q(actor_id__in=found) | Q(subject_id__in=found)
    return Q(actor_label__icontains=text)


def _object(text: str) -> Q:
    """By reference ("campaign:7…"), or by its id alone."""
    if read_id(text) is not None:
        return Q(reference__endswith=f":{text}")
    return Q(reference=text)
