"""Campaign > ad group > ad, their review and stopping, and what delivery wrote."""

from .ad import Ad, AdReview
from .ad_group import AdGroup
from .base import SwitchEvent
from .campaign import Campaign, StopRequest
from .delivery import (
    DayBreakdown,
    DayFact,
    DeliveryCursor,
    DeliveryShard,
    HourFact,
    HourLog,
    LateConversion,
)
from .processing import ProcessingFault
from .vocabulary import (
    AdFormat,
    AgeGroup,
    BidType,
    BillingEvent,
    BudgetMode,
    CallToAction,
    Gender,
    Objective,
    OperationStatus,
    OptimizationGoal,
    Pacing,
    ProcessingDelay,
    ReviewState,
    ScheduleType,
    StopKind,
    StopReason,
    StopState,
)

__all__ = [
    "Ad",
    "AdFormat",
    "AdGroup",
    "AdReview",
    "AgeGroup",
    "BidType",
    "BillingEvent",
    "BudgetMode",
    "CallToAction",
    "Campaign",
    "DayBreakdown",
    "DayFact",
    "DeliveryCursor",
    "DeliveryShard",
    "Gender",
    "HourFact",
    "HourLog",
    "LateConversion",
    "Objective",
    "OperationStatus",
    "OptimizationGoal",
    "Pacing",
    "ProcessingDelay",
    "ProcessingFault",
    "ReviewState",
    "ScheduleType",
    "StopKind",
    "StopReason",
    "StopRequest",
    "StopState",
    "SwitchEvent",
]
