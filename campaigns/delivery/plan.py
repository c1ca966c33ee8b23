"""What the engine is given and what it answers, as arrays for ONE ad account.

No behaviour and no clock: a Plan changes only when somebody edits something. Money is integer
micros of the account currency unless a name says minor; times are epoch seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery.state import State

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Limits: TypeAlias = NDArray[np.int8]
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
    OFF = 1  # switched off, outside schedule or dayparting, for the whole hour
    GROUP_BUDGET = 2
    CAMPAIGN_BUDGET = 3
    BALANCE = 4
    SUPPLY = 5  # everything winnable was bought: audience too small
    BID = 6  # the bid loses most auctions
    FREQUENCY = 7  # most people have seen it as often as the frequency cap allows


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything deliverable in one ad account; built by `compiler.compile_plan`.

    Axes: n ads, g groups, c campaigns, k countries. Their order carries no meaning.
    """

    seed: int
    micros_per_minor: int
    utc_offset_minutes: int

    # per ad [n]
    ordinal: Ints  # the engine's key: unique and stable within the account
    revision: Ints  # of the ad's creative
    group_ix: Ints
    billing: NDArray[np.int8]  # Billing
    bid_control: NDArray[np.int8]  # BidControl
    bid_micros: Ints  # per click, view, result, or thousand impressions
    fixed_price: Ints  # reservation: micros per thousand impressions, no auction; 0 = auction
    bid_rate: Floats  # how often an impression brings what the bid is for, fresh creative
    bill_rate: Floats  # how often an impression brings what is billed, fresh creative
    price_factor: Floats  # this ad's price relative to its group: buying goal over quality
    ctr: Floats  # clicks per impression, fresh creative
    cvr: Floats  # conversions per click in a week, once learned; 0 = not tracked
    value_micros: Ints  # average value of a conversion
    learns: Bools  # optimised towards conversions: goes through a learning phase
    is_video: Bools
    view_chance: Floats  # [7, n] as `funnel.view_tree` orders them
    view_misses: Floats  # [7, n] `numeric.misses` of these
    view_rank: Ints  # [6, n] place of 2 s, 6 s, 25, 50, 75, 100 % among the sorted watch times
    engagement: Floats  # [4, n] likes, comments, shares, follows per engaged view
    engagement_misses: Floats  # [4, n] `numeric.misses` of these
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
    group_log_cpm: Floats  # ln of the median competing price (micros per 1000), an average day
    group_sigma: Floats  # spread (log) of competing prices
    group_attention: Floats  # auctions per targeted person and day that its ads take part in
    group_epoch: Ints  # of the learning phase: another number starts it again
    group_click_days: Ints  # attribution windows
    group_view_days: Ints
    group_frequency: Ints  # impressions a person in `group_frequency_days`; 0 = no cap
    group_frequency_days: Ints
    group_split: Ints  # number of the split test whose arm it is; 0 = none
    group_demand: Ints  # [g, k, cells] auctions a day its ads take part in, by age and gender
    target_cells: Ints  # [g, k, cells] people by country, age and gender
    target_systems: Ints  # [g, systems] people by operating system
    audience: Ints  # [g, k] people after targeting
    country_mix: Floats  # [g, k] the same as shares

    # per campaign [c]
    campaign_key: Ints
    campaign_daily_micros: Ints
    campaign_lifetime_micros: Ints
    campaign_cbo: Bools

    countries: tuple[str, ...]  # [k]
    cell_people: Ints  # [k, cells] everybody in the countries
    over_delivery: bool  # daily budgets may be exceeded, see `books`

    @property
    def size(self) -> int:
        """Number of ads."""
        return len(self.ordinal)

    @cached_property
    def people(self) -> Ints:
        """[g] of the audience."""
        whole: Ints = self.audience.sum(axis=1)
        return whole

    @cached_property
    def target_people(self) -> Ints:
        """[g] of the countries, in the cells that the group is targeted at."""
        whole: Ints = self.target_cells.sum(axis=(1, 2))
        return whole


# Counts of the hour, already capped. `spend` is what is billed: the increase, in minor units, of
# floor(lifetime accrued micros / micros per minor unit).
METRICS = (
    "impressions",
    "clicks",
    "conversions",
    "conversion_value_micros",
    "view_conversions",
    "video_views",
    "watched_2s",
    "watched_6s",
    "views_p25",
    "views_p50",
    "views_p75",
    "views_p100",
    "likes",
    "comments",
    "shares",
    "follows",
    "profile_visits",
    "cost_micros",
    "spend",
)
PLACE = {name: place for place, name in enumerate(METRICS)}
_OF_WHOM = ("ordinal", "ad_ix")
FACT = np.dtype([(name, np.int64) for name in (*_OF_WHOM, *METRICS)])


def metrics_of(facts: Rows) -> Ints:
    """[row, metric] of facts that lie together: the same numbers in the same place."""
    table: Ints = facts.view(np.int64).reshape(len(facts), len(FACT.names or ()))[
        :, len(_OF_WHOM) :
    ]
    return table


# Conversions of this hour's clicks and views that become known in a later hour: `event_slot` is
# that hour's start (epoch s), `kind` 0 after a click and 1 after a view. Who converted:
# `age_gender` counts market.AGES x market.GENDERS, `system` market.SYSTEMS, `country` is
# market.country_number of the code.
LATE = np.dtype(
    [
        (name, np.int64)
        for name in (
            "ordinal",
            "ad_ix",
            "event_slot",
            "kind",
            "conversions",
            "conversion_value_micros",
            "view_conversions",
            "age_gender",
            "system",
            "country",
        )
    ]
)

# What the hour looked like from each ad of the plan; shares and factors in per mille.
LOG = np.dtype(
    [
        ("ordinal", "<i8"),
        ("limit", "i1"),  # Limit
        ("open", "<u2"),  # of the hour in which it was on
        ("auctions", "<i8"),  # it could take part in
        ("win", "<u2"),  # of those, won by its bid
        ("target", "<i8"),  # micros it meant to spend
        ("price", "<i8"),  # micros per billed event
        ("tired", "<u2"),  # clicks, against a fresh creative
        ("learned", "<u2"),  # conversions, against a group that has learned
        ("shared", "<u2"),  # supply left by the account's other groups
    ]
)


class Exhausted(IntEnum):
    """Whether a budget has no room for another event, and until when."""

    NO = 0
    TODAY = 1  # the daily budget: room again on the next local day
    FOR_GOOD = 2  # the lifetime budget


@dataclass(frozen=True, eq=False)
class Outcome:
    """One hour of one account."""

    facts: Rows  # dtype FACT, ads with an impression only; ad_ix points into the plan's ads
    late: Rows  # dtype LATE, sorted by ordinal, event slot and kind
    log: Rows  # dtype LOG, every ad of the plan in its order
    group_exhausted: NDArray[np.int8]  # [g] Exhausted
    campaign_exhausted: NDArray[np.int8]  # [c] Exhausted
    balance_exhausted: bool  # no room in the wallet for another event of some live ad
    group_results: Ints  # [g] conversions known so far, for "learning: 31 of 50"
    state: State  # after this hour; the one passed in is untouched

    @property
    def limited_by(self) -> Limits:
        """[n] Limit of every ad of the plan."""
        found: Limits = self.log["limit"]
        return found

    @cached_property
    def spend(self) -> int:
        """What the hour bills, in minor units."""
        return int(self.facts["spend"].sum())

    @property
    def cost_micros(self) -> int:
        """What the hour accrued, in micros."""
        return int(self.facts["cost_micros"].sum())
