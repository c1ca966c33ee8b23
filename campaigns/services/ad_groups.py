"""Creating and changing ad groups."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User

from ..delivery.market import audience_size
from ..models import AdGroup, Campaign
from ..queries.spend import spend_for_budget
from . import audit, editing
from .errors import CampaignDeactivated, LimitReached
from .inputs import AdGroupInput
from .rules import budgets
from .rules.ad_group import check_ad_group, normal_ad_group
from .rules.significance import LISTS, TARGETING, learns_again

MOST_AD_GROUPS = 999
FIXED = frozenset({"budget_mode", "optimization_goal", "billing_event", "operation_status"})
EDITABLE = frozenset(field.name for field in fields(AdGroupInput)) - FIXED


@transaction.atomic
def create_ad_group(
    *, campaign: Campaign, data: AdGroupInput, actor: User | None, at: datetime
) -> AdGroup:
    """The ad group exists. Budget in minor units, bid in micros.

    Raises InvalidInput, NodeDeleted or CampaignDeactivated for its campaign, LimitReached at 999.
    """
    parent = editing.locked(campaign)
    if parent.is_deactivated:
        raise CampaignDeactivated(f"{parent.name} is deactivated; recreate it to go on.")
    account = parent.ad_account
    data = normal_ad_group(data, campaign=parent, at=at)
    check_ad_group(data, campaign=parent, account=account, at=at)
    if AdGroup.objects.filter(campaign=parent).not_deleted().count() >= MOST_AD_GROUPS:
        raise LimitReached(f"A campaign holds at most {MOST_AD_GROUPS} ad groups.")
    group = AdGroup.objects.create(
        ad_account=account,
        campaign=parent,
        created_at=at,
        modified_at=at,
        audience_size=_audience_size(data),
        **_row_values(data),
    )
    audit.record(
        node=group,
        actor=actor,
        at=at,
        verb="create",
        summary=f"Created ad group in {parent.name}"[:300],
        after=audit.snapshot(group, asdict(data)),
    )
    return group


@transaction.atomic
def update_ad_group(
    *,
    ad_group: AdGroup,
    changes: Mapping[str, Any],
    expected_version: int | None,
    actor: User | None,
    at: datetime,
) -> AdGroup:
    """The ad group carries the changes; a raised budget lets it deliver again today, and after a
    significant change (rules.significance) it learns again. Lists in another order are the same.

    Raises InvalidInput, FieldIsFixed, StaleVersion, NodeDeleted, CampaignDeactivated.
    """
    row = editing.locked(ad_group, expected_version=expected_version, changes=changes)
    wanted = editing.real_changes(row, changes, editable=EDITABLE)
    if not wanted:
        return row
    if row.campaign.is_deactivated:
        raise CampaignDeactivated(f"{row.campaign.name} is deactivated and stays as it was.")
    data = normal_ad_group(
        replace(_as_input(row), **wanted), campaign=row.campaign, at=at, started_at=row.start_at
    )
    found = editing.real_changes(row, _row_values(data), editable=EDITABLE)
    account = row.ad_account
    check_ad_group(data, campaign=row.campaign, account=account, at=at, changed=frozenset(found))
    if "budget" in found and found["budget"] is not None:
        _check_new_budget(row, budget=found["budget"], at=at)
    if TARGETING & found.keys():
        found["audience_size"] = _audience_size(data)
    if learns_again(row, found):
        row.learning_epoch += 1
    editing.apply(row, found, actor=actor, at=at)
    return row


def _check_new_budget(row: AdGroup, *, budget: int, at: datetime) -> None:
    budgets.check_not_below_spend(
        budget=budget,
        spent=spend_for_budget(row, day=row.ad_account.day_of(at)),
        mode=row.budget_mode,
        currency=row.ad_account.currency,
    )
    if budget > (row.budget or 0):
        row.exhausted_on = None


def _row_values(data: AdGroupInput) -> dict[str, Any]:
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    return {**values, **{name: list(values[name]) for name in LISTS}, "extra": dict(data.extra)}


def _as_input(row: AdGroup) -> AdGroupInput:
    return AdGroupInput(**{field.name: getattr(row, field.name) for field in fields(AdGroupInput)})


def _audience_size(data: AdGroupInput) -> int:
    return audience_size(
        data.countries, data.age_groups, [data.gender], data.operating_systems,
        languages=data.languages, interests=data.interests, behaviours=data.behaviours,
    )  # fmt: skip
