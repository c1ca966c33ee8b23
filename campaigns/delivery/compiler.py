"""From the marketer's rows to a Plan: product words become rates, prices and audiences.

The only place that knows what an objective or a format means for delivery.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campaigns.delivery.plan import Plan


class AccountRow(NamedTuple):
    """`micros_per_minor` as bizcenter.lib.money gives it for the currency."""

    seed: int
    currency: str
    micros_per_minor: int
    utc_offset_minutes: int


class CampaignRow(NamedTuple):
    """Budgets in minor units. `cbo`: the budget is the campaign's and is split over its groups."""

    key: int
    objective: str  # REACH, TRAFFIC, VIDEO_VIEWS, ENGAGEMENT, LEAD_GENERATION, WEB_CONVERSIONS, ...
    daily_budget_minor: int | None = None
    lifetime_budget_minor: int | None = None
    cbo: bool = False


class GroupRow(NamedTuple):
    """Empty targeting tuples mean "everybody". `dayparting` is the 336-character string or None."""

    key: int
    campaign_key: int
    countries: tuple[str, ...]
    ages: tuple[str, ...] = ()  # AGE_13_17 ... AGE_55_100
    genders: tuple[str, ...] = ()  # GENDER_FEMALE, GENDER_MALE
    os: tuple[str, ...] = ()  # ANDROID, IOS
    daily_budget_minor: int | None = None
    lifetime_budget_minor: int | None = None
    start: int = 0
    end: int | None = None
    dayparting: str | None = None
    fast: bool = False
    billing_event: str = "CPM"  # CPC, CPM, OCPM, CPV
    bid_micros: int = 0
    bid_control: str = "NO_BID"  # NO_BID (maximum delivery), COST_CAP, BID_CAP
    view_seconds: int = 6  # CPV: what counts as a view, 2 or 6
    tracked: bool | None = None  # conversions measured; None: as the objective has it


class AdRow(NamedTuple):
    """`ordinal` is unique within the account for ever; a replaced creative takes a new one."""

    ordinal: int
    group_key: int
    is_video: bool = True
    duration_seconds: float = 15.0
    quality: float = 1.0  # 1 = ordinary; moves price and click rate


def compile_plan(
    account: AccountRow,
    campaigns: Sequence[CampaignRow],
    groups: Sequence[GroupRow],
    ads: Sequence[AdRow],
) -> Plan:
    """The account as arrays. Rows may come in any order; groups without ads and campaigns without groups are fine."""
    raise NotImplementedError
