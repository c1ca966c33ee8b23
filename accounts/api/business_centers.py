"""/bc/get|create/: the Business Centers of the token's person, and founding one."""

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Membership, Verification
from accounts.services import create_business_center
from bizcenter.clock import queries as clock
from bizcenter.lib import places
from bizcenter.lib.open_api.endpoint import Command, Query
from bizcenter.lib.open_api.fields import Choice, Email, Id, Parameters, Text, Unmodelled
from bizcenter.lib.open_api.paging import Paged, page_of, page_size

SINGLE, TIERED = "SINGLE_ACCOUNT", "TIERED_ACCOUNT"


class BusinessCenterFilter(Parameters):
    keyword = Text(required=False)
    keyword_type = Unmodelled("searches of another kind than by name")
    relation_type = Choice(("CHILD", "PARENT"), required=False)


class BusinessCenterParameters(Paged):
    bc_id = Id(required=False)
    scene = Choice((SINGLE, TIERED), default=SINGLE)
    filtering = BusinessCenterFilter(default=dict)
    page_size = page_size(50)


class BusinessCenterGet(Query):
    """Tiered Business Centers do not exist here, so of those there is none."""

    parameters = BusinessCenterParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params["filtering"]
        found = Membership.objects.filter(user=self.user).select_related("business_center")
        found = found.exclude(access_ends_at__lte=clock.now())
        if params["scene"] == TIERED or "relation_type" in wanted:
            found = found.none()
        if "bc_id" in params:
            found = found.filter(business_center_id=params["bc_id"])
        if keyword := wanted.get("keyword"):
            found = found.filter(business_center__name__icontains=keyword)
        rows, page_info = page_of(verified(found).order_by("created_at", "id"), params)
        return {
            "list": [membership_row(each) for each in rows],
            "page_info": page_info,
            "parent_bc": None,
        }


class ContactInfo(Parameters):
    name = Text(required=False, max_length=120)
    email = Email(required=False)
    phone = Text(required=False, max_length=30)
    phone_region_code = Text(required=False, max_length=8)
    secondary_industry = Text(required=False, max_length=80)


class BusinessCenterCreateParameters(Parameters):
    bc_name = Text(max_length=100)
    timezone = Text()
    company_name = Text(required=False, max_length=200)
    registered_area = Text(required=False)
    currency = Text(required=False)
    type = Choice(("NORMAL",), documented=("SELF_SERVICE", "SELF_SERVICE_AGENCY"), default="NORMAL")
    contact_info = ContactInfo(default=dict)


class BusinessCenterCreate(Command):
    """Registered area and currency, where they are not sent, follow from the time zone."""

    parameters = BusinessCenterCreateParameters
    wire_names = {"name": "bc_name", "legal_name": "company_name", "country": "registered_area"}

    @transaction.atomic
    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        country = params.get("registered_area") or places.country_of(params["timezone"])
        contact = params["contact_info"]
        made = create_business_center(
            name=params["bc_name"],
            legal_name=params.get("company_name") or params["bc_name"],
            country=country,
            currency=params.get("currency") or places.currency_of(country),
            timezone=params["timezone"],
            industry=contact.get("secondary_industry", ""),
            contact_name=contact.get("name", ""),
            contact_email=contact.get("email", ""),
            contact_phone=" ".join(
                contact[name] for name in ("phone_region_code", "phone") if contact.get(name)
            ),
            owner=self.user,
            at=clock.now(),
        )
        return {"bc_id": str(made.pk)}


def verified(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Each with the state of its Business Center's newest attempt to be verified."""
    newest = Verification.objects.filter(business_center=OuterRef("business_center")).order_by(
        "-id"
    )
    return memberships.annotate(verification=Subquery(newest.values("state")[:1]))


def membership_row(membership: Any) -> dict[str, Any]:
    center, finance = membership.business_center, membership.finance_role
    return {
        "bc_info": {
            "bc_id": str(center.pk),
            "name": center.name,
            "company": center.legal_name,
            "currency": center.currency,
            "registered_area": center.country,
            "status": "ENABLE",
            "timezone": center.timezone,
            "type": "NORMAL",
            "organization_type": None,
            "verification_status": (membership.verification or "not_started").upper(),
        },
        "user_role": membership.role.upper(),
        "ext_user_role": {
            "finance_role": None if finance == Membership.FinanceRole.NONE else finance.upper()
        },
        "binding_status": "BOUND",
    }
