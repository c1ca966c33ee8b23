"""Asset groups: ad accounts bundled, so that people are given all of them at once."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from accounts.models import BusinessCenter, Membership
from bizcenter.lib.ids import IdField

from .ad_account import AdAccount
from .sharing import LEVELS


class AssetGroup(models.Model):
    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.CASCADE, related_name="asset_groups")
    name = models.CharField(max_length=100)
    ad_accounts = models.ManyToManyField(AdAccount, related_name="asset_groups")
    created_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("business_center", Lower("name"), name="asset_group_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class AssetGroupMember(models.Model):
    """A member with the level that the group gives in each of its ad accounts."""

    group = models.ForeignKey(AssetGroup, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="asset_groups")
    level = models.CharField(max_length=10, choices=LEVELS)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "membership"], name="in_a_group_once")
        ]
