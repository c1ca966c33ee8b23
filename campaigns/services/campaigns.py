"""Creating and changing campaigns."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from adaccounts.models import AdAccount

from ..models import BudgetMode, Campaign, DeliveryCursor, Objective, OperationStatus
from ..queries.spend import spend_for_budget
from . import audit, editing
from .errors import CampaignDeactivated, InvalidInput, LimitReached
from .inputs import CampaignInput
from .rules import budgets, texts
from .rules.significance import learns_again

MOST_CAMPAIGNS = 5000
EDITABLE = frozenset({"name", "budget", "po_number", "extra"})


def check_campaign(data: CampaignInput, *, currency: str) -> None:
    """Raises InvalidInput for the first rule the campaign breaks."""
    texts.check_name(data.name)
    if data.objective not in Objective.values:
        raise InvalidInput("Choose an objective.", field="objective")
    if data.operation_status not in (OperationStatus.ENABLE, OperationStatus.DISABLE):
        raise InvalidInput("A new campaign is on or off.", field="operation_status")
    if len(data.po_number) > 60:
        raise InvalidInput("The PO number can have at most 60 characters.", field="po_number")
    budgets.check_campaign_budget(
        mode=data.budget_mode,
        budget=data.budget,
        is_budget_optimized=data.is_budget_optimized,
        currency=currency,
    )


@transaction.atomic
def create_campaign(
    *, ad_account: AdAccount, data: CampaignInput, actor: User | None, at: datetime
) -> Campaign:
    """The campaign exists and, with the account's first one, its delivery begins with this hour.

    Budget in minor units. Raises InvalidInput, and LimitReached at 5,000 campaigns.
    """
    check_campaign(data, currency=ad_account.currency)
    if Campaign.objects.of(ad_account).not_deleted().count() >= MOST_CAMPAIGNS:
        raise LimitReached(
            f"An ad account holds at most {MOST_CAMPAIGNS:,} campaigns. Delete one first."
        )
    values = {**asdict(data), "name": data.name.strip(), "extra": dict(data.extra)}
    if data.budget_mode == BudgetMode.INFINITE:
        values["budget"] = None
    campaign = Campaign.objects.create(
        ad_account=ad_account, created_at=at, modified_at=at, **values
    )
    DeliveryCursor.objects.get_or_create(
        ad_account=ad_account,
        defaults={"next_slot": ad_account.slot_of(at), "open_day": ad_account.day_of(at)},
    )
    audit.record(
        node=campaign,
        actor=actor,
        at=at,
        verb="create",
        summary=f"Created campaign ({Objective(data.objective).label})",
        after=audit.snapshot(campaign, asdict(data)),
    )
    return campaign


@transaction.atomic
def update_campaign(
    *,
    campaign: Campaign,
    changes: Mapping[str, Any],
    expected_version: int | None,
    actor: User | None,
    at: datetime,
) -> Campaign:
    """The campaign carries the changes; a raised budget lets it deliver again today, and after a
    shared budget moved by more than half its ad groups learn again.

    Raises InvalidInput, FieldIsFixed, StaleVersion, NodeDeleted, CampaignDeactivated.
    """
    row = editing.locked(campaign, expected_version=expected_version, changes=changes)
    found = editing.real_changes(row, changes, editable=EDITABLE)
    if not found:
        return row
    if row.is_deactivated:
        raise CampaignDeactivated(f"{row.name} is deactivated and stays as it was.")
    currency = row.ad_account.currency
    check_campaign(replace(_as_input(row), **found), currency=currency)
    if "budget" in found:
        budgets.check_not_below_spend(
            budget=found["budget"],
            spent=spend_for_budget(row, day=row.ad_account.day_of(at)),
            mode=row.budget_mode,
            currency=currency,
        )
        if found["budget"] > (row.budget or 0):
            row.exhausted_on = None
    if learns_again(row, found):
        row.ad_groups.not_deleted().update(learning_epoch=F("learning_epoch") + 1)
    editing.apply(row, found, actor=actor, at=at)
    return row


def _as_input(row: Campaign) -> CampaignInput:
    return CampaignInput(
        name=row.name,
        objective=row.objective,
        budget_mode=row.budget_mode,
        budget=row.budget,
        is_budget_optimized=row.is_budget_optimized,
        po_number=row.po_number,
        extra=row.extra,
    )
