"""The on/off switch of ad groups and ads, switching campaigns on again, and deleting.

Each turn leaves a SwitchEvent, so delivery knows from which moment on. Campaigns are switched off
by a stop request (see stopping).
"""

from datetime import datetime

from django.db import transaction

from accounts.models import User

from ..models import (
    Ad,
    AdGroup,
    Campaign,
    DeliveryCursor,
    OperationStatus,
    StopState,
    SwitchEvent,
)
from . import audit, editing
from .errors import CampaignDeactivated, NodeDeleted, SwitchRefused

OPEN_STOPS = (StopState.REQUESTED, StopState.PROCESSING)


def effect_time(node: audit.Node, at: datetime) -> datetime:
    """`at`, or the end of the last delivered hour where that is later: what is final stays.

    Holds the account's delivery until the transaction ends. Comes before any lock on the node, in
    the order in which delivery takes them.
    """
    cursors = DeliveryCursor.objects.select_for_update(no_key=True)
    next_slot = cursors.filter(pk=node.ad_account_id).values_list("next_slot", flat=True).first()
    return at if next_slot is None else max(at, next_slot)


def turn(node: audit.Node, status: str, *, requested_at: datetime, at: datetime) -> None:
    """The locked node has the status from `at` on; delivery is told where that is a change."""
    is_on = status == OperationStatus.ENABLE
    if node.is_on != is_on:
        SwitchEvent.objects.create(
            ad_account_id=node.ad_account_id,
            node_id=node.pk,
            is_on=is_on,
            requested_at=requested_at,
            effective_at=at,
        )
    node.operation_status = status
    node.touch(at)
    node.save()


@transaction.atomic
def switch_on(*, node: Campaign | AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The node is on from now; nothing happens when it was.

    Raises NodeDeleted, CampaignDeactivated, SwitchRefused while the campaign is being stopped.
    """
    effective_at = effect_time(node, at)
    row: audit.Node = editing.locked(node)
    campaign = row if isinstance(row, Campaign) else row.campaign
    _refuse_final(campaign)
    if isinstance(row, Campaign):
        _refuse_open_stop(row)
    if not row.is_on:
        turn(row, OperationStatus.ENABLE, requested_at=at, at=effective_at)
        _log(row, actor=actor, at=at, verb="switch_on", summary="Switched on")
    return row


@transaction.atomic
def switch_off(*, node: AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The ad group or ad is off from now; nothing happens when it was. Raises NodeDeleted."""
    effective_at = effect_time(node, at)
    row: audit.Node = editing.locked(node)
    if row.is_on:
        turn(row, OperationStatus.DISABLE, requested_at=at, at=effective_at)
        _log(row, actor=actor, at=at, verb="switch_off", summary="Switched off")
    return row


@transaction.atomic
def delete_node(*, node: Campaign | AdGroup | Ad, actor: User | None, at: datetime) -> audit.Node:
    """The node is deleted for good and delivers nothing from now; its reports stay.

    Raises NodeDeleted when it was, SwitchRefused while the campaign is being stopped.
    """
    effective_at = effect_time(node, at)
    row: audit.Node = editing.locked(node)
    if isinstance(row, Campaign):
        _refuse_open_stop(row)
    turn(row, OperationStatus.DELETE, requested_at=at, at=effective_at)
    _log(row, actor=actor, at=at, verb="delete", summary="Deleted")
    return row


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
