"""What delivery writes: facts, and one cursor with the engine's state.

Plain integers instead of foreign keys: facts outnumber everything and are written by COPY. Their
tables are partitioned by month (`campaigns.delivery.partitions`) and append-only: the database
refuses to change or delete a fact; whole months are dropped when they are old.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
    view_conversions = models.BigIntegerField(
        help_text="Conversions after a view without a click; part of `conversions`."
    )
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
    """One ad in one account-local hour that starts at `slot` (UTC).

    Its conversions are those that came in the hour of their click or view; see LateConversion.
    """

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


class LateConversion(models.Model):
    """Conversions that come in a later hour than the click or view they belong to.

    Written together with the hour of the click or view; a report counts them once the account is
    delivered beyond `event_slot`, under `day` or, as they came, under `event_slot`.
    """

    class Kind(models.IntegerChoices):
        CLICK = 0
        VIEW = 1

    pk = models.CompositePrimaryKey("ad_id", "slot", "event_slot", "kind")
    ad_id = models.BigIntegerField()
    slot = models.DateTimeField(help_text="Start of the hour of the click or view.")
    event_slot = models.DateTimeField(help_text="Start of the hour in which they came.")
    ad_account_id = models.BigIntegerField()
    campaign_id = models.BigIntegerField()
    ad_group_id = models.BigIntegerField()
    day = models.DateField(help_text="Account-local day of the click or view.")
    kind = models.SmallIntegerField(choices=Kind.choices)
    conversions = models.BigIntegerField()
    conversion_value_micros = models.BigIntegerField()
    view_conversions = models.BigIntegerField()
    age_gender = models.SmallIntegerField(help_text="Place in market.AGES times market.GENDERS.")
    system = models.SmallIntegerField(help_text="Place in market.SYSTEMS.")
    country = models.SmallIntegerField(help_text="market.country_number of the code.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ad_account_id", "day"], name="late_of_account")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    event_slot__gt=models.F("slot"),
                    conversions__gte=models.F("view_conversions"),
                    view_conversions__gte=0,
                ),
                name="late_conversions_make_sense",
            )
        ]


class DayBreakdown(models.Model):
    """Whom one ad reached on one closed account-local day.

    One number for each of 18 ages times genders, then for each of two systems, then for each of
    `countries`; each of the three adds up to the ad's DayFact. Written with it.
    """

    pk = models.CompositePrimaryKey("ad_id", "day")
    ad_id = models.BigIntegerField()
    day = models.DateField()
    ad_account_id = models.BigIntegerField()
    campaign_id = models.BigIntegerField()
    ad_group_id = models.BigIntegerField()
    countries = ArrayField(
        models.SmallIntegerField(), help_text="market.country_number of their codes."
    )
    impressions = ArrayField(models.BigIntegerField())
    clicks = ArrayField(models.BigIntegerField())
    conversions = ArrayField(models.BigIntegerField())
    conversion_value_micros = ArrayField(models.BigIntegerField())
    view_conversions = ArrayField(models.BigIntegerField())
    video_views = ArrayField(models.BigIntegerField())
    watched_2s = ArrayField(models.BigIntegerField())
    watched_6s = ArrayField(models.BigIntegerField())
    views_p100 = ArrayField(models.BigIntegerField())
    spend = ArrayField(models.BigIntegerField())

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ad_account_id", "day"], name="breakdowns_of_account")
        ]


class HourLog(models.Model):
    """What an hour looked like from every ad of the account: why it delivered what it did."""

    pk = models.CompositePrimaryKey("ad_account_id", "slot")
    ad_account_id = models.BigIntegerField()
    slot = models.DateTimeField()
    entries = models.BinaryField(help_text="Array of plan.LOG as bytes, deflated.")


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
    failed_at = models.DateTimeField(
        null=True,
        help_text="Real time at which the next hour failed; none since it went well.",
    )
    failure = models.CharField(max_length=300, blank=True, help_text="What went wrong then.")
    attempted_at = models.DateTimeField(
        null=True,
        help_text="Real time at which a worker began with the next hour and is not back from it.",
    )
    attempts = models.PositiveIntegerField(
        default=0, help_text="How many began with it, none of whom came back."
    )
    unusable_cap = models.BigIntegerField(
        null=True,
        help_text="What the spending cap had left when it was too little for another event, in "
        "minor units.",
    )

    TRY_AGAIN = timedelta(seconds=30)  # real time, after a failure
    TRY_AGAIN_AT_MOST = timedelta(minutes=10)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(attempted_at=None, attempts=0)
                | models.Q(attempted_at__isnull=False, attempts__gt=0),
                name="attempts_have_a_time",
            )
        ]

    @property
    def try_again_at(self) -> datetime | None:
        """Real time until which the account is left alone: for half a minute after its hour failed
        or took a second worker with it, and twice as long after each further one. The first loss
        is put down to the worker, which may have been stopped."""
        rests = []
        if self.failed_at is not None:
            rests.append(self.failed_at + self.TRY_AGAIN)
        if self.attempted_at is not None and self.attempts > 1:
            longer = self.TRY_AGAIN * 2 ** min(self.attempts - 2, 10)
            rests.append(self.attempted_at + min(longer, self.TRY_AGAIN_AT_MOST))
        return max(rests, default=None)


class DeliveryShard(models.Model):
    """How a shard of ad accounts gets on, in real time; see campaigns.queries.shards."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    behind_since = models.DateTimeField(
        null=True, help_text="Since when hours wait to be delivered; none while nothing waits."
    )
    progress_at = models.DateTimeField(null=True, help_text="When an hour was last delivered.")
    turn = models.UUIDField(null=True, help_text="The turn that is queued or under way.")
    turn_booked_at = models.DateTimeField(null=True, help_text="When it was queued.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(turn=None, turn_booked_at=None)
                | models.Q(turn__isnull=False, turn_booked_at__isnull=False),
                name="turn_is_booked_at_a_time",
            )
        ]
