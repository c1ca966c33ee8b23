"""Access tokens of the Business API; the plain text is returned once and never stored.

What happens to them stands in the log of each Business Center of the person they act for.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import AccessToken, AuthorizationCode, DeveloperApp, Scope, User
from bizcenter.lib.errors import DomainError
from bizcenter.lib.secret import digest, new_secret

from .activity import record_for_person

CODE_LIFE = timedelta(hours=1)
USE_IS_NOTED_AFTER = timedelta(hours=1)


class InvalidApp(DomainError):
    code = "invalid_app"
    api_code = 40101


class InvalidAuthorizationCode(DomainError):
    code = "invalid_auth_code"
    api_code = 40110


class InvalidScopes(DomainError):
    code = "invalid_scopes"


def checked_scopes(scopes: Collection[int]) -> list[int]:
    """In their order, each once. Raises InvalidScopes for none or one that does not exist."""
    wanted = {int(scope) for scope in scopes}
    if not wanted or not wanted <= set(Scope):
        raise InvalidScopes("Choose at least one of the listed scopes.", field="scopes")
    return sorted(wanted)


@transaction.atomic
def issue_access_token(
    *,
    user: User,
    at: datetime,
    app: DeveloperApp | None = None,
    scopes: Collection[int] | None = None,
) -> str:
    """A new token acts as the person, within the scopes, until it is revoked; returns its text.

    Without `scopes` it has the app's, or all. Raises InvalidScopes.
    """
    plain = new_secret()
    wanted = (app.scopes if app else list(Scope)) if scopes is None else scopes
    token = AccessToken.objects.create(
        user=user, app=app, token_hash=digest(plain), scopes=checked_scopes(wanted)
    )
    record_for_person(
        user,
        at=at,
        action="issue_access_token",
        summary=f"Allowed {app.name} to use the API" if app else "Created an API access token",
        reference=f"access_token:{token.pk}",
        label=app.name if app else "Personal access token",
        after={"scopes": token.scope_labels},
    )
    return plain


@transaction.atomic
def revoke_access_token(*, token: AccessToken, at: datetime) -> None:
    """The token is refused from the next call on, and with one of an app all that the app has of
    this person; revoking it again changes nothing."""
    rows = AccessToken.objects.filter(user=token.user, revoked_at__isnull=True)
    rows = rows.filter(app=token.app) if token.app else rows.filter(pk=token.pk)
    if not rows.update(revoked_at=timezone.now()):
        return
    name = token.app.name if token.app else ""
    record_for_person(
        token.user,
        at=at,
        action="revoke_access_token",
        summary=f"Took {name}'s access to the API back" if name else "Revoked an API access token",
        reference=f"access_token:{token.pk}",
        label=name or "Personal access token",
        before={"scopes": token.scope_labels},
    )


def note_token_use(*, token: AccessToken) -> None:
    """The token's row says, to the hour of real time, when it was used last."""
    if token.last_used_at and timezone.now() - token.last_used_at < USE_IS_NOTED_AFTER:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at=token.last_used_at)
    AccessToken.objects.filter(stale, pk=token.pk).update(last_used_at=timezone.now())


def authorize_app(*, app: DeveloperApp, user: User) -> str:
    """The app may fetch one token for the person within an hour; returns the code for it."""
    plain = new_secret()
    AuthorizationCode.objects.create(
        app=app, user=user, code_hash=digest(plain), expires_at=timezone.now() + CODE_LIFE
    )
    return plain


@transaction.atomic
def exchange_code(*, app_id: int, secret: str, code: str, at: datetime) -> tuple[str, AccessToken]:
    """The code is used up and a token issued; returns its text and its row.

    Raises InvalidApp for a wrong id or secret or a revoked app, InvalidAuthorizationCode for a
    code that is unknown, used, expired or another app's.
    """
    app = DeveloperApp.objects.filter(
        pk=app_id, secret_hash=digest(secret), revoked_at__isnull=True
    ).first()
    if app is None:
        raise InvalidApp("The app_id or secret is wrong, or the app was revoked.", field="secret")
    row = (
        AuthorizationCode.objects.select_related("user")
        .filter(app=app, code_hash=digest(code), expires_at__gt=timezone.now())
        .filter(user__is_active=True)
        .first()
    )
    if row is None or not _claim(row):
        raise InvalidAuthorizationCode(
            "The auth_code is unknown, used or expired.", field="auth_code"
        )
    plain = issue_access_token(user=row.user, app=app, at=at)
    return plain, AccessToken.objects.select_related("user").get(token_hash=digest(plain))


def _claim(code: AuthorizationCode) -> bool:
    """Whether this call is the one that uses the code. The condition is on the row itself: one
    inside a sub-select, as a join makes it, is not looked at again after waiting for the row."""
    unused = AuthorizationCode.objects.filter(pk=code.pk, used_at__isnull=True)
    return unused.update(used_at=timezone.now()) == 1
