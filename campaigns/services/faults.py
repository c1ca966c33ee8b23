"""What a trainer does to processing: hold it up, and let it go again."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import BusinessCenter, User
from accounts.services import activity_entry, record_activities
from adaccounts.models import AdAccount

from ..models import Campaign, ProcessingDelay, ProcessingFault, StopRequest, SwitchEvent
from . import processing
from .errors import AlreadyDelayed, InvalidInput
from .switching import OPEN_STOPS


@transaction.atomic
def delay_processing(
    *, ad_account: AdAccount | None, minutes: int, actor: User | None, at: datetime
) -> ProcessingFault:
    """Stops, switches and deletions that are requested from now on in the ad account (in all of
    them without one) take that much longer, until `lift_delay`. The log knows.

    What was requested before goes on as it was. The same delay again is the fault that is armed.
    Raises AlreadyDelayed where another one is, InvalidInput for other minutes than ProcessingDelay.
    """
    if minutes not in ProcessingDelay.values:
        raise InvalidInput("Choose one of the delays of the list.", field="minutes")
    fault, is_new = ProcessingFault.objects.get_or_create(
        ad_account=ad_account,
        lifted_at=None,
        defaults={"delay_minutes": minutes, "armed_by": actor, "armed_at": at},
    )
    if is_new:
        _record(fault, "delay_processing", _DELAYED, actor, at)
    elif fault.delay_minutes != minutes:
        raise AlreadyDelayed(
            f"Processing is already delayed by {fault.get_delay_minutes_display()}. "
            "Lift that delay first."
        )
    return fault


@transaction.atomic
def lift_delay(*, fault: ProcessingFault, actor: User | None, at: datetime) -> int:
    """Nothing is delayed by the fault any more: what waits takes effect now, or when it would have
    without the fault where that is later, and never in an hour that is delivered.

    Returns how many effects came forward; doing it again returns 0. The log knows.
    """
    row = ProcessingFault.objects.select_for_update(no_key=True).get(pk=fault.pk)
    if row.lifted_at is not None:
        return 0
    row.lifted_at, row.lifted_by = at, actor
    row.save(update_fields=["lifted_at", "lifted_by"])
    accounts = set(_waiting(row).values_list("ad_account", flat=True))
    accounts |= set(_stopping(row).values_list("campaign__ad_account", flat=True))
    freed = sum(_free(row, account, at) for account in sorted(accounts))
    _record(row, "lift_delay", _LIFTED, actor, at)
    return freed


def _free(fault: ProcessingFault, ad_account_id: int, at: datetime) -> int:
    """The account's own part, with its delivery held."""
    earliest = processing.not_before(processing.hold_delivery(ad_account_id), at)
    waiting = _waiting(fault).filter(ad_account=ad_account_id, effective_at__gt=earliest)
    nodes = set(waiting.values_list("node_id", flat=True))
    freed = _free_switches(fault, ad_account_id, nodes, earliest)
    stops = _stopping(fault).filter(campaign__ad_account=ad_account_id, effective_at__gt=earliest)
    of = list(stops.order_by("campaign").values_list("campaign", flat=True))
    list(Campaign.objects.select_for_update(no_key=True).filter(pk__in=of).order_by("pk"))
    for stop in stops:
        moment = processing.after_pending(
            node_id=stop.campaign_id,
            ad_account_id=ad_account_id,
            at=max(earliest, stop.effective_at - fault.delay),
        )
        freed += _bring_forward(stop, moment)
    return freed


def _free_switches(
    fault: ProcessingFault, ad_account_id: int, nodes: set[int], earliest: datetime
) -> int:
    """In each node's own order, of which an earlier switch may belong to another fault."""
    events = SwitchEvent.objects.filter(
        ad_account=ad_account_id, node_id__in=nodes, effective_at__gt=earliest
    )
    freed = 0
    latest: defaultdict[int, datetime] = defaultdict(lambda: earliest)
    for event in events.order_by("effective_at", "pk"):
        if event.delayed_by_id == fault.pk:
            moment = max(latest[event.node_id], event.effective_at - fault.delay)
            freed += _bring_forward(event, moment)
        latest[event.node_id] = event.effective_at
    return freed


def _bring_forward(row: SwitchEvent | StopRequest, moment: datetime) -> bool:
    if moment >= row.effective_at:
        return False
    row.effective_at = moment
    row.save(update_fields=["effective_at"])
    return True


def _waiting(fault: ProcessingFault) -> QuerySet[SwitchEvent]:
    return SwitchEvent.objects.filter(delayed_by=fault)


def _stopping(fault: ProcessingFault) -> QuerySet[StopRequest]:
    return StopRequest.objects.filter(delayed_by=fault, state__in=OPEN_STOPS)


_DELAYED = "Processing of status changes is delayed by {delay} in {where}"
_LIFTED = "Processing of status changes is no longer delayed by {delay} in {where}"


def _record(
    fault: ProcessingFault, action: str, text: str, actor: User | None, at: datetime
) -> None:
    """An entry in the log of the ad account's owner; of everybody when it is about all."""
    account = fault.ad_account
    where = account.name if account else "all ad accounts"
    centers = (
        [account.business_center_id]
        if account
        else BusinessCenter.objects.order_by("pk").values_list("pk", flat=True)
    )
    record_activities(
        activity_entry(
            business_center_id=center,
            ad_account_id=account.pk if account else None,
            actor=actor,
            at=at,
            action=action,
            summary=text.format(delay=fault.get_delay_minutes_display(), where=where),
            reference=f"ad_account:{account.pk}" if account else f"business_center:{center}",
            label=where,
            before={},
            after={"delay": str(fault.delay)},
        )
        for center in centers
    )
