"""Credentials of the Business API; the plain text is returned once and never stored."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessToken, AuthorizationCode, DeveloperApp, User
from bizcenter.lib.errors import DomainError
from bizcenter.lib.secret import digest, new_secret

CODE_LIFE = timedelta(hours=1)


class InvalidApp(DomainError):
    code = "invalid_app"
    api_code = 40101


class InvalidAuthorizationCode(DomainError):
    code = "invalid_auth_code"
    api_code = 40110


def issue_access_token(*, user: User, app: DeveloperApp | None = None) -> str:
    """A new token acts as the person until it is revoked; returns its text."""
    plain = new_secret()
    AccessToken.objects.create(user=user, app=app, token_hash=digest(plain))
    return plain


def revoke_access_token(*, token: AccessToken) -> None:
    """The token is refused from the next call on; revoking it again changes nothing."""
    AccessToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
        revoked_at=timezone.now()
    )


def create_developer_app(*, owner: User, name: str, redirect_uri: str) -> tuple[DeveloperApp, str]:
    """The app exists; returns it with its secret."""
    secret = new_secret()
    app = DeveloperApp.objects.create(
        owner=owner, name=name, redirect_uri=redirect_uri, secret_hash=digest(secret)
    )
    return app, secret


def authorize_app(*, app: DeveloperApp, user: User) -> str:
    """The app may fetch one token for the person within an hour; returns the code for it."""
    plain = new_secret()
    AuthorizationCode.objects.create(
        app=app, user=user, code_hash=digest(plain), expires_at=timezone.now() + CODE_LIFE
    )
    return plain


@transaction.atomic
def exchange_code(*, app_id: int, secret: str, code: str) -> tuple[str, User]:
    """The code is used up and a token issued; returns its text and whom it acts for.

    Raises InvalidApp for a wrong id or secret, InvalidAuthorizationCode for a code that is
    unknown, used, expired or another app's.
    """
    app = DeveloperApp.objects.filter(pk=app_id, secret_hash=digest(secret)).first()
    if app is None:
        raise InvalidApp("The app_id or secret is wrong.", field="secret")
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
    return issue_access_token(user=row.user, app=app), row.user


def _claim(code: AuthorizationCode) -> bool:
    """Whether this call is the one that uses the code. The condition is on the row itself: one
    inside a sub-select, as a join makes it, is not looked at again after waiting for the row."""
    unused = AuthorizationCode.objects.filter(pk=code.pk, used_at__isnull=True)
    return unused.update(used_at=timezone.now()) == 1
