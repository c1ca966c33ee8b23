"""Accepting the terms of use for a Business Center."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, TermsAcceptance, User
from accounts.models.terms import current_terms
from bizcenter.lib import origin
from bizcenter.lib.errors import DomainError

from .activity import record_activity


class OutdatedTerms(DomainError):
    """The version that was read is not the current one."""

    code = "outdated_terms"


def check_version(version: str) -> None:
    if version != current_terms().version:
        raise OutdatedTerms("The terms have changed meanwhile. Read the new version.")


@transaction.atomic
def accept_terms(
    *,
    business_center: BusinessCenter,
    version: str,
    actor: User,
    at: datetime,
) -> TermsAcceptance:
    """The person has accepted this version for the Business Center; who was first stays so.

    Raises OutdatedTerms.
    """
    check_version(version)
    accepted, is_new = TermsAcceptance.objects.get_or_create(
        business_center=business_center,
        version=version,
        defaults={
            "person": actor,
            "person_label": str(actor),
            "accepted_at": at,
            "ip_address": origin.address(),
        },
    )
    if is_new:
        record_activity(
            business_center=business_center,
            actor=actor,
            at=at,
            action="accept_terms",
            summary=f"Accepted the terms of use, version {version}",
            reference=f"business_center:{business_center.pk}",
            label=business_center.name,
            after={"version": version},
        )
    return accepted
