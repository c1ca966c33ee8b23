"""The ad: a creative with its words and link, and the review it goes through."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from adaccounts.models import AdAccount
from assets.models import Creative
from bizcenter.lib.ids import IdField

from .ad_group import AdGroup
from .base import Node
from .campaign import Campaign
from .vocabulary import AdFormat, CallToAction, ReviewState


class Ad(Node):
    """`ordinal` counts the ads of an account; the engine draws an ad's chance from it."""

    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="ads")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="ads")
    ad_group = models.ForeignKey(AdGroup, models.PROTECT, related_name="ads")
    ordinal = models.PositiveIntegerField()
    creative_revision = models.PositiveIntegerField(
        default=0, help_text="How often the creative was replaced: each is fresh at first."
    )
    ad_format = models.CharField(max_length=12, choices=AdFormat.choices)
    creative = models.ForeignKey(Creative, models.PROTECT, related_name="ads")
    display_name = models.CharField(max_length=40)
    text = models.CharField(max_length=100)
    call_to_action = models.CharField(
        max_length=20, choices=CallToAction.choices, default=CallToAction.LEARN_MORE
    )
    landing_page_url = models.URLField(max_length=2000, blank=True)
    review_state = models.CharField(
        max_length=8, choices=ReviewState.choices, default=ReviewState.PENDING
    )
    approved_at = models.DateTimeField(
        null=True, blank=True, help_text="First approval of what is running; delivery starts here."
    )
    rejected_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when a rejected edit keeps a running ad back."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ad_account", "ordinal"], name="ad_ordinal_once"),
            models.CheckConstraint(
                condition=~models.Q(review_state=ReviewState.APPROVED)
                | models.Q(approved_at__isnull=False),
                name="approved_ad_has_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ad_account", "-id"], name="ads_of_account")]

    @property
    def is_runnable(self) -> bool:
        """Approved, or approved earlier and edited since."""
        return self.approved_at is not None and self.rejected_at is None


class AdReview(models.Model):
    """One attempt at review; rejected ones say which rule, field and words."""

    id = IdField()
    ad = models.ForeignKey(Ad, models.CASCADE, related_name="reviews")
    attempt = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When the decision falls; drawn from the seed.")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=8, choices=ReviewState.choices, default=ReviewState.PENDING
    )
    rule = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40, blank=True)
    words = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    explanation = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-attempt",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ad", "attempt"], name="review_attempt_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=models.Q(outcome="pending"), name="reviews_to_decide"
            )
        ]
