"""Who did what, when and from where (append-only by trigger), and what people are told."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from bizcenter.lib.ids import IdField

from .business import BusinessCenter


class ActivityEntry(models.Model):
    """One change. `reference` is opaque here: "campaign:7…", "ad_account:7…", "invoice:7…"."""

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="+")
    ad_account_id = models.BigIntegerField(null=True, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=150, help_text="Name at that time; or the system.")
    at = models.DateTimeField(help_text="Practice time.")
    recorded_at = models.DateTimeField(auto_now_add=True, help_text="Real time.")
    action = models.CharField(max_length=60, help_text='Verb of the service: "stop_campaign".')
    summary = models.CharField(max_length=300)
    reference = models.CharField(max_length=60, db_index=True)
    label = models.CharField(max_length=600)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = [BrinIndex(fields=["at"], name="activity_at")]

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """(name, before, after) of every value the entry tells of."""
        names = dict.fromkeys([*self.before, *self.after])
        return [(name, self.before.get(name), self.after.get(name)) for name in names]


class Notification(models.Model):
    """One message to one person; `key` makes sending it twice a no-op."""

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    topic = models.CharField(max_length=40)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(help_text="Practice time.")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True), name="unread_of_user"
            )
        ]
