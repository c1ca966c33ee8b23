"""Founding a Business Center step by step, and the terms that were accepted with it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField

from .business import BusinessCenter


class BusinessSetup(models.Model):
    """What a person has filled in so far; kept after completion, with what it led to."""

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="setups")
    data = models.JSONField(default=dict, help_text="{step: {field: value}}")
    step = models.CharField(max_length=20, help_text="The first step that is not done yet.")
    business_center = models.OneToOneField(
        BusinessCenter, models.CASCADE, null=True, related_name="setup"
    )
    created_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(business_center__isnull=True),
                name="one_open_setup_a_person",
            )
        ]


class TermsAcceptance(models.Model):
    """Who accepted which version of the terms for the Business Center, and when."""

    id = IdField()
    business_center = models.ForeignKey(
        BusinessCenter, models.CASCADE, related_name="terms_acceptances"
    )
    version = models.CharField(max_length=20)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person_label = models.CharField(max_length=150, help_text="Name at that time.")
    accepted_at = models.DateTimeField(help_text="Practice time.")
    ip_address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-accepted_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business_center", "version"], name="terms_accepted_once_a_version"
            )
        ]
