"""Recreating a campaign with its ad groups and ads."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User

from ..models import Ad, AdGroup, Campaign, OperationStatus, ScheduleType
from . import audit
from .ad_groups import create_ad_group
from .ads import create_ad
from .campaigns import create_campaign
from .errors import NodeDeleted
from .inputs import AdGroupInput, AdInput, CampaignInput
from .rules.texts import NAME_WIDTH, width


@transaction.atomic
def duplicate_campaign(
    *, campaign: Campaign, actor: User | None, at: datetime, name: str | None = None
) -> Campaign:
    """A copy with all ad groups and ads exists, switched off as a whole, its ads in review.

    Schedules that began are moved to begin now and last as long. Raises NodeDeleted, InvalidInput.
    """
    source = Campaign.objects.select_related("ad_account__business_center").get(pk=campaign.pk)
    if source.is_deleted:
        raise NodeDeleted(f"Campaign {source.name} is deleted; deleting is final.")
    copy = create_campaign(
        ad_account=source.ad_account,
        data=CampaignInput(
            **_values(source, CampaignInput)
            | {
                "name": name or copy_name(source.name),
                "operation_status": OperationStatus.DISABLE,
                "extra": source.extra,
            }
        ),
        actor=actor,
        at=at,
    )
    for group in source.ad_groups.not_deleted().order_by("pk"):
        new_group = create_ad_group(
            campaign=copy, data=_moved(_input(group), at=at), actor=actor, at=at
        )
        for ad in group.ads.not_deleted().select_related("creative").order_by("pk"):
            create_ad(ad_group=new_group, data=AdInput(**_values(ad, AdInput)), actor=actor, at=at)
    audit.record(
        node=copy, actor=actor, at=at, verb="duplicate",
        summary=f"Duplicated from {source.name}"[:300], after={"source": str(source.pk)},
    )  # fmt: skip
    return copy


def copy_name(name: str) -> str:
    """The name with " (copy)", shortened where it would be too long."""
    suffix = " (copy)"
    while width(name + suffix) > NAME_WIDTH:
        name = name[:-1]
    return name + suffix


def _values(source: Campaign | AdGroup | Ad, shape: type) -> dict[str, Any]:
    return {field.name: getattr(source, field.name) for field in fields(shape)}


def _input(group: AdGroup) -> AdGroupInput:
    return AdGroupInput(**_values(group, AdGroupInput))


def _moved(data: AdGroupInput, *, at: datetime) -> AdGroupInput:
    """The schedule from now on where it lies in the past, as many days long as it was."""
    assert data.start_at is not None
    if data.schedule_type == ScheduleType.FROM_NOW or data.end_at is None or data.start_at >= at:
        return data
    return replace(data, start_at=at, end_at=at + (data.end_at - data.start_at))
