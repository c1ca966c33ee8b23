"""Which goals suit an objective, how each goal is billed, and what an ad of it needs.

One table for forms (what to offer and to grey out), the API and the services' checks.
"""

from ..models import AdFormat, BillingEvent, Objective, OptimizationGoal

GOALS: dict[str, tuple[OptimizationGoal, ...]] = {
    Objective.REACH: (OptimizationGoal.REACH, OptimizationGoal.SHOW),
    Objective.TRAFFIC: (OptimizationGoal.CLICK, OptimizationGoal.TRAFFIC_LANDING_PAGE_VIEW),
    Objective.VIDEO_VIEWS: (OptimizationGoal.ENGAGED_VIEW, OptimizationGoal.VIDEO_VIEW),
    Objective.ENGAGEMENT: (OptimizationGoal.FOLLOWERS, OptimizationGoal.PROFILE_VIEWS),
    Objective.APP_PROMOTION: (OptimizationGoal.INSTALL, OptimizationGoal.CLICK),
    Objective.LEAD_GENERATION: (OptimizationGoal.LEAD_GENERATION, OptimizationGoal.CLICK),
    Objective.WEB_CONVERSIONS: (
        OptimizationGoal.CONVERT,
        OptimizationGoal.VALUE,
        OptimizationGoal.CLICK,
    ),
    Objective.PRODUCT_SALES: (
        OptimizationGoal.CONVERT,
        OptimizationGoal.VALUE,
        OptimizationGoal.CLICK,
    ),
}
_BILLED_OTHERWISE = {
    OptimizationGoal.CLICK: BillingEvent.CPC,
    OptimizationGoal.REACH: BillingEvent.CPM,
    OptimizationGoal.SHOW: BillingEvent.CPM,
    OptimizationGoal.VIDEO_VIEW: BillingEvent.CPV,
    OptimizationGoal.ENGAGED_VIEW: BillingEvent.CPV,
}
BILLING: dict[str, BillingEvent] = {
    goal: _BILLED_OTHERWISE.get(goal, BillingEvent.OCPM) for goal in OptimizationGoal
}
NEEDS_LANDING_PAGE = frozenset(
    {Objective.TRAFFIC, Objective.WEB_CONVERSIONS, Objective.PRODUCT_SALES}
)


def goals_for(objective: str) -> tuple[OptimizationGoal, ...]:
    """Goals that suit the objective, the usual one first."""
    return GOALS[objective]


def billing_for(goal: str) -> BillingEvent:
    return BILLING[goal]


def billing_events_for(objective: str) -> frozenset[BillingEvent]:
    """Bidding strategies that suit the objective; the others are greyed out."""
    return frozenset(BILLING[goal] for goal in GOALS[objective])


def needs_landing_page(objective: str) -> bool:
    return objective in NEEDS_LANDING_PAGE


def suits_format(goal: str, ad_format: str) -> bool:
    """Views can only be counted on a video."""
    return ad_format == AdFormat.VIDEO or BILLING[goal] != BillingEvent.CPV
