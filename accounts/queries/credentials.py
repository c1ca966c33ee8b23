"""Reads about apps and access tokens of the Business API."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from accounts.models import AccessToken, DeveloperApp, User


@dataclass(frozen=True)
class AllowedApp:
    """An app that may act for a person; `token_id` is one of its tokens, through which it ends."""

    app: DeveloperApp
    token_id: int
    since: datetime
    last_used_at: datetime | None


def people_of_app(app: DeveloperApp) -> int:
    """How many people the app may act for at present."""
    valid = AccessToken.objects.filter(app=app, revoked_at__isnull=True)
    return valid.aggregate(n=Count("user", distinct=True))["n"] or 0


def apps_of(owner: User) -> QuerySet[DeveloperApp]:
    """The person's own apps that are not revoked, newest first; each with `people`."""
    valid = Q(accesstoken__revoked_at__isnull=True)
    return (
        DeveloperApp.objects.filter(owner=owner, revoked_at__isnull=True)
        .annotate(people=Count("accesstoken__user", filter=valid, distinct=True))
        .order_by("-id")
    )


def personal_tokens_of(user: User) -> QuerySet[AccessToken]:
    """The valid ones that the person made for own programs, newest first."""
    return AccessToken.objects.filter(
        user=user, app__isnull=True, revoked_at__isnull=True
    ).order_by("-id")


def apps_with_access_to(user: User) -> list[AllowedApp]:
    """The apps that may act for the person, by name, in two queries."""
    rows = (
        AccessToken.objects.filter(user=user, app__isnull=False, revoked_at__isnull=True)
        .values("app_id")
        .annotate(token=Max("id"), since=Min("created_at"), used=Max("last_used_at"))
    )
    apps = DeveloperApp.objects.select_related("owner").in_bulk([row["app_id"] for row in rows])
    found = [
        AllowedApp(
            app=apps[row["app_id"]],
            token_id=row["token"],
            since=row["since"],
            last_used_at=row["used"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.app.name.lower())
