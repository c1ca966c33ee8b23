"""Bids, prices and goals move results in the direction the trade knows."""

from __future__ import annotations

import numpy as np
import pytest

from campaigns.delivery.auction import paid_share
from campaigns.delivery.plan import Limit, Plan
from campaigns.delivery.rows import AdRow, CampaignRow

from .practice import MONDAY, Run, account, group

MICRO = 1_000_000
SALES = [CampaignRow(1, "WEB_CONVERSIONS")]


def many(plan_of, seeds: int = 6, hours: int = 24) -> list[Run]:
    return [Run(plan_of(seed)).hours(hours) for seed in range(seeds)]


def total(runs: list[Run], metric: str) -> int:
    return sum(run.total(metric) for run in runs)


def rate(runs: list[Run], part: str, whole: str) -> float:
    return total(runs, part) / total(runs, whole)


def capped(bid: float, *, budget: int | None = None, **settings):
    settings = {"billing_event": "CPM", **settings}
    row = group(budget=budget, bid_type="BID_TYPE_CUSTOM", bid_micros=int(bid * MICRO), **settings)
    return lambda seed: account([row], seed=seed)


def test_a_higher_bid_never_wins_fewer_impressions() -> None:
    won = [total(many(capped(bid), 2, 3), "impressions") for bid in (2, 3, 4, 6, 9, 14, 25)]

    assert won == sorted(won)
    assert won[-1] > 3 * won[0]


@pytest.mark.parametrize(
    ("billing", "goal", "bid", "event"),
    [
        ("CPM", "SHOW", 0.0052, "impressions"),
        ("CPC", "CLICK", 0.70, "clicks"),
        ("CPV", "ENGAGED_VIEW", 0.08, "watched_6s"),
        ("CPV", "VIDEO_VIEW", 0.02, "watched_2s"),
    ],
)
def test_a_bid_cap_is_never_exceeded(billing: str, goal: str, bid: float, event: str) -> None:
    micros = int(bid * MICRO) * (1000 if billing == "CPM" else 1)
    row = group(
        billing_event=billing,
        optimization_goal=goal,
        bid_type="BID_TYPE_CUSTOM",
        bid_micros=micros,
        budget=100_000,
    )
    run = Run(account([row])).hours(24)

    assert run.total(event) > 100
    for outcome in run.outcomes:
        cost, events = outcome.facts["cost_micros"], outcome.facts[event]
        assert (cost <= events * int(bid * MICRO)).all()


def test_a_cost_cap_keeps_the_cost_per_conversion_near_the_bid() -> None:
    def plan_of(seed: int) -> Plan:
        row = group(
            billing_event="OCPM",
            optimization_goal="CONVERT",
            bid_type="BID_TYPE_CUSTOM",
            bid_micros=30 * MICRO,
            budget=2_000_000,
        )
        return account([row], SALES, [AdRow(i, 1) for i in range(1, 5)], seed=seed)

    runs = many(plan_of, seeds=5, hours=72)
    learned = [(r.total("cost_micros", first=48), r.total("conversions", first=48)) for r in runs]
    cost, conversions = (sum(part) for part in zip(*learned, strict=True))

    assert 0.6 * 30 < cost / conversions / MICRO < 1.15 * 30


def test_a_low_bid_is_named_as_what_holds_the_ad_back() -> None:
    low, fair = Run(capped(2.0, budget=50_000)(1)), Run(capped(20, budget=50_000)(1))
    low.hours(12)
    fair.hours(12)

    assert low.outcomes[-1].limited_by.tolist() == [Limit.BID] * 2
    assert fair.outcomes[-1].limited_by.tolist() == [Limit.NONE] * 2
    assert low.total("spend") < 0.5 * fair.total("spend")


def test_a_small_audience_is_named_and_pushes_the_price_up() -> None:
    narrow = group(
        countries=("NZ",), age_groups=("AGE_55_100",), operating_systems=("IOS",), budget=2_000_000
    )
    easy = narrow._replace(budget=3_000)
    pushed, calm = Run(account([narrow])).hours(12), Run(account([easy])).hours(12)

    assert pushed.outcomes[-1].limited_by.tolist() == [Limit.SUPPLY] * 2
    assert calm.outcomes[-1].limited_by.tolist() == [Limit.NONE] * 2
    cpm = [run.total("cost_micros") / run.total("impressions") for run in (pushed, calm)]
    assert cpm[0] > 1.2 * cpm[1]


def test_ocpm_finds_more_conversions_per_impression_than_a_cpm_twin_at_a_higher_price() -> None:
    def plan_of(billing: str):
        row = group(billing_event=billing, optimization_goal="CONVERT", budget=200_000)
        return lambda seed: account([row], SALES, seed=seed)

    ocpm, cpm = many(plan_of("OCPM")), many(plan_of("CPM"))

    assert rate(ocpm, "conversions", "impressions") > 1.3 * rate(cpm, "conversions", "impressions")
    assert rate(ocpm, "cost_micros", "impressions") > 1.2 * rate(cpm, "cost_micros", "impressions")


def test_each_goal_is_best_at_its_own_result() -> None:
    def plan_of(billing: str, goal: str):
        row = group(billing_event=billing, optimization_goal=goal, budget=50_000)
        return lambda seed: account([row], [CampaignRow(1, "ENGAGEMENT")], seed=seed)

    clicks, views, reach, follows = (
        many(plan_of(*pair))
        for pair in (
            ("CPC", "CLICK"),
            ("CPV", "ENGAGED_VIEW"),
            ("CPM", "REACH"),
            ("OCPM", "FOLLOWERS"),
        )
    )

    def cheapest(metric: str) -> list[Run]:
        return min((clicks, views, reach, follows), key=lambda r: rate(r, "cost_micros", metric))

    assert cheapest("clicks") is clicks
    assert cheapest("watched_6s") is views
    assert cheapest("impressions") is reach
    assert cheapest("follows") is follows


def test_objectives_differ_in_what_they_measure() -> None:
    def conversions(objective: str) -> tuple[int, int]:
        row = group(billing_event="OCPM", optimization_goal="CONVERT", budget=500_000)
        run = Run(account([row], [CampaignRow(1, objective)])).hours(24)
        return run.total("conversions"), run.total("conversion_value_micros")

    assert conversions("REACH") == (0, 0)
    leads, installs, sales = map(conversions, ("LEAD_GENERATION", "APP_PROMOTION", "PRODUCT_SALES"))
    assert leads[0] > sales[0] > 0
    assert installs[0] > sales[0]
    assert sales[1] / sales[0] == pytest.approx(52 * MICRO, rel=0.15)


def test_the_price_rises_with_the_bid_and_stays_below_it() -> None:
    z = np.linspace(-4, 2, 200)
    paid = paid_share(z, np.full_like(z, 0.4))

    assert (np.diff(paid) > 0).all()
    assert (paid < np.exp(0.4 * z)).all()


def test_a_quiet_hour_and_a_busy_hour_cost_the_same_event_at_most_a_little_apart() -> None:
    run = Run(account([group(billing_event="CPM", budget=20_000)]), start=MONDAY).hours(24)
    cpm = run.by_hour("cost_micros") / run.by_hour("impressions")

    assert cpm.max() < 1.15 * cpm.min()
