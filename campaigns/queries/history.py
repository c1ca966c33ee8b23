"""What was done to campaigns, ad groups and ads: their part of the activity log."""

from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import ActivityEntry


def history_of(references: Sequence[str]) -> QuerySet[ActivityEntry]:
    """Entries about these objects ("campaign:7…"), newest first."""
    return ActivityEntry.objects.filter(reference__in=references).order_by("-at", "-id")
