"""Stopping a campaign: requested, processing, then deactivated or paused at the effective moment.

Until `effective_at` the campaign keeps delivering and spending, as on the live platform.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from bizcenter.lib import jobs, money

from ..models import (
    Campaign,
    OperationStatus,
    StopKind,
    StopReason,
    StopRequest,
    StopState,
)
from ..queries.spend import lifetime_spend
from ..queries.totals import data_as_of
from . import audit, editing, processing
from .chance import stop_lag
from .errors import InvalidInput, NothingToStop
from .managers import notify_managers
from .switching import OPEN_STOPS, turn

_ENDS = {
    StopKind.DEACTIVATE: (StopState.DEACTIVATED, "deactivated"),
    StopKind.PAUSE: (StopState.PAUSED, "paused"),
}


@transaction.atomic
def request_stop(
    *,
    campaign: Campaign,
    kind: StopKind,
    reason: StopReason,
    note: str,
    expected_version: int | None,
    actor: User | None,
    at: datetime,
) -> StopRequest:
    """The campaign is being stopped and no longer delivers 20 to 60 practice seconds from now,
    or later by the delay of an armed fault.

    A stop already under way is returned as it is. Raises StaleVersion when the campaign changed
    since it was opened, NothingToStop when it is off, NodeDeleted, InvalidInput.
    """
    _check(kind, reason, note)
    effect = processing.effect_of(ad_account_id=campaign.ad_account_id, at=at)
    row = editing.locked(campaign)
    if under_way := row.stop_requests.filter(state__in=OPEN_STOPS).first():
        return under_way
    row = editing.locked(row, expected_version=expected_version)
    if row.is_deactivated:
        raise NothingToStop(f"{row.name} is already deactivated.")
    if not row.is_on:
        raise NothingToStop(f"{row.name} is already off; nothing is delivering.")
    count = StopRequest.objects.filter(campaign__ad_account=row.ad_account_id).count()
    stop = StopRequest.objects.create(
        campaign=row,
        kind=kind,
        reason=reason,
        note=note.strip(),
        requested_by=actor,
        requested_at=at,
        effective_at=processing.after_pending(
            node_id=row.pk,
            ad_account_id=row.ad_account_id,
            at=effect.at + stop_lag(seed=row.ad_account.seed, count=count),
        ),
        delayed_by=effect.fault,
        spend_at_request=lifetime_spend(row),
    )
    audit.record(
        node=row, actor=actor, at=at, verb="request_stop_of",
        summary=f"Requested to {StopKind(kind).value}: {StopReason(reason).label}",
        after={"note": note.strip(), "effective_at": audit.plain(stop.effective_at)},
    )  # fmt: skip
    jobs.enqueue("campaigns.process_stop", stop_request_id=stop.pk)
    return stop


def _check(kind: str, reason: str, note: str) -> None:
    if kind not in StopKind.values:
        raise InvalidInput("Choose to deactivate or to pause.", field="kind")
    if reason not in StopReason.values:
        raise InvalidInput("Choose a reason.", field="reason")
    if len(note) > 500:
        raise InvalidInput("The note can have at most 500 characters.", field="note")


@transaction.atomic
def process_stop(*, stop_request_id: int, at: datetime) -> StopRequest:
    """The stop is being processed and, from its effective moment on, finished: the campaign is
    off, its managers know. Doing it again changes nothing."""
    stop = StopRequest.objects.get(pk=stop_request_id)
    campaign: Campaign = (
        Campaign.objects.select_related("ad_account__business_center")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=stop.campaign_id)
    )
    stop.refresh_from_db()
    if not stop.is_open:
        return stop
    if stop.state == StopState.REQUESTED:
        stop.state = StopState.PROCESSING
        stop.processing_at = min(max(at, stop.requested_at), stop.effective_at)
    if at >= stop.effective_at:
        _finish(stop, campaign)
    stop.save()
    return stop


def _finish(stop: StopRequest, campaign: Campaign) -> None:
    at = stop.effective_at
    stop.state, ending = _ENDS[StopKind(stop.kind)]
    stop.finished_at = at
    if stop.kind == StopKind.DEACTIVATE:
        campaign.deactivated_at = at
    turn(
        campaign,
        OperationStatus.DISABLE,
        requested_at=stop.requested_at,
        at=at,
        effect=processing.Effect(at, stop.delayed_by),
    )
    audit.record(
        node=campaign,
        actor=stop.requested_by,
        at=at,
        verb="stop",
        summary=f"Campaign {ending}; {_spent_so_far(campaign)}",
        before={"operation_status": "ENABLE"},
        after={"operation_status": "DISABLE", "state": str(stop.state)},
    )
    account = campaign.ad_account
    notify_managers(
        ad_account=account,
        key=f"stop:{stop.pk}",
        topic="stop",
        text=f"Campaign “{campaign.name[:150]}” is {ending} since "
        f"{account.local(at):%d %b %Y %H:%M:%S} account time; {_spent_so_far(campaign)}.",
        at=at,
        url=reverse(
            "campaigns:campaign",
            kwargs={"ad_account_id": account.pk, "campaign_id": campaign.pk},
        ),
    )


def _spent_so_far(campaign: Campaign) -> str:
    """The hour in which the stop fell is counted when it is over."""
    account = campaign.ad_account
    spent = money.format_minor(lifetime_spend(campaign), account.currency)
    until = data_as_of(ad_account=account)
    return f"spent {spent}" + (f" until {account.local(until):%H:%M}" if until else "")
