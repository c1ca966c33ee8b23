"""Payments by practice card; only brand and last four digits are ever kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField

from .invoice import Invoice


class Payment(models.Model):
    """One try to charge a practice card: for the balance, or for the tax of an invoice."""

    class State(models.TextChoices):
        SUCCEEDED = "succeeded", "Paid"
        DECLINED = "declined", "Declined"

    id = IdField()
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        related_name="payments",
        null=True,
        help_text="What it settles; empty when it adds balance.",
    )
    idempotency_key = models.CharField(max_length=64, unique=True)
    amount = models.BigIntegerField(help_text="Minor units.")
    currency = models.CharField(max_length=3)
    card_brand = models.CharField(max_length=20)
    card_last_four = models.CharField(max_length=4)
    state = models.CharField(max_length=10, choices=State.choices)
    message = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payment_is_positive"),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(state="succeeded"),
                name="invoice_settled_once",
            ),
        ]

    @property
    def succeeded(self) -> bool:
        return self.state == self.State.SUCCEEDED

    @property
    def card(self) -> str:
        """How it was paid, to people: Visa ending in 4242, or PayPal."""
        if not self.card_last_four:
            return self.card_brand
        return f"{self.card_brand} ending in {self.card_last_four}"
