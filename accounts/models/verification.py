"""Business verification: attempts, their documents and how they were decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField

from .business import BusinessCenter
from .setup import BusinessSetup


class Verification(models.Model):
    """One attempt to prove what the business is. The newest one is the state of the business;
    none at all is "Not started"."""

    class State(models.TextChoices):
        IN_REVIEW = "in_review", "In review"
        VERIFIED = "verified", "Verified"
        REJECTED = "rejected", "Rejected"
        EXPIRED = "expired", "Expired"

    class EntityType(models.TextChoices):
        COMPANY = "company", "Company or corporation"
        SOLE = "sole", "Sole proprietor"
        PUBLIC = "public", "Public body or non-profit"

    class DocumentType(models.TextChoices):
        REGISTRATION = "registration", "Certificate of incorporation or register extract"
        LICENCE = "licence", "Business licence"
        TAX = "tax", "Tax registration certificate"

    class Reason(models.TextChoices):
        DOCUMENT_TYPE = "document_type", "Wrong kind of document"
        INCOMPLETE = "incomplete", "Document incomplete or unreadable"
        MISMATCH = "mismatch", "Details do not match the document"
        EXPIRED = "expired", "Document expired or invalid"

    id = IdField()
    business_center = models.ForeignKey(
        BusinessCenter, models.CASCADE, related_name="verifications"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_REVIEW)
    entity_type = models.CharField(max_length=10, choices=EntityType.choices)
    country = models.CharField(max_length=2)
    business_name = models.CharField(max_length=200, help_text="As printed on the document.")
    document_type = models.CharField(max_length=15, choices=DocumentType.choices)
    certificate_number = models.CharField(max_length=60)
    document_expires_on = models.DateField(null=True)
    website = models.URLField(blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(help_text="Practice time.")
    due_at = models.DateTimeField(help_text="Practice time at which it is decided by rule.")
    decided_at = models.DateTimeField(null=True, help_text="Practice time.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=15, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True, help_text="The second-level reason.")
    suggestion = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business_center"],
                condition=models.Q(state="in_review"),
                name="one_verification_in_review",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(reason=""),
                name="rejection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state="in_review") ^ models.Q(decided_at__isnull=False),
                name="decided_verifications_say_when",
            ),
        ]


def _place(document: "VerificationDocument", name: str) -> str:
    """Never the uploaded name: it is chosen by a stranger."""
    return f"verification/{document.pk}"


class VerificationDocument(models.Model):
    """A file that proves something: of a setup at first, of an attempt once it was sent."""

    id = IdField()
    verification = models.ForeignKey(
        Verification, models.CASCADE, null=True, related_name="documents"
    )
    setup = models.ForeignKey(BusinessSetup, models.CASCADE, null=True, related_name="documents")
    file = models.FileField(upload_to=_place)
    name = models.CharField(max_length=200, help_text="As uploaded; for show only.")
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(verification__isnull=False) | models.Q(setup__isnull=False),
                name="document_belongs_somewhere",
            )
        ]

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def safe_name(self) -> str:
        """What it is called when fetched; the uploaded name is a stranger's."""
        ending = {"application/pdf": "pdf", "image/png": "png"}.get(self.content_type, "jpg")
        return f"document-{self.pk}.{ending}"
