"""Opening an ad account and keeping its facts right; its wallet is opened by billing."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.queries import admins_of
from accounts.services import record_activity
from accounts.services.members import lock_members
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from bizcenter.lib import money, places
from bizcenter.lib.errors import DomainError

from .grants import set_permissions
from .states import await_review, first_status, objection_to

EDITABLE = (
    "name",
    "company",
    "industry",
    "website",
    "address",
    "contact_name",
    "contact_email",
    "contact_phone",
    "licence_number",
)


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
    company: str = "",
    seed: int | None = None,
    is_reviewed: bool = False,
) -> AdAccount:
    """The ad account exists; its creator and all Admins of the Business Center are its Admins. It
    is approved when the business is verified or `is_reviewed` says so, else in review.

    Currency and time zone are fixed from here on. Raises InvalidAdAccount naming the field.
    """
    _check_fixed(currency=currency, timezone=timezone, country=country)
    # Names, not ids, so that the same steps in another installation draw the same chances.
    ordinal = AdAccount.objects.filter(business_center=business_center).count()
    drawn = zlib.crc32(f"{business_center.name}|{ordinal}|{name}".encode())
    account = AdAccount(
        business_center=business_center,
        name=name.strip(),
        currency=currency,
        timezone=timezone,
        utc_offset_minutes=places.utc_offset_minutes(timezone),
        country=country,
        industry=industry,
        website=website.strip(),
        company=company.strip(),
        seed=drawn if seed is None else seed,
        created_at=at,
    )
    _check(account)
    # Who is Admin no more at this moment does not become one of the account.
    lock_members(business_center)
    if not is_reviewed and first_status(business_center, account) == AdAccount.Status.IN_REVIEW:
        await_review(account, at)
    account.save(force_insert=True)
    managers = {person.pk: person for person in admins_of(business_center)}
    if actor is not None:
        managers[actor.pk] = actor
    for person in managers.values():
        set_permissions(account, person, Level.ADMIN.permissions)
    facts = {"currency": currency, "timezone": timezone, "country": country}
    said = f"Created the ad account {account.name}"
    _record(account, "create_ad_account", said, actor, at, after=facts)
    return account


@transaction.atomic
def update_ad_account(
    *, ad_account: AdAccount, changes: Mapping[str, str], actor: User | None, at: datetime
) -> AdAccount:
    """The given facts hold, and the log tells them before and after. A change of an account that
    was not approved has it reviewed again; so has one to what cannot be advertised.

    Currency, time zone and country are fixed. Raises InvalidAdAccount naming the field.
    """
    rows = AdAccount.objects.select_related("business_center")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=ad_account.pk)
    before = {field: getattr(row, field) for field in (*EDITABLE, "status")}
    for field in EDITABLE:
        setattr(row, field, changes.get(field, before[field]).strip())
    changed = [field for field in EDITABLE if getattr(row, field) != before[field]]
    if not changed:
        return row
    _check(row)
    _look_again(row, at)
    row.save(update_fields=[*changed, "status", "status_reason", "status_since", "review_due_at"])
    named = ", ".join(field.replace("_", " ") for field in changed)
    if row.status != before["status"]:
        changed.append("status")
    _record(
        row,
        "update_ad_account",
        f"Changed the ad account {row.name}: {named}",
        actor,
        at,
        before={field: before[field] for field in changed},
        after={field: getattr(row, field) for field in changed},
    )
    return row


def _record(
    row: AdAccount,
    action: str,
    said: str,
    actor: User | None,
    at: datetime,
    *,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str],
) -> None:
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=said,
        reference=f"ad_account:{row.pk}",
        label=row.name,
        ad_account_id=row.pk,
        before=before,
        after=after,
    )


def _look_again(row: AdAccount, at: datetime) -> None:
    was_refused = row.status == AdAccount.Status.DISAPPROVED
    if was_refused or (row.is_approved and objection_to(row)):
        await_review(row, at)


def _check(row: AdAccount) -> None:
    """What people may write freely; the model's own rules say what fits."""
    if not row.name:
        raise InvalidAdAccount("Give the ad account a name.", field="name")
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - {*EDITABLE})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise InvalidAdAccount(messages[0], field=field) from None
    if row.website and urlsplit(row.website).scheme not in ("http", "https"):
        raise InvalidAdAccount("Enter a web address that starts with https://.", field="website")


def _check_fixed(*, currency: str, timezone: str, country: str) -> None:
    if currency not in money.CURRENCIES:
        raise InvalidAdAccount("Choose a currency from the list.", field="currency")
    if timezone not in places.time_zones():
        raise InvalidAdAccount("Choose a time zone from the list.", field="timezone")
    if country not in places.countries():
        raise InvalidAdAccount("Choose a country from the list.", field="country")
