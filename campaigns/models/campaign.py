"""The campaign: objective and, where wanted, a budget over all its ad groups."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField

from .base import Node
from .vocabulary import BudgetMode, Objective, StopKind, StopReason, StopState

USUAL_PROCESSING = timedelta(minutes=1)


class Campaign(Node):
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="campaigns")
    objective = models.CharField(max_length=20, choices=Objective.choices)
    budget_mode = models.CharField(
        max_length=24, choices=BudgetMode.choices, default=BudgetMode.INFINITE
    )
    budget = models.BigIntegerField(null=True, blank=True, help_text="Minor units.")
    is_budget_optimized = models.BooleanField(
        "campaign budget optimisation", default=False, help_text="Ad groups share this budget."
    )
    po_number = models.CharField("PO number", max_length=60, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True, help_text="Final stop.")
    exhausted_on = models.DateField(
        null=True,
        blank=True,
        help_text="Account-local day whose budget has run out; 9999-12-31 for a lifetime budget.",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(budget_mode=BudgetMode.INFINITE, budget__isnull=True)
                | (~models.Q(budget_mode=BudgetMode.INFINITE) & models.Q(budget__gt=0)),
                name="campaign_budget_as_its_mode",
            ),
            models.CheckConstraint(
                condition=models.Q(is_budget_optimized=False)
                | ~models.Q(budget_mode=BudgetMode.INFINITE),
                name="campaign_shares_a_budget_it_has",
            ),
            models.CheckConstraint(
                condition=models.Q(deactivated_at__isnull=True)
                | ~models.Q(operation_status="ENABLE"),
                name="campaign_deactivated_is_off",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ad_account", "-id"], name="campaigns_of_account"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="campaign_name_search"),
        ]

    @property
    def is_deactivated(self) -> bool:
        return self.deactivated_at is not None

    def is_exhausted(self, day: date) -> bool:
        return self.exhausted_on is not None and self.exhausted_on >= day


class StopRequest(models.Model):
    """One request to stop a campaign: Requested > Processing > Deactivated (or Paused) | Failed."""

    id = IdField()
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="stop_requests")
    kind = models.CharField(max_length=10, choices=StopKind.choices)
    state = models.CharField(max_length=11, choices=StopState.choices, default=StopState.REQUESTED)
    reason = models.CharField(max_length=20, choices=StopReason.choices)
    note = models.CharField(max_length=500, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    processing_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(help_text="Nothing is spent from this moment on.")
    finished_at = models.DateTimeField(null=True)
    delayed_by = models.ForeignKey(
        "ProcessingFault", models.PROTECT, null=True, related_name="stops"
    )
    spend_at_request = models.BigIntegerField(help_text="Lifetime spend in minor units.")
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=models.Q(state__in=[StopState.REQUESTED, StopState.PROCESSING]),
                name="one_stop_at_a_time",
            )
        ]

    @property
    def overdue_at(self) -> datetime:
        """When the minute is over in which a request takes effect as a rule."""
        return self.requested_at + USUAL_PROCESSING

    def is_overdue(self, at: datetime) -> bool:
        """It takes longer than usual, and at `at` that can be seen."""
        return self.overdue_at < self.effective_at and self.overdue_at <= at

    @property
    def is_open(self) -> bool:
        return self.state in (StopState.REQUESTED, StopState.PROCESSING)
