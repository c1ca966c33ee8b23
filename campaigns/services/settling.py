"""Everything that falls due by itself: review decisions and stops."""

from datetime import datetime

from django.db.models import Q

from ..models import AdReview, ReviewState, StopRequest, StopState
from .review import decide_review
from .stopping import process_stop
from .switching import OPEN_STOPS


def settle_due(*, ad_account_id: int | None, until: datetime) -> int:
    """Reviews due by `until` are decided and stops effective by then are finished, in the order in
    which they fell due; of one ad account or of all. Returns how many; again returns 0."""
    reviews = AdReview.objects.filter(outcome=ReviewState.PENDING, due_at__lte=until)
    stops = StopRequest.objects.filter(
        Q(effective_at__lte=until) | Q(state=StopState.REQUESTED, requested_at__lt=until),
        state__in=OPEN_STOPS,
    )
    if ad_account_id is not None:
        reviews = reviews.filter(ad__ad_account_id=ad_account_id)
        stops = stops.filter(campaign__ad_account_id=ad_account_id)
    settled = 0
    for review_id in reviews.order_by("due_at", "pk").values_list("pk", flat=True):
        settled += decide_review(review_id=review_id, until=until)
    for stop_id in stops.order_by("effective_at", "pk").values_list("pk", flat=True):
        process_stop(stop_request_id=stop_id, at=until)
        settled += 1
    return settled
