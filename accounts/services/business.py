"""Founding a Business Center and keeping its facts right."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset
from accounts.queries import business_centers_of
from bizcenter.lib import money, places
from bizcenter.lib.errors import DomainError

from .activity import record_activity
from .members import enrol


class BusinessFacts(TypedDict, total=False):
    """What a business says of itself beside its names; all of it may change later."""

    industry: str
    street: str
    city: str
    postal_code: str
    contact_name: str
    contact_email: str
    contact_phone: str
    website: str
    tax_id: str


EDITABLE = ("name", "legal_name", *BusinessFacts.__annotations__)


class InvalidBusiness(DomainError):
    code = "invalid_business"


class DuplicateBusinessName(DomainError):
    code = "duplicate_business_name"


@transaction.atomic
def create_business_center(
    *,
    name: str,
    legal_name: str,
    country: str,
    currency: str,
    timezone: str,
    owner: User,
    at: datetime,
    **facts: Unpack[BusinessFacts],
) -> BusinessCenter:
    """The Business Center exists and `owner` is its first Admin.

    Raises InvalidBusiness for an unknown country, currency or time zone or an empty name, and
    DuplicateBusinessName when the owner has one of this name.
    """
    business_center = BusinessCenter(
        name=name.strip(),
        legal_name=legal_name.strip(),
        country=country,
        currency=currency,
        timezone=timezone,
        created_at=at,
        **{"contact_email": owner.email} | {key: value for key, value in facts.items() if value},
    )
    _check(business_center)
    if business_centers_of(owner).filter(name__iexact=business_center.name).exists():
        raise DuplicateBusinessName(
            f"You have a Business Center named “{business_center.name}” already. Choose another "
            "name.",
            field="name",
        )
    business_center.save()
    enrol(business_center=business_center, user=owner, standing=Preset.ADMIN.standing, at=at)
    said = f"Created the Business Center {business_center.name}"
    _record(business_center, "create_business_center", said, owner, at)
    return business_center


@transaction.atomic
def update_business_center(
    *, business_center: BusinessCenter, changes: dict[str, str], actor: User | None, at: datetime
) -> BusinessCenter:
    """The given facts hold from now on, and the log tells them before and after.

    Country, currency and time zone are fixed. Raises InvalidBusiness for an empty name.
    """
    row = BusinessCenter.objects.select_for_update().get(pk=business_center.pk)
    before = {field: getattr(row, field) for field in EDITABLE}
    for field in EDITABLE:
        setattr(row, field, changes.get(field, before[field]).strip())
    _check(row)
    changed = [field for field in EDITABLE if getattr(row, field) != before[field]]
    if changed:
        row.save(update_fields=changed)
        named = ", ".join(field.replace("_", " ") for field in changed)
        _record(
            row, "update_business_center", f"Changed the business information: {named}", actor, at,
            before={field: before[field] for field in changed},
            after={field: getattr(row, field) for field in changed},
        )  # fmt: skip
    return row


def _record(
    row: BusinessCenter,
    action: str,
    summary: str,
    actor: User | None,
    at: datetime,
    *,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    record_activity(
        business_center=row,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=f"business_center:{row.pk}",
        label=row.name,
        before=before,
        after=after,
    )


def _check(row: BusinessCenter) -> None:
    if not row.name:
        raise InvalidBusiness("Give the Business Center a name.", field="name")
    if not row.legal_name:
        raise InvalidBusiness("Enter the legal name; invoices carry it.", field="legal_name")
    if row.country not in places.countries():
        raise InvalidBusiness("Choose a country from the list.", field="country")
    if row.currency not in money.CURRENCIES:
        raise InvalidBusiness("Choose a currency from the list.", field="currency")
    if row.timezone not in places.time_zones():
        raise InvalidBusiness("Choose a time zone from the list.", field="timezone")
