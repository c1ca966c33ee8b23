"""The ad account: currency, time zone, limits and defaults."""

from datetime import UTC, date, datetime, timedelta
from datetime import timezone as fixed_zone
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import BusinessCenter
from bizcenter.lib.ids import IdField


class AdAccount(models.Model):
    """Everything below it (campaigns, wallet, invoices) inherits its permissions.

    The time zone is a fixed offset, set at creation and without daylight saving, as on the live
    platform; `timezone` is the name people see.
    """

    class Status(models.TextChoices):
        IN_REVIEW = "in_review", "In review"
        APPROVED = "approved", "Approved"
        DISAPPROVED = "disapproved", "Disapproved"
        CONTRACT_PENDING = "contract_pending", "Contract not in effect"
        SUSPENDED = "suspended", "Suspended"
        DISABLED = "disabled", "Disabled"

    class CapMode(models.TextChoices):
        NONE = "none", "No limit"
        DAILY = "daily", "A day"
        MONTHLY = "monthly", "A month"
        TOTAL = "total", "In all, until it is reset"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="ad_accounts")
    name = models.CharField(max_length=100)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.APPROVED)
    status_reason = models.CharField(max_length=300, blank=True)
    review_due_at = models.DateTimeField(
        null=True, help_text="Practice time at which the review is decided by rule."
    )
    status_since = models.DateTimeField(
        null=True,
        help_text="Practice time at which it came to its status; NULL as long as it has its first.",
    )
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=64)
    utc_offset_minutes = models.SmallIntegerField()
    country = models.CharField(max_length=2, help_text="Of registration; decides tax.")
    industry = models.CharField(max_length=80, blank=True)
    website = models.URLField(blank=True)
    company = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    licence_number = models.CharField(max_length=60, blank=True)
    cap_mode = models.CharField(max_length=8, choices=CapMode.choices, default=CapMode.NONE)
    cap_amount = models.BigIntegerField(
        null=True, help_text="Spending cap in minor units; never exceeded, whatever the budgets."
    )
    cap_since = models.DateTimeField(
        null=True, help_text="Practice time from which a total cap counts."
    )
    over_delivery = models.BooleanField(
        default=False,
        help_text="Days may bill more than their daily budgets; the excess is credited.",
    )
    over_delivery_changed_at = models.DateTimeField(
        null=True, help_text="Practice time at which it was last switched."
    )
    default_landing_page = models.URLField(blank=True, max_length=500)
    default_display_name = models.CharField(max_length=40, blank=True)
    default_daily_budget = models.BigIntegerField(null=True, help_text="Minor units.")
    blocked_words = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="Lower case; the account's ads may not use them as whole words.",
    )
    seed = models.BigIntegerField(help_text="Chance in this account is drawn from this number.")
    next_ad_ordinal = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        # Django's own add/change/delete/view permissions would be a second vocabulary.
        default_permissions = ()
        permissions: ClassVar = [
            ("view_reports", "View ads, performance and reports"),
            ("manage_campaigns", "Create and edit campaigns"),
            ("manage_account", "Change the account's settings and its people"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["business_center", "name", "id"], name="accounts_by_name"),
            models.Index(
                fields=["review_due_at"],
                condition=models.Q(status="in_review"),
                name="accounts_in_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(utc_offset_minutes__range=(-720, 840)), name="offset_exists"
            ),
            models.CheckConstraint(
                condition=models.Q(cap_mode="none", cap_amount__isnull=True)
                | (~models.Q(cap_mode="none") & models.Q(cap_amount__gt=0)),
                name="cap_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~models.Q(cap_mode="total") | models.Q(cap_since__isnull=False),
                name="total_cap_counts_from_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(over_delivery=False)
                | models.Q(over_delivery_changed_at__isnull=False),
                name="over_delivery_says_since_when",
            ),
            models.CheckConstraint(
                condition=models.Q(default_daily_budget__isnull=True)
                | models.Q(default_daily_budget__gt=0),
                name="default_budget_is_positive",
            ),
            # Else the review would never be decided.
            models.CheckConstraint(
                condition=models.Q(status="in_review") ^ models.Q(review_due_at__isnull=True),
                name="reviews_and_only_they_are_due",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.APPROVED

    def over_delivers(self, slot: datetime) -> bool:
        """Whether the hour that begins at `slot` may go above the daily budgets; one from before
        the last switch, delivered late, is as it was then."""
        changed = self.over_delivery_changed_at
        return self.over_delivery == (changed is None or slot >= changed)

    def is_review_due(self, by: datetime) -> bool:
        """Whether the rules decide it by then."""
        due = self.review_due_at
        return self.status == self.Status.IN_REVIEW and due is not None and due <= by

    @property
    def zone(self) -> fixed_zone:
        return fixed_zone(timedelta(minutes=self.utc_offset_minutes))

    @property
    def offset_label(self) -> str:
        """UTC-05:00"""
        sign, minutes = "-" if self.utc_offset_minutes < 0 else "+", abs(self.utc_offset_minutes)
        return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"

    def local(self, at: datetime) -> datetime:
        """`at` on the account's own clock."""
        return at.astimezone(self.zone)

    def day_of(self, at: datetime) -> date:
        return self.local(at).date()

    def slot_of(self, at: datetime) -> datetime:
        """The UTC start of the account-local hour that contains `at`."""
        return self.local(at).replace(minute=0, second=0, microsecond=0).astimezone(UTC)

    def hour_start(self, at: datetime) -> datetime:
        """The beginning of the account-local hour that contains `at`."""
        local = self.local(at)
        return at - timedelta(
            minutes=local.minute, seconds=local.second, microseconds=local.microsecond
        )

    def day_start(self, day: date) -> datetime:
        """The UTC instant at which the account-local day begins."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return midnight.astimezone(UTC)
