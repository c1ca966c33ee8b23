"""What a Business Center owns beside ad accounts, and who may use it: pixels and catalogs.

This is the register: owner, name, people, partners and linked ad accounts. What a pixel measures
and what a catalog holds is kept above.
"""

from typing import ClassVar

from django.db import models

from accounts.models import BusinessCenter
from bizcenter.lib.ids import IdField

from .ad_account import AdAccount


class BusinessAsset(models.Model):
    class Kind(models.TextChoices):
        PIXEL = "pixel", "Pixel"
        CATALOG = "catalog", "Catalog"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="assets")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=128)
    code = models.CharField(  # noqa: DJ001 - unique, so "none" has to be NULL
        max_length=20, unique=True, null=True, help_text="What a website's pixel is known by."
    )
    created_at = models.DateTimeField(help_text="Practice time.")
    removed_at = models.DateTimeField(null=True, help_text="Practice time.")
    ad_accounts = models.ManyToManyField(
        AdAccount, through="AssetLink", related_name="linked_assets"
    )

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [
            ("use_asset", "Use the asset in ads"),
            ("manage_asset", "Change the asset and who may use it"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="pixel", code__isnull=False)
                | (~models.Q(kind="pixel") & models.Q(code__isnull=True)),
                name="pixels_and_only_they_have_a_code",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AssetLink(models.Model):
    """An ad account whose ads may use the asset."""

    asset = models.ForeignKey(BusinessAsset, models.CASCADE, related_name="links")
    ad_account = models.ForeignKey(AdAccount, models.CASCADE, related_name="asset_links")
    linked_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asset", "ad_account"], name="asset_linked_once")
        ]
