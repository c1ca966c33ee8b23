"""Requests of people for a permission they lack, and what an invitation will open."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import BusinessCenter, Invitation
from bizcenter.lib.ids import IdField

from .ad_account import AdAccount
from .asset import BusinessAsset
from .sharing import ASSET_ROLES, LEVELS


class AccessRequest(models.Model):
    """Somebody asks for one permission: in a Business Center, an ad account or an asset of it."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    id = IdField()
    business_center = models.ForeignKey(
        BusinessCenter, models.CASCADE, related_name="access_requests"
    )
    ad_account = models.ForeignKey(AdAccount, models.CASCADE, null=True, related_name="+")
    asset = models.ForeignKey(BusinessAsset, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    permission = models.CharField(
        max_length=30, help_text="Of the vocabulary: manage_campaigns, view_finance, …"
    )
    about = models.CharField(
        max_length=200, blank=True, help_text="What they wanted to do: “Switch off Spring Sale US”."
    )
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    asked_at = models.DateTimeField(help_text="Practice time.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business_center", "ad_account", "asset", "person", "permission"],
                condition=models.Q(state="pending"),
                nulls_distinct=False,
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(ad_account=None) | models.Q(asset=None),
                name="asked_for_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(state="pending") ^ models.Q(decided_at__isnull=False),
                name="answered_requests_say_when",
            ),
        ]

    @property
    def place(self) -> str:
        return (self.ad_account or self.asset or self.business_center).name


class InvitedAccount(models.Model):
    """The level in an ad account that the invited person will have."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="accounts")
    ad_account = models.ForeignKey(AdAccount, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=LEVELS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "ad_account"], name="invited_to_an_account_once"
            )
        ]


class InvitedAsset(models.Model):
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="assets")
    asset = models.ForeignKey(BusinessAsset, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=ASSET_ROLES)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "asset"], name="invited_to_an_asset_once")
        ]
