"""Mail that the practice environment keeps instead of sending it, and the scenes that were set."""

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


class Scene(models.Model):
    """Data made for practice; one that was begun and not finished is made anew from nothing."""

    key = models.CharField(max_length=40, primary_key=True)
    started_at = models.DateTimeField(help_text="Real time.")
    finished_at = models.DateTimeField(null=True, help_text="Real time.")
