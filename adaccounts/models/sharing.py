"""Working with other Business Centers: partners, what is shared with them, and requests for it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import BusinessCenter
from bizcenter.lib.ids import IdField

from .ad_account import AdAccount
from .asset import BusinessAsset

LEVELS = [("analyst", "Analyst"), ("operator", "Operator"), ("admin", "Admin")]
ASSET_ROLES = [("user", "Use in ads"), ("manager", "Manage")]


class Partnership(models.Model):
    """`business_center` has added `partner`; both see each other, only what is shared is open."""

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(
        BusinessCenter, models.CASCADE, related_name="partnerships_of_others"
    )
    created_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["business_center", "partner"], name="partner_once"),
            models.CheckConstraint(
                condition=~models.Q(business_center=models.F("partner")),
                name="nobody_is_their_own_partner",
            ),
        ]


class AccountShare(models.Model):
    """The partner's people may be given the ad account up to this level."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="account_shares")
    ad_account = models.ForeignKey(AdAccount, models.CASCADE, related_name="shares")
    level = models.CharField(max_length=10, choices=LEVELS)
    created_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "ad_account"], name="account_shared_once"
            )
        ]


class AssetShare(models.Model):
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="asset_shares")
    asset = models.ForeignKey(BusinessAsset, models.CASCADE, related_name="shares")
    role = models.CharField(max_length=10, choices=ASSET_ROLES)
    created_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "asset"], name="asset_shared_once")
        ]


class LinkRequest(models.Model):
    """A Business Center asks the owner of an ad account for access to it."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for the owner"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = IdField()
    business_center = models.ForeignKey(
        BusinessCenter, models.CASCADE, related_name="link_requests", help_text="Who asks."
    )
    ad_account = models.ForeignKey(AdAccount, models.CASCADE, related_name="link_requests")
    level = models.CharField(max_length=10, choices=LEVELS, help_text="Asked for, later given.")
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(help_text="Practice time.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business_center", "ad_account"],
                condition=models.Q(state="pending"),
                name="one_open_link_request",
            ),
            models.CheckConstraint(
                condition=models.Q(state="pending") ^ models.Q(decided_at__isnull=False),
                name="answered_links_say_when",
            ),
        ]
