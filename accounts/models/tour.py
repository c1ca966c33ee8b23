"""Which tours of the product a person has seen, so that none is offered twice."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField


class SeenTour(models.Model):
    """Ended or declined; it makes no difference."""

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seen_tours")
    tour = models.CharField(max_length=20, help_text="A key of accounts.web.tours.")
    seen_at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "tour"], name="a_tour_is_seen_once")
        ]
