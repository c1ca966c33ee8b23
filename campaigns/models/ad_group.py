"""The ad group: audience, budget, schedule and bidding."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from adaccounts.models import AdAccount

from .base import Node
from .campaign import Campaign
from .vocabulary import (
    AgeGroup,
    BidType,
    BillingEvent,
    BudgetMode,
    Gender,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)

CLICK_WINDOWS, VIEW_WINDOWS = (1, 7, 14, 28), (0, 1, 7)


def _words(length: int) -> ArrayField:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class AdGroup(Node):
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="ad_groups")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="ad_groups")
    countries = ArrayField(models.CharField(max_length=2), help_text="ISO 3166-1 alpha-2.")
    age_groups = ArrayField(
        models.CharField(max_length=10, choices=AgeGroup.choices),
        default=list,
        blank=True,
        help_text="None chosen means all ages.",
    )
    gender = models.CharField(max_length=16, choices=Gender.choices, default=Gender.ANY)
    languages = _words(10)
    operating_systems = _words(10)
    interests = _words(40)
    behaviours = _words(40)
    audience_size = models.BigIntegerField(default=0, help_text="People; follows the targeting.")
    budget_mode = models.CharField(
        max_length=24, choices=BudgetMode.choices, default=BudgetMode.DAY
    )
    budget = models.BigIntegerField(
        null=True, blank=True, help_text="Minor units; none when the campaign shares its budget."
    )
    schedule_type = models.CharField(
        max_length=20, choices=ScheduleType.choices, default=ScheduleType.FROM_NOW
    )
    start_at = models.DateTimeField()
    end_at = models.DateTimeField(null=True, blank=True)
    dayparting = models.CharField(
        max_length=336, blank=True, help_text="7 x 48 half hours from Monday 00:00, account time."
    )
    pacing = models.CharField(max_length=20, choices=Pacing.choices, default=Pacing.SMOOTH)
    billing_event = models.CharField(max_length=4, choices=BillingEvent.choices)
    optimization_goal = models.CharField(max_length=30, choices=OptimizationGoal.choices)
    bid_type = models.CharField(max_length=20, choices=BidType.choices, default=BidType.NO_BID)
    bid_micros = models.BigIntegerField(
        null=True, blank=True, help_text="Per billed event; under oCPM per conversion."
    )
    click_window_days = models.PositiveSmallIntegerField(
        default=7, help_text="Conversions count for so many days after a click."
    )
    view_window_days = models.PositiveSmallIntegerField(
        default=1, help_text="The same after a view; 0 for not at all."
    )
    frequency_cap = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Impressions a person in frequency_days; none for no cap."
    )
    frequency_days = models.PositiveSmallIntegerField(null=True, blank=True)
    learning_epoch = models.PositiveIntegerField(
        default=0, help_text="Rises with every edit after which delivery has to learn again."
    )
    exhausted_on = models.DateField(null=True, blank=True, help_text="As on the campaign.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(budget__isnull=True) | models.Q(budget__gt=0),
                name="ad_group_budget_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(end_at__isnull=True) | models.Q(end_at__gt=models.F("start_at")),
                name="ad_group_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(bid_type=BidType.NO_BID) | models.Q(bid_micros__gt=0),
                name="ad_group_custom_bid_has_amount",
            ),
            models.CheckConstraint(
                condition=models.Q(dayparting="") | models.Q(dayparting__regex=r"^([01]{168}){2}$"),
                name="ad_group_dayparting_is_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(click_window_days__in=CLICK_WINDOWS)
                & models.Q(view_window_days__in=VIEW_WINDOWS),
                name="ad_group_attribution_windows",
            ),
            models.CheckConstraint(
                condition=models.Q(frequency_cap__isnull=True, frequency_days__isnull=True)
                | models.Q(frequency_cap__gte=1, frequency_days__range=(1, 30)),
                name="ad_group_frequency_cap_has_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ad_account", "-id"], name="ad_groups_of_account")
        ]

    def is_exhausted(self, day: date) -> bool:
        return self.exhausted_on is not None and self.exhausted_on >= day

    def is_scheduled_hour(self, local: datetime) -> bool:
        """Does the week's plan allow delivery at this account-local moment?"""
        half = local.weekday() * 48 + local.hour * 2 + local.minute // 30
        return not self.dayparting or self.dayparting[half] == "1"
