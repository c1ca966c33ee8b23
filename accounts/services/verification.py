"""Proving what the business is: sending documents, and how an attempt is decided."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import BusinessCenter, BusinessSetup, User, Verification, VerificationDocument
from accounts.queries.verification import verification_state
from bizcenter.lib import places
from bizcenter.lib.errors import DomainError

from .activity import record_activity
from .documents import MAX_FILES, UnacceptableDocument, examine
from .verification_rules import Claim


class InvalidVerification(DomainError):
    code = "invalid_verification"


class AlreadySubmitted(DomainError):
    """An attempt is in review, or the business is verified."""

    code = "verification_already_submitted"


@dataclass(frozen=True)
class VerificationInput:
    """What is said about the document, as on the form."""

    entity_type: str
    country: str
    business_name: str
    document_type: str
    certificate_number: str
    document_expires_on: date | None = None
    website: str = ""


@transaction.atomic
def store_setup_document(
    *, setup: BusinessSetup, upload: UploadedFile, at: datetime
) -> VerificationDocument:
    """The file belongs to the set-up until it is sent. Raises UnacceptableDocument."""
    BusinessSetup.objects.select_for_update().get(pk=setup.pk)
    _check_count(setup.documents.count() + 1)
    return _store(upload, actor=setup.user, at=at, setup=setup)


@transaction.atomic
def remove_setup_document(*, document: VerificationDocument) -> None:
    """The file of a set-up is gone, also from the storage."""
    stored = document.file
    document.delete()
    transaction.on_commit(lambda: stored.storage.delete(str(stored.name)))


@transaction.atomic
def submit_verification(
    *,
    business_center: BusinessCenter,
    details: VerificationInput,
    uploads: Sequence[UploadedFile] = (),
    kept: Sequence[VerificationDocument] = (),
    actor: User,
    at: datetime,
) -> Verification:
    """A new attempt with these documents is in review; `kept` are documents of earlier attempts
    or of the set-up. Raises AlreadySubmitted, InvalidVerification or UnacceptableDocument."""
    BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)
    _check(business_center, details)
    _check_count(len(uploads) + len(kept))
    attempt = Verification(
        business_center=business_center,
        entity_type=details.entity_type,
        country=details.country,
        business_name=details.business_name.strip(),
        document_type=details.document_type,
        certificate_number=details.certificate_number.strip(),
        document_expires_on=details.document_expires_on,
        website=details.website,
        submitted_by=actor,
        submitted_at=at,
        due_at=at,
    )
    attempt.save()
    documents = [_store(each, actor=actor, at=at, verification=attempt) for each in uploads]
    documents += [_send_along(each, attempt) for each in kept]
    attempt.due_at = at + claim_of(attempt, documents).wait()
    attempt.save(update_fields=["due_at"])
    _record(attempt, documents, actor, at)
    return attempt


def claim_of(attempt: Verification, documents: Sequence[VerificationDocument]) -> Claim:
    """The attempt as the rules see it."""
    center = attempt.business_center
    earlier = Verification.objects.filter(business_center=center, pk__lt=attempt.pk)
    return Claim(
        legal_name=center.legal_name,
        center_country=center.country,
        entity_type=attempt.entity_type,
        document_type=attempt.document_type,
        document_country=attempt.country,
        business_name=attempt.business_name,
        certificate_number=attempt.certificate_number,
        expires_on=attempt.document_expires_on,
        digests=tuple(document.sha256 for document in documents),
        attempt=earlier.count() + 1,
    )


def _check(business_center: BusinessCenter, details: VerificationInput) -> None:
    standing = verification_state(business_center)
    if not standing.may_submit:
        raise AlreadySubmitted(f"The verification is {standing.label.lower()} already.")
    if not details.business_name.strip():
        raise InvalidVerification("Enter the name on the document.", field="business_name")
    if not details.certificate_number.strip():
        raise InvalidVerification("Enter the number.", field="certificate_number")
    if details.country not in places.countries():
        raise InvalidVerification("Choose a country from the list.", field="country")
    if details.entity_type not in Verification.EntityType.values:
        raise InvalidVerification("Choose what the business is.", field="entity_type")
    if details.document_type not in Verification.DocumentType.values:
        raise InvalidVerification("Choose the kind of document.", field="document_type")


def _check_count(count: int) -> None:
    if not count:
        raise UnacceptableDocument("Add the document as a PDF, JPG or PNG file.")
    if count > MAX_FILES:
        raise UnacceptableDocument(f"{MAX_FILES} files are the most; leave some out.")


def _store(
    upload: UploadedFile,
    *,
    actor: User,
    at: datetime,
    setup: BusinessSetup | None = None,
    verification: Verification | None = None,
) -> VerificationDocument:
    name = "".join(c for c in str(upload.name) if c.isprintable())[-200:] or "document"
    found = examine(upload, name=name, size=upload.size or 0)
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return VerificationDocument.objects.create(
        setup=setup,
        verification=verification,
        file=upload,
        name=name,
        content_type=found.content_type,
        size=upload.size or 0,
        sha256=digest,
        uploaded_by=actor,
        uploaded_at=at,
    )


def _send_along(document: VerificationDocument, attempt: Verification) -> VerificationDocument:
    """A set-up's document moves to the attempt; one of an earlier attempt stays there as well."""
    if document.verification_id is not None:
        document = VerificationDocument(
            file=document.file.name,
            name=document.name,
            content_type=document.content_type,
            size=document.size,
            sha256=document.sha256,
            uploaded_by=document.uploaded_by,
            uploaded_at=document.uploaded_at,
        )
    document.verification, document.setup = attempt, None
    document.save()
    return document


def _record(
    attempt: Verification, documents: Sequence[VerificationDocument], actor: User, at: datetime
) -> None:
    record_activity(
        business_center=attempt.business_center,
        actor=actor,
        at=at,
        action="submit_verification",
        summary=f"Sent {len(documents)} document{'s'[: len(documents) != 1]} for verification",
        reference=f"verification:{attempt.pk}",
        label=attempt.business_center.name,
        after={
            "business_name": attempt.business_name,
            "document_type": attempt.document_type,
            "files": [document.name for document in documents],
        },
    )
