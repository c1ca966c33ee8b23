"""Founding a Business Center step by step: what was filled in is kept, accepting the terms founds.

The steps stand in one order; all before `BusinessSetup.step` are done.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import BusinessCenter, BusinessSetup, User
from accounts.queries.setup import STEPS, open_setup
from bizcenter.lib.errors import DomainError

from .business import create_business_center
from .terms import accept_terms, check_version
from .verification import VerificationInput, remove_setup_document, submit_verification

_BUSINESS = (
    "legal_name", "industry", "country", "contact_name", "contact_email", "contact_phone",
    "street", "postal_code", "city", "website", "tax_id",
)  # fmt: skip
_NAME = ("name", "currency", "timezone")


class SetupIncomplete(DomainError):
    """A step before the terms is not done."""

    code = "setup_incomplete"


@transaction.atomic
def save_setup_step(
    *, user: User, step: str, values: Mapping[str, Any], is_done: bool, at: datetime
) -> BusinessSetup:
    """The step holds these values in the person's open set-up, which is begun if there is none;
    a step that is not done is where the person resumes. Another country asks for currency and time
    zone again, as they cannot be changed later."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    setup = open_setup(user) or BusinessSetup(user=user, step=STEPS[0], created_at=at)
    before = setup.data.get(step, {})
    setup.data[step] = dict(values)
    if step == "business" and _follow(setup.data, before):
        setup.step = min(setup.step, "name", key=STEPS.index)
    place, first_open = STEPS.index(step), STEPS.index(setup.step)
    if is_done and place == first_open:
        setup.step = STEPS[place + 1]
    elif not is_done and place < first_open:
        setup.step = step
    setup.save()
    return setup


@transaction.atomic
def start_setup_over(*, setup: BusinessSetup) -> None:
    """Nothing of what was filled in is left, files included."""
    for document in setup.documents.all():
        remove_setup_document(document=document)
    setup.delete()


@transaction.atomic
def complete_setup(*, setup: BusinessSetup, version: str, at: datetime) -> BusinessCenter:
    """The Business Center exists, its founder accepted the terms of this version, and documents
    that were given are in review; a second time only answers the same Business Center.

    Raises SetupIncomplete, OutdatedTerms, InvalidBusiness or DuplicateBusinessName.
    """
    row = BusinessSetup.objects.select_for_update().get(pk=setup.pk)
    if row.business_center is not None:
        return row.business_center
    if row.step != "terms":
        raise SetupIncomplete("A step before this one is not done yet.")
    check_version(version)
    business, name = row.data["business"], row.data["name"]
    center = create_business_center(
        owner=row.user,
        at=at,
        **{field: business.get(field, "") for field in _BUSINESS},
        **{field: name.get(field, "") for field in _NAME},
    )
    row.business_center = center
    row.save(update_fields=["business_center"])
    accept_terms(business_center=center, version=version, actor=row.user, at=at)
    documents = list(row.documents.order_by("pk"))
    if documents and not row.data["documents"].get("skipped"):
        submit_verification(
            business_center=center,
            details=_details(row.data["documents"]),
            kept=documents,
            actor=row.user,
            at=at,
        )
    return center


def _follow(data: dict[str, Any], before: Mapping[str, Any]) -> bool:
    """What later steps took from the business follows it; whether the country is another one."""
    business, documents = data["business"], data.get("documents", {})
    for fact, copy in (("country", "country"), ("legal_name", "business_name")):
        if documents.get(copy) and documents[copy] == before.get(fact):
            documents[copy] = business[fact]
    moved = bool(before.get("country")) and before["country"] != business.get("country")
    if moved and "name" in data:
        data["name"] = {"name": data["name"].get("name", "")}
    return moved


def _details(data: Mapping[str, Any]) -> VerificationInput:
    expires = data.get("document_expires_on")
    return VerificationInput(
        entity_type=data["entity_type"],
        country=data["country"],
        business_name=data["business_name"],
        document_type=data["document_type"],
        certificate_number=data["certificate_number"],
        document_expires_on=date.fromisoformat(expires) if expires else None,
        website=data.get("website", ""),
    )
