"""The practice clock: one row that says what time it is in the practice world, and its jumps."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

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
    """A move of the clock to `target`; every hour of delivery on the way is worked through."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    id = IdField()
    started_from = models.DateTimeField()
    target = models.DateTimeField()
    reached = models.DateTimeField()
    resume_rate = models.PositiveIntegerField(choices=PracticeClock.RATES)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    heartbeat_at = models.DateTimeField(help_text="Real time of the last step.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_jump_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(target__gt=models.F("started_from")), name="jump_goes_forward"
            ),
        ]

    @property
    def percent(self) -> int:
        """How far the jump has come, 0 to 100."""
        whole = self.target - self.started_from
        return int(100 * (self.reached - self.started_from) / whole)
