"""What the doors hand to the services: one frozen record per level.

Money in minor units, bids in micros, times aware. Field names are those of the models, and a
DomainError names its field by them, so a form and the API can point at the same place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assets.models import Creative

from ..models import (
    AdFormat,
    BidType,
    BudgetMode,
    CallToAction,
    Gender,
    OperationStatus,
    Pacing,
    ScheduleType,
)


@dataclass(frozen=True, kw_only=True)
class CampaignInput:
    name: str
    objective: str
    budget_mode: str = BudgetMode.INFINITE
    budget: int | None = None
    is_budget_optimized: bool = False
    po_number: str = ""
    operation_status: str = OperationStatus.ENABLE
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AdGroupInput:
    """`billing_event` left empty follows the goal; `start_at` left empty is now."""

    name: str
    countries: tuple[str, ...]
    optimization_goal: str
    billing_event: str = ""
    age_groups: tuple[str, ...] = ()
    gender: str = Gender.ANY
    languages: tuple[str, ...] = ()
    operating_systems: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    behaviours: tuple[str, ...] = ()
    click_window_days: int = 7
    view_window_days: int = 1
    frequency_cap: int | None = None
    frequency_days: int | None = None
    budget_mode: str = BudgetMode.DAY
    budget: int | None = None
    schedule_type: str = ScheduleType.FROM_NOW
    start_at: datetime | None = None
    end_at: datetime | None = None
    dayparting: str = ""
    pacing: str = Pacing.SMOOTH
    bid_type: str = BidType.NO_BID
    bid_micros: int | None = None
    operation_status: str = OperationStatus.ENABLE
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AdInput:
    name: str
    creative: Creative
    display_name: str
    text: str
    ad_format: str = AdFormat.VIDEO
    call_to_action: str = CallToAction.LEARN_MORE
    landing_page_url: str = ""
    operation_status: str = OperationStatus.ENABLE
    extra: Mapping[str, Any] = field(default_factory=dict)
