"""What the engine is given and what it answers, as arrays for ONE ad account.

No behaviour and no clock: a Plan changes only when somebody edits something. Money is integer micros
of the account currency unless a name says minor; times are epoch seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery.state import State

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.void]

NO_LIMIT = 2**62  # "no budget here", far above any sum of money, far below overflow
FOREVER = 2**40  # an end that never comes, in epoch seconds


class Billing(IntEnum):
    """The event that is paid for."""

    CPM = 0  # impressions
    OCPM = 1  # impressions, bid on a result
    CPC = 2  # clicks
    CPV_6S = 3  # six-second views
    CPV_2S = 4  # two-second views


class BidControl(IntEnum):
    """How the bid steers: none spends the budget, the others also mind a price."""

    NONE = 0  # maximum delivery
    COST_CAP = 1  # keep the average cost per result around the bid
    BID_CAP = 2  # never pay more than the bid


class Limit(IntEnum):
    """The first thing that held an ad back in the hour ("why?")."""

    NONE = 0
    OFF = 1  # switched off, outside schedule or dayparting for the whole hour
    GROUP_BUDGET = 2
    CAMPAIGN_BUDGET = 3
    BALANCE = 4
    SUPPLY = 5  # everything winnable was bought: audience too small
    BID = 6  # the bid loses most auctions


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything deliverable in one ad account; built by `compiler.compile_plan`.

    Axes: n ads, g groups, c campaigns, k countries. The order of ads, groups and campaigns carries no meaning.
    """

    seed: int
    micros_per_minor: int
    utc_offset_minutes: int

    # per ad [n]
    ordinal: Ints  # the engine's key: unique and stable within the account
    group_ix: Ints
    billing: NDArray[np.int8]
    bid_micros: Ints  # per billed event, CPM per 1000, oCPM per result; 0 with BidControl.NONE
    bid_control: NDArray[np.int8]
    bid_rate: Floats  # expected bid-on events per impression, fresh creative
    price_shift: Floats  # ln(price factor of the buying goal / quality)
    ctr: Floats  # clicks per impression, fresh creative
    cvr: Floats  # conversions per click once learned; 0 = not tracked
    value_micros: Ints  # average value of a conversion
    learns: Bools  # optimised towards conversions: subject to the learning phase
    is_video: Bools
    survival: Floats  # [7, n] share still watching: play, then the six thresholds by watch time
    view_rank: Ints  # [6, n] row of `survival` for 2 s, 6 s, 25, 50, 75, 100 %
    engagement: Floats  # [4, n] likes, comments, shares, follows per engaged view
    profile_rate: Floats  # profile visits per impression
    split_weight: Ints  # share of the group's inventory, relative

    # per group [g]
    group_key: Ints
    campaign_ix: Ints
    group_daily_micros: Ints  # NO_LIMIT when there is none (campaign budget optimisation)
    group_lifetime_micros: Ints
    group_start: Ints
    group_end: Ints  # FOREVER when open
    group_hours: Bools  # [g, 7, 48] dayparting in account-local half hours, Monday first
    group_fast: Bools  # accelerated delivery
    group_worth: Ints  # relative value for campaign budget optimisation
    group_log_cpm: Floats  # ln of the median competing price, micros per 1000, before season and noise
    group_sigma: Floats
    audience: Ints  # [g, k] people after targeting

    # per campaign [c]
    campaign_key: Ints
    campaign_daily_micros: Ints
    campaign_lifetime_micros: Ints
    campaign_cbo: Bools

    countries: tuple[str, ...]  # [k]

    @property
    def size(self) -> int:
        """Number of ads."""
        return len(self.ordinal)


# One row per ad that had an impression. Counts are per hour and already capped; `spend_minor` is the
# increase of floor(lifetime accrued micros / micros per minor unit) and is what is billed.
METRICS = (
    "impressions",
    "clicks",
    "conversions",
    "conversion_value_micros",
    "video_play_actions",
    "video_watched_2s",
    "video_watched_6s",
    "video_views_p25",
    "video_views_p50",
    "video_views_p75",
    "video_views_p100",
    "likes",
    "comments",
    "shares",
    "follows",
    "profile_visits",
    "cost_micros",
    "spend_minor",
)
FACT = np.dtype([("ordinal", np.int64), ("ad_ix", np.int64), *((name, np.int64) for name in METRICS)])


@dataclass(frozen=True, eq=False)
class Outcome:
    """One hour of one account. `facts` holds only ads that delivered; `limited_by` has every ad of the plan."""

    facts: Rows  # dtype FACT; ad_ix points into the plan's ads
    limited_by: NDArray[np.int8]  # [n] Limit codes
    group_exhausted: Bools  # [g] too little budget left for another event (today or in all)
    campaign_exhausted: Bools  # [c]
    balance_exhausted: bool
    state: State  # the state after this hour; the one passed in is untouched
    group_learning: Ints = field(repr=False)  # [g] conversions counted towards the learning phase

    @property
    def spend_minor(self) -> int:
        """What the hour bills, in minor units."""
        return int(self.facts["spend_minor"].sum())

    @property
    def cost_micros(self) -> int:
        """What the hour accrued, in micros."""
        return int(self.facts["cost_micros"].sum())

    def columns(self) -> dict[str, Any]:
        """The facts as one contiguous int64 array per metric, for a bulk write."""
        return {name: np.ascontiguousarray(self.facts[name]) for name in self.facts.dtype.names or ()}
