"""Random ad accounts, all of whose settings follow from one seed, and what people do to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import numpy as np

from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.people import Audience
from campaigns.delivery.plan import Plan
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow, GroupRow, Split

from .practice import DAY, HOUR, MONDAY

OBJECTIVES = (
    "REACH", "TRAFFIC", "VIDEO_VIEWS", "ENGAGEMENT", "APP_PROMOTION", "LEAD_GENERATION",
    "WEB_CONVERSIONS", "PRODUCT_SALES",
)  # fmt: skip
SELLING = (
    ("CPM", "REACH"), ("CPM", "SHOW"), ("CPC", "CLICK"), ("CPV", "ENGAGED_VIEW"),
    ("CPV", "VIDEO_VIEW"), ("OCPM", "CONVERT"), ("OCPM", "VALUE"), ("OCPM", "CLICK"),
    ("OCPM", "FOLLOWERS"), ("OCPM", "INSTALL"),
)  # fmt: skip
PLACES = (("US",), ("NZ",), ("IN", "JP"), ("DE", "GB", "US"), ("NZ", "SG"))
# Two, no and (as in Kuwait) three decimals: the engine knows only micros per minor unit.
MONEY = (("USD", 10_000), ("EUR", 10_000), ("JPY", 1_000_000), ("USD", 1_000))
ZONES = (0, 60, -300, 330, -210, 540)
FEW_PEOPLE = (Audience("CUSTOM", 3_000),)


@dataclass(frozen=True)
class World:
    """An account as the marketer left it, and the wallet it started with."""

    account: AccountRow
    campaigns: tuple[CampaignRow, ...]
    groups: tuple[GroupRow, ...]
    ads: tuple[AdRow, ...]
    start: int
    wallet_micros: int
    edits: list[str] = field(default_factory=list, compare=False)

    def plan(self) -> Plan:
        return compile_plan(self.account, self.campaigns, self.groups, self.ads)


def make_world(seed: int) -> World:
    """One to three campaigns of one to three ad groups of one to three ads."""
    dice = Random(seed)
    currency, minor = dice.choice(MONEY)
    zone = dice.choice(ZONES)
    start = MONDAY - 60 * zone + HOUR * dice.randrange(168)
    row = AccountRow(dice.randrange(2**62), currency, minor, zone, dice.random() < 0.3)
    cent = 1 if currency == "JPY" else 1_000_000 // minor  # minor units of about a dollar
    cent *= 150 if currency == "JPY" else 1
    campaigns, groups, ads = [], [], []
    for key in range(1, dice.randint(1, 3) + 1):
        campaigns.append(_campaign(dice, key, cent))
        for _ in range(dice.randint(1, 3)):
            groups.append(_group(dice, 10 + len(groups), key, cent, minor, start))
            for _ in range(dice.randint(1, 3)):
                ads.append(_ad(dice, 1 + len(ads), groups[-1].key))
    few = dice.choice((0, dice.randrange(1, 50), 30 * cent, 400 * cent))
    wallet = few if dice.random() < 0.5 else 10**9 * cent
    return World(row, tuple(campaigns), tuple(groups), tuple(ads), start, wallet * minor)


def money(dice: Random, dollar: int) -> int:
    """Minor units: from less than a click to more than can be spent."""
    return dice.choice((1, dice.randrange(1, 20), 5 * dollar, 60 * dollar, 900 * dollar, 10**13))


def _campaign(dice: Random, key: int, dollar: int) -> CampaignRow:
    mode = dice.choice(("BUDGET_MODE_INFINITE", "BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL"))
    has_budget = mode != "BUDGET_MODE_INFINITE"
    return CampaignRow(
        key,
        dice.choice(OBJECTIVES),
        mode,
        money(dice, dollar) if has_budget else None,
        is_budget_optimized=has_budget and dice.random() < 0.5,
    )


def _group(dice: Random, key: int, campaign: int, dollar: int, minor: int, start: int) -> GroupRow:
    billing, goal = dice.choice(SELLING)
    custom = dice.random() < 0.4
    capped = goal == "REACH" and dice.random() < 0.6
    return GroupRow(
        key=key,
        campaign_key=campaign,
        countries=dice.choice(PLACES),
        age_groups=dice.choice(((), ("AGE_18_24",), ("AGE_55_100",))),
        gender=dice.choice(("GENDER_UNLIMITED", "GENDER_FEMALE")),
        operating_systems=dice.choice(((), ("IOS",))),
        included=FEW_PEOPLE if capped else dice.choice(((), (), FEW_PEOPLE)),
        budget_mode=dice.choice(("BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL")),
        budget=dice.choice((None, money(dice, dollar), money(dice, dollar))),
        start=dice.choice((0, 0, start + dice.randrange(20) * HOUR + 1800)),
        end=dice.choice((None, None, start + dice.randrange(1, 50) * HOUR + 900)),
        dayparting=dice.choice(("", "", "".join(dice.choice("01") for _ in range(336)))),
        pacing=dice.choice(("PACING_MODE_SMOOTH", "PACING_MODE_SMOOTH", "PACING_MODE_FAST")),
        billing_event=billing,
        optimization_goal=goal,
        bid_type="BID_TYPE_CUSTOM" if custom else "BID_TYPE_NO_BID",
        bid_micros=dice.choice((1, 3 * dollar, 40 * dollar)) * minor if custom else None,
        is_tracked=dice.choice((None, True)),
        click_window_days=dice.choice((1, 7, 14, 28)),
        view_window_days=dice.choice((0, 1, 7)),
        frequency_cap=dice.randint(1, 4) if capped else None,
        frequency_days=dice.randint(1, 7) if capped else None,
        split=Split(5, 500) if dice.random() < 0.2 else None,
        fixed_cpm_micros=12 * dollar * minor if billing == "CPM" and dice.random() < 0.2 else None,
    )


def _ad(dice: Random, ordinal: int, group: int) -> AdRow:
    seconds = dice.choice((4.0, 6.0, 8.0, 9.0, 15.0, 24.0, 60.0))
    return AdRow(ordinal, group, is_video=dice.random() < 0.8, duration_seconds=seconds)


def edited(world: World, dice: Random) -> World:
    """The account after one change such as marketers make in the middle of a day."""
    change = dice.choice((_rebudget, _rebudget, _rebudget, _add_ad, _remove_ad, _renew, _learn))
    world.edits.append(change.__name__)
    return change(world, dice)


def shares(world: World, dice: Random) -> np.ndarray:
    """How long each ad was effectively on in an hour."""
    chosen = [dice.choice((1.0, 1.0, 1.0, 0.25, 0.0)) for _ in world.ads]
    return np.array(chosen) if dice.random() < 0.3 else np.ones(len(world.ads))


def _rebudget(world: World, dice: Random) -> World:
    """A budget is set, taken away or cut, as often as not to less than is spent already."""
    dollar = 1_000_000 // world.account.micros_per_minor or 150
    new = dice.choice((None, 1, money(dice, dollar), 2 * dollar))
    if dice.random() < 0.5:
        at = dice.randrange(len(world.groups))
        groups = list(world.groups)
        groups[at] = groups[at]._replace(budget=new)
        return replace(world, groups=tuple(groups))
    at = dice.randrange(len(world.campaigns))
    campaigns = list(world.campaigns)
    row = campaigns[at]
    mode = row.budget_mode if row.budget is not None else dice.choice(("DAY", "TOTAL"))
    mode = mode if mode.startswith("BUDGET") else f"BUDGET_MODE_{mode}"
    campaigns[at] = row._replace(budget_mode=mode, budget=new or 3 * dollar)
    return replace(world, campaigns=tuple(campaigns))


def _add_ad(world: World, dice: Random) -> World:
    ordinal = 1 + max(row.ordinal for row in world.ads)
    row = _ad(dice, ordinal, dice.choice(world.groups).key)
    return replace(world, ads=(row, *world.ads))


def _remove_ad(world: World, dice: Random) -> World:
    at = dice.randrange(len(world.ads))
    left = world.ads[:at] + world.ads[at + 1 :]
    return replace(world, ads=left or world.ads)


def _renew(world: World, dice: Random) -> World:
    at = dice.randrange(len(world.ads))
    ads = list(world.ads)
    ads[at] = ads[at]._replace(revision=ads[at].revision + 1)
    return replace(world, ads=tuple(ads))


def _learn(world: World, dice: Random) -> World:
    at = dice.randrange(len(world.groups))
    groups = list(world.groups)
    groups[at] = groups[at]._replace(learning_epoch=groups[at].learning_epoch + 1)
    return replace(world, groups=tuple(groups))


__all__ = ["DAY", "World", "edited", "make_world", "money", "shares"]
