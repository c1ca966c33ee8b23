"""The Business Center, its members and what their roles are."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField


class BusinessCenter(models.Model):
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
    contact_email = models.EmailField(blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
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
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STANDARD)
    finance_role = models.CharField(
        max_length=10, choices=FinanceRole.choices, default=FinanceRole.NONE
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business_center", "user"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.business_center}"
