"""What is kept of sign-ins and of changes to how a person signs in."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse

from accounts.models import ActivityEntry, SignIn, Topic, User
from bizcenter.lib import origin

from .activity import record_for_person
from .notifications import notify

_REFUSALS = {
    SignIn.Outcome.WRONG_PASSWORD: "Failed sign-in: wrong password",
    SignIn.Outcome.WRONG_CODE: "Failed sign-in: wrong code",
    SignIn.Outcome.LOCKED: "Sign-in locked for 5 minutes after repeated wrong tries",
}


@transaction.atomic
def record_sign_in(
    *, user: User, outcome: str, method: str, at: datetime, user_agent: str = ""
) -> SignIn:
    """The person's history has one more try; a failed one is also in the activity log of each of
    their Business Centers, and they are told when it led to a lock."""
    tried = SignIn.objects.create(
        user=user,
        outcome=outcome,
        method=method[:40],
        ip_address=origin.address(),
        user_agent=user_agent[:200],
        at=at,
    )
    if outcome == SignIn.Outcome.SIGNED_IN:
        return tried
    record_for_person(
        user,
        at=at,
        action="sign_in",
        summary=_REFUSALS[SignIn.Outcome(outcome)],
        result=ActivityEntry.Result.REFUSED,
    )
    if outcome == SignIn.Outcome.LOCKED:
        notify(
            users=[user],
            key=f"locked:{tried.pk}",
            topic=Topic.SECURITY,
            text="Signing in to your account is locked for 5 minutes, because somebody entered a "
            "wrong password or code 5 times. If it was not you, change your password.",
            at=at,
            url=reverse("accounts:security"),
        )
    return tried


@transaction.atomic
def record_security_change(
    *, user: User, action: str, summary: str, reference: str, at: datetime
) -> None:
    """The log of each Business Center of the person has an entry about the change, and the person
    is told of it; `reference` keeps one change from being told twice."""
    record_for_person(user, at=at, action=action, summary=summary)
    notify(
        users=[user],
        key=f"{action}:{reference}"[:120],
        topic=Topic.SECURITY,
        text=f"{summary}. If it was not you, change your password and sign out everywhere else.",
        at=at,
        url=reverse("accounts:security"),
    )


@transaction.atomic
def end_sessions(*, user: User, keep: str, at: datetime, only: UserSession | None = None) -> int:
    """The person is signed out everywhere but in the session with the key `keep`, or only in the
    given one of their other sessions; returns in how many browsers."""
    found = UserSession.objects.filter(user=user).exclude(session_key=keep)
    rows = list(found if only is None else found.filter(pk=only.pk))
    for row in rows:
        row.end()
    if rows:
        many = "1 browser" if len(rows) == 1 else f"{len(rows)} browsers"
        record_for_person(user, at=at, action="end_sessions", summary=f"Signed out in {many}")
    return len(rows)
