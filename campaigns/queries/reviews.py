"""How ads stand in review."""

from django.db.models import QuerySet

from ..models import AdReview, Campaign, OperationStatus

MOST = 100


def latest_reviews(campaign: Campaign) -> QuerySet[AdReview]:
    """The last attempt of each ad of the campaign that is not deleted."""
    return (
        AdReview.objects.filter(ad__campaign=campaign)
        .exclude(ad__operation_status=OperationStatus.DELETE)
        .select_related("ad", "ad__ad_group")
        .order_by("ad_id", "-attempt")
        .distinct("ad_id")[:MOST]
    )
