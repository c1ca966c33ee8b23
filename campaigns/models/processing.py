"""Faults that make processing slow, as a trainer arms them."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from adaccounts.models import AdAccount

from .vocabulary import ProcessingDelay


class ProcessingFault(models.Model):
    """While it is armed, stops, switches and deletions take effect `delay` later than usual.

    One of an ad account goes before the one of all. What was requested under it keeps its delay
    until the fault is lifted.
    """

    ad_account = models.ForeignKey(
        AdAccount, models.CASCADE, null=True, related_name="+", help_text="None: of all."
    )
    delay_minutes = models.PositiveSmallIntegerField(choices=ProcessingDelay.choices)
    armed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    armed_at = models.DateTimeField(help_text="Practice time.")
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, help_text="Practice time.")

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ad_account"],
                condition=models.Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="one_fault_at_a_time",
            ),
            models.CheckConstraint(condition=models.Q(delay_minutes__gt=0), name="fault_delays"),
        ]

    def __str__(self) -> str:
        return f"{self.ad_account or 'All ad accounts'}: {self.get_delay_minutes_display()}"

    @property
    def delay(self) -> timedelta:
        return timedelta(minutes=self.delay_minutes)
