"""Memberships together with the practice time, so that a door needs one query for both."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Membership, User
from bizcenter.clock import queries as clock
from bizcenter.clock.models import PracticeClock

_COLUMNS = ("practice_anchor", "real_anchor", "rate", "beat_at")
HOUR = timedelta(hours=1)


def memberships_now(user: User, business_center_ids: Iterable[int]) -> QuerySet[Membership]:
    """The person's memberships there; `time_at` reads the practice time from each of them."""
    clock = PracticeClock.objects.filter(pk=1)
    return (
        Membership.objects.select_related("business_center")
        .filter(user=user, business_center__in=business_center_ids)
        .annotate(**{f"clock_{name}": Subquery(clock.values(name)[:1]) for name in _COLUMNS})
    )


def time_at(membership: Membership) -> datetime:
    """The practice time, of a row of `memberships_now`."""
    columns = {name: getattr(membership, f"clock_{name}") for name in _COLUMNS}
    real = timezone.now()
    if columns["rate"] is None:
        return real.replace(microsecond=0)
    return PracticeClock(**columns).reading(real).replace(microsecond=0)


def present_memberships(user: User) -> QuerySet[Membership]:
    """The person's memberships that have not ended, also before the ended ones are removed."""
    lasts = Q(access_ends_at__isnull=True) | Q(access_ends_at__gt=clock.now_within_query())
    return Membership.objects.filter(lasts, user=user)


def present_places(user: User) -> QuerySet[Membership, int]:
    """The ids of the Business Centers whose member the person is now, as a sub-select: grants
    count that came through one of them."""
    return present_memberships(user).values_list("business_center_id", flat=True)


def unused_since(memberships: QuerySet[Membership], moment: datetime) -> QuerySet[Membership]:
    """Who was not seen since, with who was there before and never seen; longest first."""
    seen = memberships.filter(last_seen_at__lt=moment)
    never = memberships.filter(last_seen_at=None, created_at__lt=moment)
    return (seen | never).order_by(F("last_seen_at").asc(nulls_first=True), "created_at", "pk")
