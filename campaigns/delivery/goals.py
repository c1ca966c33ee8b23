"""What objectives and optimisation goals mean for rates and prices: practice constants.

Sources and grades in docs/delivery.md.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

CTR = 0.0084  # clicks per impression, all objectives
CTR_SPREAD = 0.35  # log, from creative to creative
CVR_SPREAD = 0.30
HOOK = 0.33  # share still watching at 2 s
HOOK_SPREAD = 0.07
PLAYED = 0.97  # impressions on which the video starts
RETENTION_SHAPE = 0.75  # Weibull, see docs
ENGAGEMENT = (0.03, 0.0012, 0.0016, 0.0010)  # likes, comments, shares, follows per engaged view
ENGAGEMENT_SPREAD = 0.40
PROFILE_VISITS = 0.0012
PRICE_SPREAD = 0.08  # quality of a creative in the auction
IMAGE_CTR = 0.9  # clicks on an image against a video


class Result(Enum):
    """What a goal counts as one result."""

    IMPRESSION = auto()
    CLICK = auto()
    VIEW_2S = auto()
    VIEW_6S = auto()
    CONVERSION = auto()
    FOLLOW = auto()
    PROFILE_VISIT = auto()


class Objective(NamedTuple):
    """`ctr` relative to CTR; `cvr` per click once learned; `value` of a conversion in USD."""

    ctr: float
    cvr: float
    value: float
    tracked: bool  # conversions are measured unless the group says otherwise


OBJECTIVES = {
    "REACH": Objective(0.90, 0.004, 0.0, False),
    "TRAFFIC": Objective(1.10, 0.008, 0.0, False),
    "VIDEO_VIEWS": Objective(0.80, 0.004, 0.0, False),
    "ENGAGEMENT": Objective(0.85, 0.004, 0.0, False),
    "APP_PROMOTION": Objective(1.05, 0.060, 0.0, True),
    "LEAD_GENERATION": Objective(0.95, 0.045, 0.0, True),
    "WEB_CONVERSIONS": Objective(1.00, 0.022, 62.0, True),
    "PRODUCT_SALES": Objective(1.05, 0.026, 52.0, True),
}


class Goal(NamedTuple):
    """What delivery towards a goal does to rates and price, relative to any impression."""

    result: Result
    ctr: float = 1.0
    cvr: float = 1.0
    hook: float = 1.0
    engagement: float = 1.0
    price: float = 1.0
    value: float = 1.0


GOALS = {
    "REACH": Goal(Result.IMPRESSION, ctr=0.80, cvr=0.80, price=0.80),
    "SHOW": Goal(Result.IMPRESSION, ctr=0.85, cvr=0.80, price=0.78),
    "CLICK": Goal(Result.CLICK, ctr=1.10, cvr=0.90),
    "TRAFFIC_LANDING_PAGE_VIEW": Goal(Result.CLICK, ctr=1.05, cvr=1.05, price=1.05),
    "VIDEO_VIEW": Goal(Result.VIEW_2S, ctr=0.80, cvr=0.80, hook=1.15, price=0.88),
    "ENGAGED_VIEW": Goal(Result.VIEW_6S, ctr=0.80, cvr=0.80, hook=1.20, price=0.95),
    "CONVERT": Goal(Result.CONVERSION, cvr=1.30, price=1.12),
    "LEAD_GENERATION": Goal(Result.CONVERSION, cvr=1.30, price=1.12),
    "INSTALL": Goal(Result.CONVERSION, ctr=1.05, cvr=1.25, price=1.08),
    "VALUE": Goal(Result.CONVERSION, cvr=1.15, price=1.20, value=1.30),
    "FOLLOWERS": Goal(Result.FOLLOW, ctr=0.80, engagement=2.0, price=0.95),
    "PROFILE_VIEWS": Goal(Result.PROFILE_VISIT, ctr=0.85, engagement=1.3, price=0.95),
}

# Only oCPM looks for people likely to give the chosen result; the others look for what they bill.
SOUGHT_BY_BILLING = {"CPC": "CLICK", "CPM": "SHOW"}


def sought(billing_event: str, optimization_goal: str) -> str:
    """The goal delivery really works towards."""
    if billing_event == "OCPM":
        return optimization_goal
    if billing_event == "CPV":
        return "VIDEO_VIEW" if optimization_goal == "VIDEO_VIEW" else "ENGAGED_VIEW"
    return "REACH" if optimization_goal == "REACH" else SOUGHT_BY_BILLING[billing_event]
