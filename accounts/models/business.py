"""The Business Center, its members and what their roles are."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from bizcenter.lib.ids import IdField


class BusinessCenter(models.Model):
    class DomainsBind(models.TextChoices):
        EVERYBODY = "everybody", "Everybody who is invited"
        ADMINS = "admins", "Admins only"

    id = IdField()
    name = models.CharField(max_length=100, help_text="Internal name, shown in the switcher.")
    legal_name = models.CharField(max_length=200, help_text="Name on invoices.")
    industry = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2.")
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=64)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    requires_two_step = models.BooleanField(
        default=False, help_text="Members without two-step sign-in are led to set it up."
    )
    email_domains = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="Who is invited must have an address there; empty allows all.",
    )
    email_domains_bind = models.CharField(
        max_length=10, choices=DomainsBind.choices, default=DomainsBind.EVERYBODY
    )
    settings_reviewed_at = models.DateTimeField(null=True, help_text="Practice time.")
    settings_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one Business Center; finance is a second, optional layer."""

    class Role(models.TextChoices):
        ADMIN = "admin", "Admin"
        STANDARD = "standard", "Standard"

    class FinanceRole(models.TextChoices):
        NONE = "none", "None"
        ANALYST = "analyst", "Finance analyst"
        MANAGER = "manager", "Finance manager"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    alias = models.CharField(
        max_length=250, blank=True, help_text="What the Business Center calls the person."
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STANDARD)
    finance_role = models.CharField(
        max_length=10, choices=FinanceRole.choices, default=FinanceRole.NONE
    )
    created_at = models.DateTimeField()
    access_ends_at = models.DateTimeField(
        null=True, db_index=True, help_text="Practice time; the person is removed then."
    )
    last_seen_at = models.DateTimeField(
        null=True, help_text="Practice time, to the hour, of the last page or call in here."
    )
    kept_at = models.DateTimeField(
        null=True, help_text="Practice time at which an Admin let unused access be."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business_center", "user"], name="one_membership_each"),
            # Else the day would come on which nobody can manage the Business Center.
            models.CheckConstraint(
                condition=~models.Q(role="admin") | models.Q(access_ends_at__isnull=True),
                name="admins_stay_until_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.business_center}"

    @property
    def shown_name(self) -> str:
        return self.alias or str(self.user)

    def has_ended(self, at: datetime) -> bool:
        return self.access_ends_at is not None and self.access_ends_at <= at
