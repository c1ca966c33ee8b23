"""Bringing an account's delivery up to a moment, hour by hour."""

from datetime import datetime, timedelta
from time import monotonic

from ..delivery.tick import deliver_slot
from ..models import DeliveryCursor
from .settling import settle_due

HOUR = timedelta(hours=1)


def deliver_until(*, ad_account_id: int, until: datetime, time_limit: float | None = None) -> int:
    """Every hour of the account that is over by `until` is delivered; how many were.

    Reviews and stops due by then are settled first: they take effect at their own times. After
    `time_limit` seconds it returns early; calling again goes on.
    """
    settle_due(ad_account_id=ad_account_id, until=until)
    began, delivered = monotonic(), 0
    slot = _next_slot(ad_account_id)
    while slot is not None and slot + HOUR <= until:
        if deliver_slot(ad_account_id=ad_account_id, slot=slot):
            delivered += 1
            slot += HOUR
        else:
            slot = _next_slot(ad_account_id)
        if time_limit is not None and monotonic() - began > time_limit:
            break
    return delivered


def _next_slot(ad_account_id: int) -> datetime | None:
    cursors = DeliveryCursor.objects.filter(pk=ad_account_id)
    return cursors.values_list("next_slot", flat=True).first()


def accounts_behind(*, until: datetime) -> list[int]:
    """Ad accounts with an hour that is over and not delivered, the longest waiting first."""
    due = DeliveryCursor.objects.filter(next_slot__lte=until - HOUR)
    return list(due.order_by("next_slot", "pk").values_list("pk", flat=True))
