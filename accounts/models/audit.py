"""Who did what, when and from where (append-only by trigger), and what people are told."""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from bizcenter.lib.ids import IdField

from .business import BusinessCenter
from .log_words import EMPTY, name_in_words, value_in_words
from .vocabulary import Topic


class ActivityEntry(models.Model):
    """One change, or a refused try. `reference` is opaque here: "campaign:7…", "invoice:7…"."""

    class Result(models.TextChoices):
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="+")
    ad_account_id = models.BigIntegerField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=150, help_text="Name at that time; or the system.")
    at = models.DateTimeField(help_text="Practice time.")
    recorded_at = models.DateTimeField(auto_now_add=True, help_text="Real time.")
    action = models.CharField(max_length=60, help_text='Verb of the service: "stop_campaign".')
    summary = models.CharField(max_length=300)
    reference = models.CharField(max_length=60, db_index=True)
    label = models.CharField(max_length=600)
    subject_id = models.BigIntegerField(
        null=True, db_index=True, help_text="The person it is about, where it is about one."
    )
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.DONE)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            BrinIndex(fields=["at"], name="activity_at"),
            models.Index(fields=["business_center", "-id"], name="activity_of_business"),
            models.Index(fields=["business_center", "at"], name="activity_of_business_at"),
            models.Index(fields=["ad_account_id", "-id"], name="activity_of_ad_account"),
        ]

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """(name, before, after) of every value the entry tells of; what was and is empty is left
        out."""
        names = dict.fromkeys([*self.before, *self.after])
        rows = [(name, self.before.get(name), self.after.get(name)) for name in names]
        return [row for row in rows if any(value not in EMPTY for value in row[1:])]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """The changes in words; no word of before where there was nothing before, or the same."""
        return [
            (
                name_in_words(name),
                value_in_words(name, before) if self.before and before != after else "",
                value_in_words(name, after),
            )
            for name, before, after in self.changes
        ]


class Notification(models.Model):
    """One message to one person; `key` makes sending it twice a no-op."""

    class Mail(models.TextChoices):
        NONE = "none", "No e-mail"
        AT_ONCE = "at_once", "At once"
        DIGEST = "digest", "With the next digest"
        SENT = "sent", "Sent"

    id = IdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    topic = models.CharField(max_length=40, choices=Topic.choices)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(help_text="Practice time.")
    read_at = models.DateTimeField(null=True)
    in_app = models.BooleanField(default=True, help_text="Whether the bell's list shows it.")
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True, in_app=True),
                name="unread_of_user",
            ),
            models.Index(
                fields=["user"], condition=models.Q(mail="digest"), name="waiting_for_digest"
            ),
            models.Index(
                fields=["id"], condition=models.Q(mail="at_once"), name="waiting_to_be_mailed"
            ),
        ]


class NotificationPreference(models.Model):
    """How one person wants to hear of one topic; without a row it is both ways."""

    id = IdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    topic = models.CharField(max_length=40, choices=Topic.choices)
    in_app = models.BooleanField(default=True)
    email = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_wish_a_topic")]
