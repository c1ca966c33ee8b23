"""When a change of status takes effect, and the faults by which a trainer makes that slow.

A request is processed for up to a minute, and never reaches into an hour that is delivered. Locks
are taken in the order fault, delivery cursor, campaign, ad group, ad.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from ..models import DeliveryCursor, ProcessingFault, SwitchEvent


class Effect(NamedTuple):
    """When a request takes effect, and the fault that holds it up."""

    at: datetime
    fault: ProcessingFault | None


def effect_of(*, ad_account_id: int, at: datetime) -> Effect:
    """The earliest effect of a request made at `at`: then, or the end of the last delivered hour
    where that is later (what is final stays), and later by the delay of an armed fault.

    Holds the account's delivery until the transaction ends. Comes before any lock on a node.
    """
    fault = _armed(ad_account_id)
    earliest = not_before(hold_delivery(ad_account_id), at)
    return Effect(earliest + (fault.delay if fault else timedelta(0)), fault)


def hold_delivery(ad_account_id: int) -> datetime | None:
    """The end of what is delivered, which stays there until the transaction ends."""
    cursors = DeliveryCursor.objects.select_for_update(no_key=True)
    return cursors.filter(pk=ad_account_id).values_list("next_slot", flat=True).first()


def not_before(next_slot: datetime | None, at: datetime) -> datetime:
    return at if next_slot is None else max(at, next_slot)


def after_pending(*, node_id: int, ad_account_id: int, at: datetime) -> datetime:
    """`at`, or the effect of the node's latest switch where that is later: it comes after it."""
    events = SwitchEvent.objects.filter(ad_account=ad_account_id, effective_at__gt=at)
    latest = events.filter(node_id=node_id).order_by("-effective_at").first()
    return at if latest is None else latest.effective_at


def _armed(ad_account_id: int) -> ProcessingFault | None:
    """The account's own fault, or that of all; nobody lifts it until the transaction ends."""
    either = Q(ad_account=ad_account_id) | Q(ad_account=None)
    faults = ProcessingFault.objects.filter(either, lifted_at=None).order_by("ad_account")
    # Not `first`: where one of the two has just been lifted, the other is what is left.
    return next(iter(faults.select_for_update(no_key=True)), None)
