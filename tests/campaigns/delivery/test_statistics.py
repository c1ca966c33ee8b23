"""Many hours together: the numbers spread as the model says, with fixed seeds."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from campaigns.delivery import auction, chance, conversions, pacing
from campaigns.delivery.conversions import (
    CLICK_DELAYS,
    CLICKS,
    VIEW_DELAYS,
    VIEWS,
    Delays,
    Source,
)
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import Plan
from campaigns.delivery.rows import AdRow, CampaignRow

from .event_loop import Market, Viewer, hour
from .practice import HOUR, MONDAY, Run, account, group

SALES = [CampaignRow(1, "WEB_CONVERSIONS")]
WATCHED = ("view_chance", "view_misses", "view_rank", "engagement", "engagement_misses")
PER_AD = ("bid_rate", "bill_rate", "price_factor", "ctr", "cvr", "split_weight", "profile_rate")


def twins(plan: Plan) -> Plan:
    """All ads have the luck of the first: what is left are the draws of the hours."""
    made = {name: np.full_like(getattr(plan, name), getattr(plan, name)[0]) for name in PER_AD}
    for name in WATCHED:
        column = getattr(plan, name)
        made[name] = np.repeat(column[:, :1], plan.size, axis=1)
    return replace(plan, **made)


@pytest.mark.parametrize(("rows", "slots"), [(1, 0), (0, 1), (0, 4), (0, 96)])
def test_neighbouring_ads_and_hours_have_nothing_to_do_with_each_other(
    rows: int, slots: int
) -> None:
    count = 40_000
    one = chance.hour_draws(1, np.arange(count), 5)
    other = chance.hour_draws(1, np.arange(count) + rows, 5 + slots)
    one, other = one - one.mean(axis=1, keepdims=True), other - other.mean(axis=1, keepdims=True)

    together = (
        one
        @ other.T
        / np.outer(np.sqrt((one * one).sum(axis=1)), np.sqrt((other * other).sum(axis=1)))
    )

    assert np.abs(together).max() < 4.5 / math.sqrt(count)  # the largest of 529


def test_click_counts_of_single_ads_spread_as_binomials_do() -> None:
    groups = [group(key, budget=2_000_000, billing_event="CPM") for key in range(1, 41)]
    run = Run(account(groups, ads=[AdRow(i, 1 + i % 40) for i in range(1, 4001)])).hours(6)
    shown, clicks, p = run.per_ad("impressions"), run.per_ad("clicks"), run.plan.ctr

    assert min(outcome.log["tired"].min() for outcome in run.outcomes) >= 995
    score = (clicks - shown * p) / np.sqrt(shown * p * (1 - p))
    assert abs(score.mean()) < 0.05
    assert 0.97 < score.std() < 1.03


@pytest.mark.parametrize(("delays", "kind"), [(CLICK_DELAYS, 0), (VIEW_DELAYS, 1)])
def test_conversions_come_as_late_as_the_scenario_says(delays: Delays, kind: int) -> None:
    row = group(budget=3_000_000, billing_event="CPM", click_window_days=28, view_window_days=7)
    plan = account([row], SALES, [AdRow(i, 1) for i in range(1, 101)])
    plan = replace(plan, cvr=np.full(plan.size, 0.4 if kind == 0 else 0.9))
    run = Run(plan).hours(12)
    counts = np.zeros(delays.size)
    for number, outcome in enumerate(run.outcomes):
        later = outcome.late[outcome.late["kind"] == kind]
        hours = (later["event_slot"] - (MONDAY + HOUR * number)) // HOUR
        place = np.searchsorted(delays.ends, hours, side="right")
        np.add.at(counts, place, later["conversions"])
        viewed = outcome.facts["view_conversions"].sum()
        counts[0] += viewed if kind else outcome.facts["conversions"].sum() - viewed

    come = np.cumsum(counts) / counts.sum()
    expected = delays.come / delays.come[-1]
    assert counts.sum() > 2000
    assert np.abs(come - expected).max() < 1.9 / math.sqrt(counts.sum())  # Kolmogorov, p = .001
    parts = np.diff(expected, prepend=0) * counts.sum()
    chi = ((counts - parts) ** 2 / parts).sum()
    assert chi < delays.size + 5 * math.sqrt(2 * delays.size)


@pytest.mark.parametrize("number", [1, 5, 12, 13, 90])
@pytest.mark.parametrize("source", [CLICKS, VIEWS], ids=["clicks", "views"])
def test_few_conversions_of_an_hour_come_as_many_do(source: Source, number: int) -> None:
    ads, delays = 200_000 // number, source.delays
    everyone = np.arange(ads)
    plan: Any = SimpleNamespace(value_micros=np.ones(ads, np.int64))
    trials: Any = SimpleNamespace(streams=chance.keys(5, everyone, number), rows=everyone)

    lumps = conversions._lumps(
        plan, source, trials, everyone, np.full(ads, float(number)), np.full(ads, 28)
    )

    assert (np.bincount(lumps.at, lumps.number) == number).all()
    come = np.cumsum(np.bincount(lumps.bucket, lumps.number)) / (ads * number)
    expected = delays.come / delays.come[-1]
    assert np.abs(come - expected).max() < 1.9 / math.sqrt(ads * number)  # Kolmogorov, p = .001


def test_the_model_of_counts_agrees_with_a_loop_over_every_single_event() -> None:
    bid = 9_000_000
    row = group(budget=None, billing_event="CPM", bid_type="BID_TYPE_CUSTOM", bid_micros=bid)
    plan = twins(account([row], SALES, [AdRow(i, 1) for i in range(1, 2001)]))
    plan = replace(plan, learns=np.zeros(plan.size, np.bool_), cvr=np.full(plan.size, 0.35))
    outcome = Run(plan).step()
    shown = int(outcome.facts["impressions"].sum())

    level = auction.log_level(plan, LocalHour.at(MONDAY, 0))[0] + math.log(plan.price_factor[0])
    watching = survival(plan)
    viewer = Viewer(plan.ctr[0], watching, 0.35 * 1.07)
    market = Market(level, plan.group_sigma[0], bid * plan.bid_rate[0] * 1000)
    auctions = 400_000
    happened, cost = hour(Random(7), auctions, market, viewer)

    won = happened["impressions"]
    win = float(outcome.log["win"][0]) / 1000
    assert abs(won / auctions - win) < 3 * math.sqrt(win * (1 - win) / auctions) + 0.0005
    assert cost / won == pytest.approx(outcome.log["price"][0], rel=0.004)
    offered = int(outcome.log["auctions"].sum())  # the hour's noise is 0.2 for each of 2000 ads
    assert shown / offered == pytest.approx(won / auctions, rel=3 * 0.2 / math.sqrt(2000))
    facts = outcome.facts
    bought = {
        "clicks": facts["clicks"].sum(),
        "level 0": facts["video_views"].sum(),
        "level 1": facts["watched_2s"].sum(),
        "level 2": facts["views_p25"].sum(),
        "level 3": facts["watched_6s"].sum(),
        "level 4": facts["views_p50"].sum(),
        "level 5": facts["views_p75"].sum(),
        "level 6": facts["views_p100"].sum(),
        "conversions": facts["conversions"].sum() - facts["view_conversions"].sum()
        + outcome.late["conversions"][outcome.late["kind"] == 0].sum(),
    }  # fmt: skip
    for name, count in bought.items():
        one, other = happened[name] / won, int(count) / shown
        if name == "conversions":  # its window leaves out what comes after a week
            other *= CLICK_DELAYS.come[-1] / CLICK_DELAYS.come[8]
        error = math.sqrt(one * (1 - one) / won + other * (1 - other) / shown)
        assert abs(one - other) < 3 * error, name


def survival(plan: Plan) -> tuple[float, ...]:
    """Shares still watching a film of 15 seconds, from play on, by time: the curve of the docs
    through the plan's share at two seconds."""
    middle, low = plan.view_chance[:2, 0]
    hook = middle + (1 - middle) * low
    times = (2.0, 3.75, 6.0, 7.5, 11.25, 15.0)
    return (0.97, *(0.97 * (hook / 0.97) ** ((t / 2) ** 0.75) for t in times))


def test_budgets_follow_the_audience_through_the_day_and_are_used() -> None:
    """Over a thousand billed events a day, and far more people than money."""
    groups = [group(key, budget=50_000, billing_event="CPM") for key in range(1, 201)]
    plan = account(groups)  # of two ads each
    supply = np.array(
        [
            pacing.supply(plan, LocalHour.at(MONDAY + HOUR * n, 0), np.zeros(200, np.bool_)).now[0]
            for n in range(24)
        ]
    )
    run = Run(plan).hours(24)
    spent = np.zeros((24, 200))
    for number, outcome in enumerate(run.outcomes):
        group_ix = plan.group_ix[outcome.facts["ad_ix"]]
        np.add.at(spent[number], group_ix, outcome.facts["cost_micros"])
    steady = np.cumsum(supply) / supply.sum()
    gap = np.abs(np.cumsum(spent, axis=0) / (50_000 * 10_000) - steady[:, None]).max(axis=0)

    assert run.per_ad("impressions").min() > 1000
    assert np.percentile(gap, 99) < 0.06
    used = spent.sum(axis=0) / (50_000 * 10_000)
    assert np.median(used) >= 0.95
    assert used.max() <= 1


def test_clicks_fall_with_frequency_and_recover_with_a_new_creative() -> None:
    row = group(countries=("NZ",), age_groups=("AGE_45_54",), billing_event="CPM", budget=None)
    ads = [AdRow(i, 1) for i in range(1, 9)]
    renewed = account([row], ads=[ad._replace(revision=1) for ad in ads])
    plan = account([row], ads=ads)
    renewed = replace(renewed, ctr=plan.ctr)  # as attractive as the old one was
    run = Run(plan).hours(144)
    run.plan = renewed
    run.hours(24)

    def ctr(first: int, last: int) -> float:
        part = {"first": first, "last": last}
        return run.total("clicks", **part) / run.total("impressions", **part)

    assert ctr(0, 48) > ctr(48, 96) > ctr(96, 144)
    assert ctr(120, 144) < 0.93 * ctr(0, 24)
    assert ctr(144, 168) > 1.05 * ctr(120, 144)
    assert ctr(144, 168) == pytest.approx(ctr(0, 24), rel=0.06)
