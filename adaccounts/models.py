"""The ad account: currency, time zone and the grants that say who may do what in it."""

from datetime import UTC, date, datetime, timedelta
from datetime import timezone as fixed_zone
from typing import ClassVar

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models import BusinessCenter
from bizcenter.lib.ids import IdField


class AdAccount(models.Model):
    """Everything below it (campaigns, wallet, invoices) inherits its permissions.

    The time zone is a fixed offset, set at creation and without daylight saving, as on the live
    platform; `timezone` is the name people see.
    """

    class Status(models.TextChoices):
        APPROVED = "approved", "Approved"
        SUSPENDED = "suspended", "Suspended"
        DISABLED = "disabled", "Disabled"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="ad_accounts")
    name = models.CharField(max_length=100)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.APPROVED)
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=64)
    utc_offset_minutes = models.SmallIntegerField()
    country = models.CharField(max_length=2, help_text="Of registration; decides tax.")
    industry = models.CharField(max_length=80, blank=True)
    website = models.URLField(blank=True)
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(utc_offset_minutes__range=(-720, 840)), name="offset_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.name

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

    def day_start(self, day: date) -> datetime:
        """The UTC instant at which the account-local day begins."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return midnight.astimezone(UTC)


class AdAccountUserObjectPermission(UserObjectPermissionBase):
    """Guardian's grants to people, with a real foreign key."""

    content_object = models.ForeignKey(AdAccount, models.CASCADE)


class AdAccountGroupObjectPermission(GroupObjectPermissionBase):
    """Guardian looks for this table too; the product grants to people only."""

    content_object = models.ForeignKey(AdAccount, models.CASCADE)
