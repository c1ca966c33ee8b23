"""What campaign, ad group and ad have in common."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField

from .vocabulary import OperationStatus


class NodeQuerySet(models.QuerySet):
    def of(self, ad_account: AdAccount) -> Self:
        return self.filter(ad_account=ad_account)

    def not_deleted(self) -> Self:
        return self.exclude(operation_status=OperationStatus.DELETE)


class Node(models.Model):
    """`version` rises with every change, so that two people editing at once find out.

    `extra` keeps the documented fields of the API that are stored and returned as given but do not
    (yet) influence delivery.
    """

    id = IdField()
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="+")
    name = models.CharField(max_length=512)
    operation_status = models.CharField(
        max_length=8, choices=OperationStatus.choices, default=OperationStatus.ENABLE
    )
    version = models.PositiveIntegerField(default=1)
    extra = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(help_text="Practice time.")
    modified_at = models.DateTimeField(help_text="Practice time.")

    objects: ClassVar[models.Manager] = NodeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.operation_status == OperationStatus.ENABLE

    @property
    def is_deleted(self) -> bool:
        return self.operation_status == OperationStatus.DELETE

    def touch(self, at: datetime) -> None:
        """Mark a change made at the practice time `at`; the caller saves."""
        self.modified_at = at
        self.version += 1


class SwitchEvent(models.Model):
    """From `effective_at` on, the campaign, ad group or ad is on or off.

    Delivery reads the share of an hour in which an ad was on from these rows, so a late or
    repeated run of that hour sees what the first would have seen. Rows are only added; the one
    change is that lifting a fault brings an effect forward, never into a delivered hour.
    """

    id = IdField()
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="+")
    node_id = models.BigIntegerField(help_text="Id of a campaign, ad group or ad.")
    is_on = models.BooleanField()
    requested_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    delayed_by = models.ForeignKey(
        "ProcessingFault", models.PROTECT, null=True, related_name="switches"
    )

    class Meta:
        indexes = [models.Index(fields=["ad_account", "effective_at"], name="switches_of_account")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effective_at__gte=models.F("requested_at")),
                name="effect_not_before_request",
            )
        ]
