"""What holds up processing at present, and how much waits because of it."""

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import ProcessingFault, StopRequest, StopState


def armed_faults() -> QuerySet[ProcessingFault]:
    """Not lifted, that of all ad accounts first, each with its `ad_account`, who armed it and, as
    `stops_waiting`, the stops that it delays and that are not finished."""
    waiting = StopRequest.objects.filter(
        delayed_by=OuterRef("pk"), state__in=[StopState.REQUESTED, StopState.PROCESSING]
    )
    number = waiting.order_by().values("delayed_by").annotate(number=Count("pk")).values("number")
    return (
        ProcessingFault.objects.filter(lifted_at=None)
        .select_related("ad_account", "armed_by")
        .annotate(stops_waiting=Coalesce(Subquery(number), 0))
        .order_by(F("ad_account__name").asc(nulls_first=True), "pk")
    )
