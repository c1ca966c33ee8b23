"""The practice clock: one row that says what time it is in the practice world, and its jumps."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from bizcenter.lib.ids import IdField


class PracticeClock(models.Model):
    """Practice time = practice_anchor + (real time - real_anchor) * rate.

    A clock that runs faster than real time stands still while no worker beats: a stack that was
    switched off overnight must not find that a month has passed.
    """

    GRACE = timedelta(seconds=60)

    PAUSED, REAL, MINUTE_AN_HOUR, SIX_HOURS_A_MINUTE, MINUTE_A_DAY = 0, 1, 60, 360, 1440
    RATES = (
        (PAUSED, "Paused"),
        (REAL, "Real time"),
        (MINUTE_AN_HOUR, "×60"),
        (SIX_HOURS_A_MINUTE, "×360"),
        (MINUTE_A_DAY, "×1440"),
    )

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    practice_anchor = models.DateTimeField()
    real_anchor = models.DateTimeField()
    rate = models.PositiveIntegerField(choices=RATES, default=REAL)
    beat_at = models.DateTimeField(null=True, help_text="Real time of the workers' last beat.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def reading(self, real: datetime) -> datetime:
        """The practice time at the real time `real`."""
        if self.rate > self.REAL and self.beat_at is not None:
            real = min(real, self.beat_at + self.GRACE)
        return self.practice_anchor + (real - self.real_anchor) * self.rate


class Jump(models.Model):
    """A move of the clock to `target`; every hour of delivery on the way is worked through.

    The clock stands at `reached` meanwhile. Of the hour that ends at `working_to` some may have
    been delivered already, of what comes after it nothing has.
    """

    HOUR = timedelta(hours=1)
    SILENCE = timedelta(seconds=20)  # real time, after which its worker is taken for lost
    FIRST_GUESS = timedelta(seconds=3)  # real time, before which nothing is said of the end

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    id = IdField()
    started_from = models.DateTimeField()
    target = models.DateTimeField()
    reached = models.DateTimeField()
    working_to = models.DateTimeField(
        null=True, help_text="End of the hour that is being lived through; none between two hours."
    )
    accounts_due = models.PositiveIntegerField(
        null=True, help_text="Ad accounts with something to deliver in this hour."
    )
    accounts_left = models.PositiveIntegerField(
        null=True, help_text="Those of them that are not delivered yet."
    )
    resume_rate = models.PositiveIntegerField(choices=PracticeClock.RATES)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    cancel_requested_at = models.DateTimeField(
        null=True, help_text="Real time; the jump ends with the hour it is in."
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    began_at = models.DateTimeField(default=timezone.now, help_text="Real time of its start.")
    heartbeat_at = models.DateTimeField(
        help_text="Real time of the last sign of life of its worker."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_jump_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(target__gt=models.F("started_from")), name="jump_goes_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(working_to__isnull=True)
                | models.Q(
                    state="running",
                    working_to__gt=models.F("reached"),
                    working_to__lte=models.F("target"),
                ),
                name="only_a_running_jump_is_in_an_hour",
            ),
            models.CheckConstraint(
                condition=models.Q(accounts_due__isnull=True)
                | models.Q(accounts_left__lte=models.F("accounts_due")),
                name="no_more_accounts_left_than_due",
            ),
        ]

    @property
    def lived_through(self) -> timedelta:
        """Practice time since the start, with the part of the hour it is in that is delivered."""
        lived = self.reached - self.started_from
        if self.working_to is not None and self.accounts_due:
            lived += (self.working_to - self.reached) * self.accounts_done / self.accounts_due
        return lived

    @property
    def percent(self) -> int:
        """How far it has come, 0 to 100."""
        return int(100 * self.lived_through / (self.target - self.started_from))

    @property
    def hour_ends_at(self) -> datetime:
        """The end of the hour it is in, else of the next: a full hour, or the target."""
        if self.working_to is not None:
            return self.working_to
        hour = self.reached.replace(minute=0, second=0, microsecond=0)
        return min(hour + self.HOUR, self.target)

    @property
    def accounts_done(self) -> int:
        """Of `accounts_due`."""
        return (self.accounts_due or 0) - (self.accounts_left or 0)

    def is_silent(self, real: datetime) -> bool:
        """Has its worker given no sign of life for too long?"""
        return real - self.heartbeat_at > self.SILENCE

    def time_left(self, real: datetime) -> timedelta | None:
        """Real time to the arrival if it goes on as it has so far; None before that is known."""
        done = self.lived_through
        took = self.heartbeat_at - self.began_at
        if not done or took < self.FIRST_GUESS:
            return None
        left = took * ((self.target - self.started_from - done) / done)
        return max(left - (real - self.heartbeat_at), timedelta(0))
