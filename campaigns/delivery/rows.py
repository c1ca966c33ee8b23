"""The marketer's settings as the compiler takes them: one plain tuple per row.

Values are spelt as the database and the Business API spell them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campaigns.delivery.people import Audience, Wish


class AccountRow(NamedTuple):
    """`micros_per_minor` as bizcenter.lib.money gives it for the currency."""

    seed: int
    currency: str
    micros_per_minor: int
    utc_offset_minutes: int
    over_delivery: bool = False  # up to 125 % of a daily budget, 7 x it a week


class Split(NamedTuple):
    """Arms of one split test have the same `key` and different people: `share` of a thousand."""

    key: int
    share: int = 500


class CampaignRow(NamedTuple):
    """Budget in minor units; optimised means it is shared out over the groups."""

    key: int
    objective: str
    budget_mode: str = "BUDGET_MODE_INFINITE"
    budget: int | None = None
    is_budget_optimized: bool = False


class GroupRow(NamedTuple):
    """Empty targeting means everybody. Times are epoch seconds, `dayparting` 336 signs 0 or 1."""

    key: int
    campaign_key: int
    countries: Sequence[str]
    age_groups: Sequence[str] = ()
    gender: str = "GENDER_UNLIMITED"
    operating_systems: Sequence[str] = ()
    budget_mode: str = "BUDGET_MODE_DAY"
    budget: int | None = None
    start: int = 0
    end: int | None = None
    dayparting: str = ""
    pacing: str = "PACING_MODE_SMOOTH"
    billing_event: str = "CPM"
    optimization_goal: str = "SHOW"
    bid_type: str = "BID_TYPE_NO_BID"
    bid_micros: int | None = None
    is_tracked: bool | None = None  # conversions measured; None: as usual for the objective
    languages: Sequence[str] = ()
    interests: Sequence[str] = ()
    behaviours: Sequence[str] = ()
    included: Sequence[Audience] = ()
    excluded: Sequence[Audience] = ()
    click_window_days: int = 7
    view_window_days: int = 1  # 0 = views do not count
    frequency_cap: int | None = None  # impressions a person in `frequency_days`
    frequency_days: int | None = None
    learning_epoch: int = 0  # another number starts the learning phase again
    split: Split | None = None
    fixed_cpm_micros: int | None = None  # reservation: the rate card's price, no auction

    @property
    def wish(self) -> Wish:
        """What is asked of people besides demographics."""
        return Wish(
            tuple(self.languages),
            tuple(self.interests),
            tuple(self.behaviours),
            tuple(self.included),
            tuple(self.excluded),
        )


class AdRow(NamedTuple):
    """`ordinal` is unique within the account for ever; `revision` rises with each new creative."""

    ordinal: int
    group_key: int
    is_video: bool = True
    duration_seconds: float = 15.0
    quality: float = 1.0  # 1 = ordinary; moves click rate and price
    revision: int = 0
