"""The on/off switch of ad groups and ads, switching campaigns on again, and deleting.

The status changes at once, delivery when that is processed: each turn leaves a SwitchEvent, so
delivery knows from which moment on. Campaigns are switched off by a stop request (see stopping).
"""

from datetime import datetime

from django.db import transaction

from accounts.models import User

from ..models import (
    Ad,
    AdGroup,
    Campaign,
    OperationStatus,
    StopState,
    SwitchEvent,
)
from . import audit, editing, processing
from .chance import switch_lag
from .errors import CampaignDeactivated, NodeDeleted, SwitchRefused

OPEN_STOPS = (StopState.REQUESTED, StopState.PROCESSING)


def turn(
    node: audit.Node,
    status: str,
    *,
    requested_at: datetime,
    at: datetime,
    effect: processing.Effect,
) -> None:
    """The locked node has the status, changed at `at`; delivery is told from when on where that is
    a change."""
    is_on = status == OperationStatus.ENABLE
    if node.is_on != is_on:
        SwitchEvent.objects.create(
            ad_account_id=node.ad_account_id,
            node_id=node.pk,
            is_on=is_on,
            requested_at=requested_at,
            effective_at=effect.at,
            delayed_by=effect.fault,
        )
    node.operation_status = status
    node.touch(at)
    node.save()


@transaction.atomic
def switch_on(*, node: Campaign | AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The node is on, and may deliver 20 to 60 practice seconds from now (later under an armed
    fault); nothing happens when it was.

    Raises NodeDeleted, CampaignDeactivated, SwitchRefused while the campaign is being stopped.
    """
    earliest = processing.effect_of(ad_account_id=node.ad_account_id, at=at)
    row: audit.Node = editing.locked(node)
    campaign = row if isinstance(row, Campaign) else row.campaign
    _refuse_final(campaign)
    if isinstance(row, Campaign):
        _refuse_open_stop(row)
    if not row.is_on:
        _processed(row, OperationStatus.ENABLE, earliest, at)
        _log(row, actor=actor, at=at, verb="switch_on", summary="Switched on")
    return row


@transaction.atomic
def switch_off(*, node: AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The ad group or ad is off, and delivers for another 20 to 60 practice seconds (longer under
    an armed fault); nothing happens when it was. Raises NodeDeleted."""
    earliest = processing.effect_of(ad_account_id=node.ad_account_id, at=at)
    row: audit.Node = editing.locked(node)
    if row.is_on:
        _processed(row, OperationStatus.DISABLE, earliest, at)
        _log(row, actor=actor, at=at, verb="switch_off", summary="Switched off")
    return row


@transaction.atomic
def delete_node(*, node: Campaign | AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The node is deleted for good and delivers nothing 20 to 60 practice seconds from now (later
    under an armed fault); its reports stay.

    Raises NodeDeleted when it was, SwitchRefused while the campaign is being stopped.
    """
    earliest = processing.effect_of(ad_account_id=node.ad_account_id, at=at)
    row: audit.Node = editing.locked(node)
    if isinstance(row, Campaign):
        _refuse_open_stop(row)
    _processed(row, OperationStatus.DELETE, earliest, at)
    _log(row, actor=actor, at=at, verb="delete", summary="Deleted")
    return row


def _processed(
    row: audit.Node, status: OperationStatus, earliest: processing.Effect, at: datetime
) -> None:
    """The locked row has the status at once, and its delivery when that is processed."""
    count = SwitchEvent.objects.filter(ad_account=row.ad_account_id).count()
    moment = processing.after_pending(
        node_id=row.pk,
        ad_account_id=row.ad_account_id,
        at=earliest.at + switch_lag(seed=row.ad_account.seed, count=count),
    )
    effect = processing.Effect(moment, earliest.fault)
    turn(row, status, requested_at=at, at=at, effect=effect)


def _refuse_final(campaign: Campaign) -> None:
    if campaign.is_deleted:
        raise NodeDeleted(f"Campaign {campaign.name} is deleted; deleting is final.")
    if campaign.is_deactivated:
        raise CampaignDeactivated(
            f"{campaign.name} is deactivated for good. Recreate it to run it again."
        )


def _refuse_open_stop(campaign: Campaign) -> None:
    if campaign.stop_requests.filter(state__in=OPEN_STOPS).exists():
        raise SwitchRefused(f"{campaign.name} is being stopped. Wait until that has finished.")


def _log(row: audit.Node, *, actor: User | None, at: datetime, verb: str, summary: str) -> None:
    status = {"operation_status": str(row.operation_status)}
    audit.record(node=row, actor=actor, at=at, verb=verb, summary=summary, after=status)
