"""Developer apps: tools that ask people for access. Their secret is returned once, kept hashed."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessToken, DeveloperApp, Scope, User
from bizcenter.lib.errors import DomainError
from bizcenter.lib.secret import digest, new_secret

from .activity import record_for_person
from .tokens import checked_scopes

MOST_ADDRESSES = 10


class AppRevoked(DomainError):
    code = "app_revoked"


class InvalidAddresses(DomainError):
    code = "invalid_addresses"


@transaction.atomic
def create_developer_app(
    *,
    owner: User,
    name: str,
    redirect_uris: Collection[str],
    at: datetime,
    scopes: Collection[int] | None = None,
) -> tuple[DeveloperApp, str]:
    """The app exists; returns it with its secret. Without `scopes` it may ask for all.

    Raises InvalidScopes, and InvalidAddresses for none or more than ten.
    """
    addresses = list(dict.fromkeys(redirect_uris))
    if not 1 <= len(addresses) <= MOST_ADDRESSES:
        raise InvalidAddresses(
            f"Enter 1 to {MOST_ADDRESSES} redirect addresses.", field="redirect_uris"
        )
    secret = new_secret()
    app = DeveloperApp.objects.create(
        owner=owner,
        name=name.strip(),
        redirect_uris=addresses,
        secret_hash=digest(secret),
        scopes=checked_scopes(list(Scope) if scopes is None else scopes),
    )
    after = {"redirect addresses": addresses, "scopes": app.scope_labels}
    _record(app, at, "create_developer_app", f"Registered the developer app {app.name}", after)
    return app, secret


@transaction.atomic
def renew_app_secret(*, app: DeveloperApp, at: datetime) -> str:
    """The app has a new secret, which is returned; the old one is refused. Its tokens stay valid.

    Raises AppRevoked.
    """
    secret = new_secret()
    valid = DeveloperApp.objects.filter(pk=app.pk, revoked_at__isnull=True)
    if not valid.update(secret_hash=digest(secret)):
        raise AppRevoked(f"{app.name} was revoked.")
    _record(app, at, "renew_app_secret", f"Renewed the secret of the developer app {app.name}")
    return secret


@transaction.atomic
def revoke_developer_app(*, app: DeveloperApp, at: datetime) -> None:
    """The app and every token that people gave it are refused from the next call on; doing it
    again changes nothing."""
    now = timezone.now()
    if not DeveloperApp.objects.filter(pk=app.pk, revoked_at__isnull=True).update(revoked_at=now):
        return
    tokens = AccessToken.objects.filter(app=app, revoked_at__isnull=True)
    people = User.objects.filter(pk__in=list(tokens.values_list("user_id", flat=True)))
    tokens.update(revoked_at=now)
    summary = f"Revoked the developer app {app.name}"
    for person in {app.owner, *people}:
        _record(app, at, "revoke_developer_app", summary, person=person)


def _record(
    app: DeveloperApp,
    at: datetime,
    action: str,
    summary: str,
    after: dict[str, list[str]] | None = None,
    person: User | None = None,
) -> None:
    reference = f"developer_app:{app.pk}"
    record_for_person(
        person or app.owner,
        actor=app.owner,
        at=at,
        action=action,
        summary=summary,
        reference=reference,
        label=app.name,
        after=after,
    )
