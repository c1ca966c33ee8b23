"""Founding a Business Center and keeping its facts right."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset
from bizcenter.lib import money, places
from bizcenter.lib.errors import DomainError

from .activity import record_activity
from .members import enrol

EDITABLE = (
    "name",
    "legal_name",
    "industry",
    "street",
    "city",
    "postal_code",
    "contact_name",
    "contact_email",
    "contact_phone",
    "website",
    "tax_id",
)


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
    industry: str = "",
    street: str = "",
    city: str = "",
    postal_code: str = "",
    contact_name: str = "",
    contact_email: str = "",
    contact_phone: str = "",
    website: str = "",
    tax_id: str = "",
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
        industry=industry,
        street=street,
        city=city,
        postal_code=postal_code,
        contact_name=contact_name,
        contact_email=contact_email or owner.email,
        contact_phone=contact_phone,
        website=website,
        tax_id=tax_id,
        created_at=at,
    )
    _check(business_center)
    if BusinessCenter.objects.filter(memberships__user=owner, name__iexact=name.strip()).exists():
        raise DuplicateBusinessName(
            f"You have a Business Center named “{name.strip()}” already. Choose another name.",
            field="name",
        )
    business_center.save()
    enrol(business_center=business_center, user=owner, standing=Preset.ADMIN.standing, at=at)
    record_activity(
        business_center=business_center,
        actor=owner,
        at=at,
        action="create_business_center",
        summary=f"Created the Business Center {business_center.name}",
        reference=f"business_center:{business_center.pk}",
        label=business_center.name,
    )
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
        record_activity(
            business_center=row,
            actor=actor,
            at=at,
            action="update_business_center",
            summary="Changed the business information: "
            + ", ".join(field.replace("_", " ") for field in changed),
            reference=f"business_center:{row.pk}",
            label=row.name,
            before={field: before[field] for field in changed},
            after={field: getattr(row, field) for field in changed},
        )
    return row


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
