"""Opening an ad account; it has no wallet yet, billing opens that with the first money."""

import zlib
from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.queries import admins_of
from accounts.services import record_activity
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from bizcenter.lib import money, places
from bizcenter.lib.errors import DomainError

from .grants import set_permissions


class InvalidAdAccount(DomainError):
    code = "invalid_ad_account"


@transaction.atomic
def create_ad_account(
    *,
    business_center: BusinessCenter,
    name: str,
    currency: str,
    timezone: str,
    country: str,
    actor: User | None,
    at: datetime,
    industry: str = "",
    website: str = "",
    seed: int | None = None,
) -> AdAccount:
    """The ad account is open; its creator and all Admins of the Business Center are its Admins.

    Currency and time zone are fixed from here on. Raises InvalidAdAccount naming the field.
    """
    _check(name=name, currency=currency, timezone=timezone, country=country)
    # Names, not ids, so that the same steps in another installation draw the same chances.
    ordinal = AdAccount.objects.filter(business_center=business_center).count()
    drawn = zlib.crc32(f"{business_center.name}|{ordinal}|{name}".encode())
    account = AdAccount.objects.create(
        business_center=business_center,
        name=name.strip(),
        currency=currency,
        timezone=timezone,
        utc_offset_minutes=places.utc_offset_minutes(timezone),
        country=country,
        industry=industry,
        website=website,
        seed=drawn if seed is None else seed,
        created_at=at,
    )
    managers = {person.pk: person for person in admins_of(business_center)}
    if actor is not None:
        managers[actor.pk] = actor
    for person in managers.values():
        set_permissions(account, person, Level.ADMIN.permissions)
    record_activity(
        business_center=business_center,
        actor=actor,
        at=at,
        action="create_ad_account",
        summary=f"Created the ad account {account.name}",
        reference=f"ad_account:{account.pk}",
        label=account.name,
        ad_account_id=account.pk,
        after={"currency": currency, "timezone": timezone, "country": country},
    )
    return account


def _check(*, name: str, currency: str, timezone: str, country: str) -> None:
    if not name.strip():
        raise InvalidAdAccount("Give the ad account a name.", field="name")
    if currency not in money.CURRENCIES:
        raise InvalidAdAccount("Choose a currency from the list.", field="currency")
    if timezone not in places.time_zones():
        raise InvalidAdAccount("Choose a time zone from the list.", field="timezone")
    if country not in places.countries():
        raise InvalidAdAccount("Choose a country from the list.", field="country")
