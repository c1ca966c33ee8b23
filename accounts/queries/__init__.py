"""Reads about people and their Business Centers."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import (
    AccessToken,
    ActivityEntry,
    BusinessCenter,
    Membership,
    Notification,
    User,
)
from bizcenter.lib.secret import digest

from .activity import ActivityWish, activity_by, activity_in, activity_of
from .activity_types import ActivityType, activity_type, of_activity_type
from .presence import present_memberships

__all__ = [
    "ActivityType",
    "ActivityWish",
    "activity_by",
    "activity_in",
    "activity_of",
    "activity_type",
    "admins_of",
    "business_centers_of",
    "display_name",
    "find_access_token",
    "find_user",
    "membership_of",
    "memberships_of",
    "memberships_of_business",
    "of_activity_type",
    "removed_from",
    "unread_count",
]


def display_name(user: User) -> str:
    return user.name or user.email


def business_centers_of(user: User) -> QuerySet[BusinessCenter]:
    """The Business Centers the person is a member of, oldest first."""
    here = present_memberships(user)
    return BusinessCenter.objects.filter(memberships__in=here).order_by("created_at", "id")


def membership_of(user: User, business_center: BusinessCenter) -> Membership | None:
    return Membership.objects.filter(user=user, business_center=business_center).first()


def memberships_of(user: User) -> QuerySet[Membership]:
    """Where the person is a member, oldest first."""
    here = present_memberships(user).select_related("business_center")
    return here.order_by("created_at", "id")


def memberships_of_business(business_center: BusinessCenter) -> QuerySet[Membership]:
    """The members with their people, by name."""
    return (
        Membership.objects.filter(business_center=business_center)
        .select_related("user")
        .order_by("user__name", "user__email")
    )


def admins_of(business_center: BusinessCenter) -> QuerySet[User]:
    return User.objects.filter(
        memberships__business_center=business_center, memberships__role=Membership.Role.ADMIN
    ).order_by("name", "email")


REMOVALS = ("revoke_access", "unshare_account")


def removed_from(
    user: User,
    *,
    business_center_id: int,
    ad_account_id: int | None = None,
    existing_since: datetime | None = None,
) -> str | None:
    """The name of the place as it was when the person lost it; None for who never was there.

    Of an ad account its owner is asked about as well: members know of every ad account that
    existed while they were there.
    """
    entries = ActivityEntry.objects.filter(subject_id=user.pk)
    left = entries.filter(business_center_id=business_center_id, action="remove_member")
    if existing_since is not None:
        left = left.filter(at__gte=existing_since)
    lost = entries.filter(ad_account_id=ad_account_id, action__in=REMOVALS)
    label = lost.values_list("label", flat=True).first() if ad_account_id is not None else None
    return label or left.values_list("business_center__name", flat=True).first()


def businesses_left(user: User) -> list[str]:
    """The names of the Business Centers that the person was a member of, the last one left first;
    for who is a member of none now."""
    left = ActivityEntry.objects.filter(subject_id=user.pk, action="remove_member")
    names = left.order_by("-at").values_list("business_center__name", flat=True)
    return list(dict.fromkeys(names))


def unread_count(user: User) -> int:
    return Notification.objects.filter(user=user, in_app=True, read_at__isnull=True).count()


def find_user(email: str) -> User | None:
    """The registered person with this address, in any case of letters."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def find_access_token(plain: str) -> AccessToken | None:
    """The token row behind the text a client sends, while it is valid."""
    return (
        AccessToken.objects.select_related("user", "app")
        .filter(token_hash=digest(plain), revoked_at__isnull=True, user__is_active=True)
        .exclude(app__revoked_at__isnull=False)
        .first()
    )
