"""Mail that the practice environment keeps instead of sending it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from bizcenter.lib.ids import IdField


class PracticeMessage(models.Model):
    """One e-mail as the recipient would have received it."""

    id = IdField()
    recipients = ArrayField(models.EmailField())
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    at = models.DateTimeField(help_text="Practice time.")

    class Meta:
        ordering = ("-id",)
