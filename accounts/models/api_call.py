"""What a client asked to be done once: the `request_id` it sent along."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from bizcenter.lib.ids import IdField


class ApiCall(models.Model):
    """One call that changed something; the same request_id is never carried out again."""

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    operation = models.CharField(max_length=60, help_text='"campaign/create"')
    request_id = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True, help_text="Real time.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "operation", "request_id"], name="api_call_once"
            )
        ]
