"""How people pay: saved methods of a Business Center, and which of them an ad account is topped up
with. Of a card only brand, last four digits and expiry are kept, never the number."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import BusinessCenter, BusinessSetup
from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField


class PaymentMethod(models.Model):
    """Belongs to a Business Center, or to the set-up that founds one: those of its set-up are the
    Business Center's as well."""

    class Kind(models.TextChoices):
        CARD = "card", "Credit or debit card"
        PAYPAL = "paypal", "PayPal"

    id = IdField()
    business_center = models.ForeignKey(
        BusinessCenter, models.CASCADE, null=True, related_name="payment_methods"
    )
    setup = models.ForeignKey(
        BusinessSetup, models.CASCADE, null=True, related_name="payment_methods"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    brand = models.CharField(max_length=20, blank=True)
    last_four = models.CharField(max_length=4, blank=True)
    expiry_month = models.PositiveSmallIntegerField(null=True)
    expiry_year = models.PositiveSmallIntegerField(null=True)
    holder = models.CharField(max_length=80, blank=True)
    paypal_email = models.EmailField(blank=True)
    is_default = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        ordering = ("-is_default", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(business_center__isnull=True) ^ models.Q(setup__isnull=True),
                name="method_has_one_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind="card",
                    last_four__regex=r"^\d{4}$",
                    expiry_month__range=(1, 12),
                    expiry_year__isnull=False,
                    paypal_email="",
                )
                | (
                    models.Q(kind="paypal", last_four="", expiry_month__isnull=True)
                    & ~models.Q(paypal_email="")
                ),
                name="method_is_a_card_or_paypal",
            ),
            models.UniqueConstraint(
                fields=["business_center", "setup"],
                condition=models.Q(is_default=True),
                nulls_distinct=False,
                name="one_default_method_an_owner",
            ),
        ]

    def __str__(self) -> str:
        """How it is named to people: Visa ending in 4242."""
        if self.kind == self.Kind.PAYPAL:
            return f"PayPal ({self.paypal_email})"
        return f"{self.brand} ending in {self.last_four}"

    @property
    def expiry(self) -> str:
        """12/30; empty for PayPal."""
        if self.expiry_month is None or self.expiry_year is None:
            return ""
        return f"{self.expiry_month:02}/{self.expiry_year % 100:02}"

    def has_expired(self, at: datetime) -> bool:
        """A card is good to the end of its month."""
        if self.expiry_month is None or self.expiry_year is None:
            return False
        return (self.expiry_year, self.expiry_month) < (at.year, at.month)


class AccountFunding(models.Model):
    """What an ad account's balance is topped up with; without a method people choose each time."""

    ad_account = models.OneToOneField(
        AdAccount, models.CASCADE, primary_key=True, related_name="funding"
    )
    method = models.ForeignKey(PaymentMethod, models.SET_NULL, null=True, related_name="fundings")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    chosen_at = models.DateTimeField(help_text="Practice time.")
