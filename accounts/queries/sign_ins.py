"""Reads about how people sign in: their second step, their tries, their open sessions."""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import BusinessCenter, Membership, SignIn, User

# Recovery codes alone are no second step: they come with one.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def two_step_states(users: Iterable[User]) -> set[int]:
    """The ids of those among the people who sign in with two steps or a passkey."""
    return set(
        Authenticator.objects.filter(
            user_id__in=[user.pk for user in users], type__in=SECOND_STEPS
        ).values_list("user_id", flat=True)
    )


def last_sign_ins(users: Iterable[User]) -> dict[int, datetime]:
    """Person id to the practice time of the last sign-in; without an entry for who never did."""
    rows = SignIn.objects.filter(
        user_id__in=[user.pk for user in users], outcome=SignIn.Outcome.SIGNED_IN
    ).order_by()
    return dict(rows.values_list("user_id").annotate(Max("at")))


def owes_two_step() -> Exists:
    """For a query of people: whether a Business Center of theirs asks for a second step that they
    do not have."""
    asked = Membership.objects.filter(
        user_id=OuterRef("pk"), business_center__requires_two_step=True
    ).exclude(
        Exists(Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=SECOND_STEPS))
    )
    return Exists(asked)


def who_asks_for_two_step(user: User) -> BusinessCenter | None:
    return BusinessCenter.objects.filter(memberships__user=user, requires_two_step=True).first()


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """The tries to sign in as the person, newest first."""
    return SignIn.objects.filter(user=user)


def sessions_of(user: User) -> list[UserSession]:
    """The browsers in which the person is signed in, the newest first."""
    open_now = Session.objects.filter(expire_date__gt=timezone.now())
    return list(
        UserSession.objects.filter(
            user=user, session_key__in=open_now.values("session_key")
        ).order_by("-created_at")
    )


def members_outside(business_center: BusinessCenter, domains: list[str]) -> QuerySet[Membership]:
    """The Admins whose address is at none of the domains; nobody when there are no domains."""
    found = Membership.objects.filter(
        business_center=business_center, role=Membership.Role.ADMIN
    ).select_related("user")
    if not domains:
        return found.none()
    for domain in domains:
        found = found.exclude(user__email__iendswith=f"@{domain}")
    return found
