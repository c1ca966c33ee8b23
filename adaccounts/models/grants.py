"""Who holds which permission in which ad account or asset: guardian's grants, with their source.

A person may hold the same permission from several sources (directly, by an asset group, through a
partner); taking one away leaves the others. Effective is the union.
"""

from typing import ClassVar

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models import BusinessCenter

from .ad_account import AdAccount
from .asset import BusinessAsset
from .group import AssetGroup


class AdAccountUserObjectPermission(UserObjectPermissionBase):
    """Guardian's grants to people, with a real foreign key."""

    content_object = models.ForeignKey(AdAccount, models.CASCADE)
    through = models.ForeignKey(
        BusinessCenter,
        models.CASCADE,
        related_name="+",
        help_text="Whose member the person is here: the owner's, or a partner's.",
    )
    group = models.ForeignKey(AssetGroup, models.CASCADE, null=True, related_name="grants")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = []
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "through", "group"],
                nulls_distinct=False,
                name="one_grant_a_source",
            )
        ]


class AdAccountGroupObjectPermission(GroupObjectPermissionBase):
    """Guardian looks for this table too; the product grants to people only."""

    content_object = models.ForeignKey(AdAccount, models.CASCADE)


class BusinessAssetUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(BusinessAsset, models.CASCADE)
    through = models.ForeignKey(BusinessCenter, models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar = []
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "through"],
                name="one_asset_grant_a_source",
            )
        ]


class BusinessAssetGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(BusinessAsset, models.CASCADE)
