"""What an Admin should look at from time to time in the settings of a Business Center."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import BusinessCenter, Invitation, Membership

from .presence import is_unused_since
from .sign_ins import SECOND_STEPS

REVIEW_EVERY = timedelta(days=90)
UNUSED_AFTER = timedelta(days=90)
ENDS_SOON = timedelta(days=14)
MANY_ADMINS = 5


@dataclass(frozen=True)
class Remark:
    """One thing in words; `is_worrying` where somebody should do something about it."""

    text: str
    is_worrying: bool = False


def last_review(business_center: BusinessCenter) -> datetime:
    """A new Business Center counts as looked at."""
    return business_center.settings_reviewed_at or business_center.created_at


def is_review_due(business_center: BusinessCenter, at: datetime) -> bool:
    return last_review(business_center) + REVIEW_EVERY <= at


def due_for_review(at: datetime) -> QuerySet[BusinessCenter]:
    """The Business Centers whose last review is 90 days ago or more."""
    return last_reviewed(by=at - REVIEW_EVERY)


def last_reviewed(*, by: datetime) -> QuerySet[BusinessCenter]:
    """The Business Centers that nobody has reviewed since, or never."""
    return BusinessCenter.objects.alias(
        last_review=Coalesce("settings_reviewed_at", "created_at")
    ).filter(last_review__lte=by)


def remarks_on(business_center: BusinessCenter, at: datetime) -> list[Remark]:
    """What to look at, in two queries."""
    counts = _counts(business_center, at)
    stale = Invitation.objects.filter(
        business_center=business_center, state=Invitation.State.PENDING, expires_at__lte=at
    ).count()
    return [
        Remark(
            f"{_people(counts['admins'], 'Admin', 'Admins')}: they may do everything.",
            counts["admins"] == 1 or counts["admins"] > MANY_ADMINS,
        ),
        Remark(
            f"{_people(counts['one_step'])} of {counts['everybody']} without two-step sign-in.",
            counts["one_step"] > 0,
        ),
        Remark(
            f"{_people(counts['unused'])} not seen here for {UNUSED_AFTER.days} days or ever.",
            counts["unused"] > 0,
        ),
        Remark(f"{_people(counts['ending'])} whose access ends within {ENDS_SOON.days} days."),
        Remark(f"{_people(stale, 'invitation', 'invitations')} expired unused.", stale > 0),
    ]


def _counts(business_center: BusinessCenter, at: datetime) -> dict[str, int]:
    members = Membership.objects.filter(business_center=business_center)
    ending = Q(access_ends_at__gt=at, access_ends_at__lte=at + ENDS_SOON)
    second = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_STEPS)
    return members.annotate(two_step=Exists(second)).aggregate(
        everybody=Count("pk"),
        admins=Count("pk", filter=Q(role=Membership.Role.ADMIN)),
        one_step=Count("pk", filter=Q(two_step=False)),
        unused=Count("pk", filter=is_unused_since(at - UNUSED_AFTER)),
        ending=Count("pk", filter=ending),
    )


def _people(number: int, one: str = "person", many: str = "people") -> str:
    return f"{number:,} {one if number == 1 else many}"
