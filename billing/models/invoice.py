"""Invoices: they copy all they say, and never change."""

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.db import models

from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField


class InvoiceSeries(models.Model):
    """The last number given in a series; its row is locked to give the next, so none is missed."""

    name = models.CharField(max_length=20, primary_key=True)
    last_number = models.PositiveIntegerField(default=0)


class Invoice(models.Model):
    """A month of one ad account. All it says is copied here; a trigger forbids changing it."""

    id = IdField()
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="invoices")
    series = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    month = models.DateField(help_text="First day of the month, account-local.")
    issued_at = models.DateTimeField()
    issue_date = models.DateField()
    due_date = models.DateField()
    currency = models.CharField(max_length=3)
    seller = models.JSONField()
    bill_to = models.JSONField()
    account_name = models.CharField(max_length=100)
    account_timezone = models.CharField(max_length=64)
    account_utc_offset_minutes = models.SmallIntegerField()
    locale = models.CharField(max_length=10, help_text="How amounts are written: de_DE.")
    net = models.BigIntegerField()
    tax_rate_basis_points = models.PositiveIntegerField(help_text="1900 is 19 %.")
    tax_name = models.CharField(max_length=60)
    tax_note = models.CharField(max_length=200, blank=True)
    tax = models.BigIntegerField()
    total = models.BigIntegerField()

    class Meta:
        ordering = ("-month", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["ad_account", "month"], name="one_invoice_a_month"),
            models.CheckConstraint(
                condition=models.Q(total=models.F("net") + models.F("tax")),
                name="net_and_tax_make_total",
            ),
            models.CheckConstraint(condition=models.Q(net__gt=0), name="invoice_is_for_something"),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="invoice_month_starts_on_the_first"
            ),
        ]

    @property
    def full_number(self) -> str:
        """The number as printed: INV-2026-000184."""
        return f"{self.series}-{self.number:06d}"

    @property
    def tax_percent(self) -> Decimal:
        """19 for 1900 basis points, 8.1 for 810."""
        return (Decimal(self.tax_rate_basis_points) / 100).normalize() + 0

    @property
    def last_day(self) -> date:
        """The end of the service period."""
        return (self.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class InvoiceLine(models.Model):
    """What one campaign cost in the month."""

    id = IdField()
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    reference = models.CharField(max_length=60)
    description = models.CharField(max_length=600)
    po_number = models.CharField(max_length=60, blank=True)
    net = models.BigIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_once"),
            models.UniqueConstraint(fields=["invoice", "reference"], name="campaign_on_one_line"),
        ]

    @property
    def campaign_id(self) -> int | None:
        """The campaign it charges for, if that is what the reference names."""
        kind, _, number = self.reference.partition(":")
        return int(number) if kind == "campaign" else None


class InvoiceDocument(models.Model):
    """The PDF as issued, with its SHA-256; made once and kept."""

    invoice = models.OneToOneField(
        Invoice, models.PROTECT, primary_key=True, related_name="document"
    )
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
