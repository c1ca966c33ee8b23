"""Memberships together with the practice time, so that a door needs one query for both."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import Membership, User
from bizcenter.clock import queries as clock

HOUR = timedelta(hours=1)


def memberships_now(user: User, business_center_ids: Iterable[int]) -> QuerySet[Membership]:
    """The person's memberships there; `time_at` reads the practice time from each of them."""
    found = Membership.objects.filter(user=user, business_center__in=business_center_ids)
    return found.select_related("business_center").annotate(time_at=clock.now_within_query())


def time_at(membership: Membership) -> datetime:
    """The practice time, of a row of `memberships_now`."""
    found: datetime = membership.time_at  # type: ignore[attr-defined]
    return found.replace(microsecond=0)


def present_memberships(user: User) -> QuerySet[Membership]:
    """The person's memberships that have not ended, also before the ended ones are removed."""
    lasts = Q(access_ends_at__isnull=True) | Q(access_ends_at__gt=clock.now_within_query())
    return Membership.objects.filter(lasts, user=user)


def present_places(user: User) -> QuerySet[Membership, int]:
    """The ids of the Business Centers whose member the person is now, as a sub-select: grants
    count that came through one of them."""
    return present_memberships(user).values_list("business_center_id", flat=True)


def is_unused_since(moment: datetime) -> Q:
    """Of members who were not seen since, and whom no Admin has let be since; who never was there
    counts from when they joined."""
    never = Q(last_seen_at__isnull=True, created_at__lt=moment)
    let_be = Q(kept_at__isnull=False, kept_at__gte=moment)
    return (Q(last_seen_at__lt=moment) | never) & ~let_be


def unused_since(memberships: QuerySet[Membership], moment: datetime) -> QuerySet[Membership]:
    """Whose access is unused since, longest first."""
    found = memberships.filter(is_unused_since(moment))
    return found.order_by(F("last_seen_at").asc(nulls_first=True), "created_at", "pk")
