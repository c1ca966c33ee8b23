"""What delivery writes: hour facts, day totals, and one cursor with the engine's state.

Plain integers instead of foreign keys: facts outnumber everything and are written by COPY.
"""

from typing import ClassVar

from django.db import models

from adaccounts.models import AdAccount


class Counts(models.Model):
    """Absolute counts. `spend` is in minor units and adds up exactly; `cost_micros` is the
    engine's exact accrual behind it."""

    ad_account_id = models.BigIntegerField()
    campaign_id = models.BigIntegerField()
    ad_group_id = models.BigIntegerField()
    impressions = models.BigIntegerField()
    clicks = models.BigIntegerField()
    conversions = models.BigIntegerField()
    conversion_value_micros = models.BigIntegerField()
    video_views = models.BigIntegerField()
    watched_2s = models.BigIntegerField()
    watched_6s = models.BigIntegerField()
    views_p25 = models.BigIntegerField()
    views_p50 = models.BigIntegerField()
    views_p75 = models.BigIntegerField()
    views_p100 = models.BigIntegerField()
    likes = models.BigIntegerField()
    comments = models.BigIntegerField()
    shares = models.BigIntegerField()
    follows = models.BigIntegerField()
    profile_visits = models.BigIntegerField()
    cost_micros = models.BigIntegerField()
    spend = models.BigIntegerField()

    class Meta:
        abstract = True


class HourFact(Counts):
    """One ad in one account-local hour that starts at `slot` (UTC)."""

    pk = models.CompositePrimaryKey("ad_id", "slot")
    ad_id = models.BigIntegerField()
    slot = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ad_account_id", "slot"], name="hours_of_account")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    impressions__gte=models.F("clicks"),
                    clicks__gte=0,
                    spend__gte=0,
                    cost_micros__gte=0,
                ),
                name="hour_counts_make_sense",
            )
        ]


class DayFact(Counts):
    """One ad on one closed account-local day: the sum of its hours, written when the day ends.

    The open day is read from HourFact; `DeliveryCursor.open_day` says which day that is.
    """

    pk = models.CompositePrimaryKey("ad_id", "day")
    ad_id = models.BigIntegerField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ad_account_id", "day"], name="days_of_account")]


class DeliveryCursor(models.Model):
    """Where an account's delivery stands: everything before `next_slot` is final.

    Facts, charge, state and cursor move in one transaction; `next_slot` is compared and set, so a
    repeated or overtaken run changes nothing.
    """

    ad_account = models.OneToOneField(
        AdAccount, models.CASCADE, primary_key=True, related_name="delivery_cursor"
    )
    next_slot = models.DateTimeField()
    open_day = models.DateField(help_text="Account-local day that contains next_slot.")
    state = models.BinaryField(
        default=b"", help_text="campaigns.delivery.state.State as bytes, deflated."
    )
    is_out_of_balance = models.BooleanField(default=False)
    unusable_cap = models.BigIntegerField(
        null=True,
        help_text="What the spending cap had left when it was too little for another event, in "
        "minor units.",
    )
