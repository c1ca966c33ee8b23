"""Ad review: submitted with every new or changed ad, decided by rule when its time has come."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from ..models import Ad, AdReview, ReviewState
from . import audit
from .chance import review_lag
from .managers import notify_managers
from .rules import policy


def submit_review(*, ad: Ad, at: datetime) -> AdReview:
    """The ad awaits a decision; an edit while waiting starts the same attempt's wait anew.

    The caller holds the ad's lock and saves it.
    """
    last = ad.reviews.order_by("-attempt").first()
    attempt = 1 if last is None else last.attempt
    if last is not None and last.outcome != ReviewState.PENDING:
        attempt += 1
    lag = review_lag(seed=ad.ad_account.seed, ordinal=ad.ordinal, attempt=attempt)
    ad.review_state = ReviewState.PENDING
    ad.save(update_fields=["review_state"])
    review, _ = AdReview.objects.update_or_create(
        ad=ad, attempt=attempt, defaults={"submitted_at": at, "due_at": at + lag}
    )
    return review


@transaction.atomic
def decide_review(*, review_id: int, until: datetime) -> bool:
    """The review is decided as of its due time and the account's managers know; False when it was
    already decided or is not due by `until`."""
    ad_id = AdReview.objects.values_list("ad_id", flat=True).get(pk=review_id)
    ads = Ad.objects.select_related("ad_account__business_center")
    ad = ads.select_for_update(of=("self",), no_key=True).get(pk=ad_id)
    review = AdReview.objects.get(pk=review_id)
    finding = policy.first_finding(
        {
            "name": ad.name,
            "display_name": ad.display_name,
            "text": ad.text,
            "landing_page_url": ad.landing_page_url,
        }
    )
    outcome = ReviewState.REJECTED if finding else ReviewState.APPROVED
    won = AdReview.objects.filter(
        pk=review_id, outcome=ReviewState.PENDING, due_at__lte=until
    ).update(
        outcome=outcome,
        decided_at=review.due_at,
        rule=finding.rule if finding else "",
        field=finding.field if finding else "",
        words=list(finding.words) if finding else [],
        explanation=finding.explanation if finding else "",
    )
    if won:
        _take_effect(ad, finding=finding, at=review.due_at)
        _tell(ad, review=review, finding=finding)
    return bool(won)


def _take_effect(ad: Ad, *, finding: policy.Finding | None, at: datetime) -> None:
    if finding:
        ad.review_state = ReviewState.REJECTED
        ad.rejected_at = at
    else:
        if ad.approved_at is None or ad.rejected_at is not None:
            ad.approved_at = at
        ad.review_state = ReviewState.APPROVED
        ad.rejected_at = None
    ad.save(update_fields=["review_state", "approved_at", "rejected_at"])


def _tell(ad: Ad, *, review: AdReview, finding: policy.Finding | None) -> None:
    at = review.due_at
    said = f"Not approved: {finding.explanation}" if finding else "Approved"
    audit.record(node=ad, actor=None, at=at, verb="review", summary=said[:300])
    if ad.is_deleted:
        return
    verdict = "was not approved" if finding else "was approved and can deliver"
    detail = f" {finding.explanation}" if finding else ""
    notify_managers(
        ad_account=ad.ad_account,
        key=f"review:{review.pk}",
        topic="review",
        text=f"Ad “{ad.name[:120]}” {verdict}.{detail}"[:400],
        at=at,
        url=reverse("campaigns:ad", kwargs={"ad_account_id": ad.ad_account_id, "ad_id": ad.pk}),
    )
