"""Pacing: the budget is spread along the hours in which people watch, and used up."""

from __future__ import annotations

import numpy as np
import pytest

from campaigns.delivery.plan import Exhausted, Limit
from campaigns.delivery.rows import AdRow, CampaignRow, GroupRow

from .practice import DAY, HOUR, MONDAY, Run, account, group

CENT = 10_000
NEW_YORK = -300


def new_york(*groups, campaigns=None, ads=None, seed: int = 3) -> Run:
    """An account whose midnight is the viewers' midnight, at the start of Monday."""
    plan = account(list(groups), campaigns, ads, seed=seed, utc_offset_minutes=NEW_YORK)
    return Run(plan, start=MONDAY - 60 * NEW_YORK)


def test_a_daily_budget_is_used_up_and_spread_like_the_audience() -> None:
    gaps, used = [], []
    for seed in range(12):
        run = new_york(group(budget=50_000, billing_event="CPM"), seed=seed).hours(24)
        spent = np.cumsum(run.by_hour("cost_micros")) / (50_000 * CENT)
        steady = new_york(group(budget=None, billing_event="CPM"), seed=seed).hours(24)
        supply = np.cumsum(steady.by_hour("impressions")) / steady.total("impressions")
        gaps.append(np.abs(spent - supply).max())
        used.append(spent[-1])

    assert np.median(gaps) < 0.05
    assert max(gaps) < 0.10
    assert min(used) > 0.95
    assert max(used) <= 1.0


def test_nights_are_quiet_and_evenings_busy_where_the_viewers_live() -> None:
    hourly = new_york(group()).hours(24).by_hour("impressions")
    from_berlin = Run(account([group()], utc_offset_minutes=60), start=MONDAY - HOUR).hours(24)

    assert hourly[19:22].mean() > 5 * hourly[3:5].mean()
    berlin = from_berlin.by_hour("impressions")  # 02 to 05 there is evening in New York
    assert berlin[2:5].mean() > 3 * berlin[10:12].mean()


def test_an_ad_on_for_a_part_of_the_hour_delivers_about_that_part_and_does_not_catch_up() -> None:
    shares = []
    for seed in range(12):
        full, part = (new_york(group(budget=100_000), seed=seed).hours(12) for _ in "ab")
        full.step(1.0)
        part.step(0.25)
        shares.append(part.by_hour("impressions")[-1] / full.by_hour("impressions")[-1])

    assert np.mean(shares) == pytest.approx(0.25, abs=0.02)


def test_a_budget_doubled_at_noon_is_used_by_midnight() -> None:
    run = new_york(group(budget=20_000)).hours(12)
    before = run.total("spend")

    doubled = new_york(group(budget=40_000)).plan
    run.step(plan=doubled)
    run.hours(11)

    assert before < 9_000
    assert 0.95 * 40_000 < run.total("spend") <= 40_000


def test_an_edit_of_the_budget_does_not_forget_what_today_cost() -> None:
    run = new_york(group(budget=20_000)).hours(20)
    spent = run.total("spend")

    run.step(plan=new_york(group(budget=1_000)).plan)

    assert run.total("spend") == spent
    assert run.outcomes[-1].limited_by.tolist() == [Limit.GROUP_BUDGET] * 2
    assert run.outcomes[-1].group_exhausted.tolist() == [Exhausted.TODAY]


def test_the_next_day_has_its_own_budget() -> None:
    run = new_york(group(budget=3_000, pacing="PACING_MODE_FAST")).hours(48)

    days = run.by_hour("spend").reshape(2, 24).sum(axis=1)

    assert (days > 2_700).all()
    assert (days <= 3_000).all()


def test_accelerated_delivery_spends_at_once() -> None:
    run = new_york(group(budget=30_000, pacing="PACING_MODE_FAST")).hours(24)

    hourly = run.by_hour("spend")

    assert hourly[0] > 0.7 * 30_000
    assert hourly[4:].sum() == 0
    assert run.outcomes[-1].group_exhausted.tolist() == [Exhausted.TODAY]


def test_a_lifetime_budget_lasts_to_its_end_and_not_longer() -> None:
    lifetime = group(
        budget=70_000,
        budget_mode="BUDGET_MODE_TOTAL",
        start=MONDAY,
        end=MONDAY - 60 * NEW_YORK + 4 * DAY + 12 * HOUR,
    )
    run = new_york(lifetime).hours(5 * 24)

    days = run.by_hour("spend").reshape(5, 24).sum(axis=1)

    assert days[:4] == pytest.approx(16_000, rel=0.12)
    assert days[4] == pytest.approx(6_200, rel=0.3)
    assert 0.97 * 70_000 < days.sum() <= 70_000
    assert run.by_hour("impressions")[4 * 24 + 12 :].sum() == 0
    assert run.outcomes[-1].limited_by.tolist() == [Limit.OFF] * 2


def test_nothing_runs_before_the_start_or_outside_the_dayparting() -> None:
    evenings = ("0" * 36 + "1" * 11 + "0") * 7  # 18:00 to 23:30
    start = MONDAY - 60 * NEW_YORK + DAY + 20 * HOUR + 1800
    run = new_york(group(start=start, dayparting=evenings)).hours(72)

    hourly = run.by_hour("impressions").reshape(3, 24)

    assert hourly[0].sum() == 0
    assert (hourly[1] > 0).nonzero()[0].tolist() == [20, 21, 22, 23]
    assert (hourly[2] > 0).nonzero()[0].tolist() == [18, 19, 20, 21, 22, 23]
    assert hourly[2, 23] < 0.75 * hourly[2, 22]
    assert run.by_hour("spend").reshape(3, 24).sum(axis=1)[1:] == pytest.approx(10_000, rel=0.06)


def test_a_flight_that_begins_or_ends_within_an_hour_has_that_part_of_it() -> None:
    minutes = {1: (None, 15), 2: (None, 50), 3: (40, None), 4: (10, 25)}
    now = MONDAY - 60 * NEW_YORK + 20 * HOUR
    plain = {"budget": None, "billing_event": "CPM"}
    flights = [
        group(
            key,
            start=0 if start is None else now + 60 * start,
            end=None if end is None else now + 60 * end,
            **plain,
        )
        for key, (start, end) in minutes.items()
    ]
    ads = [AdRow(key, key) for key in range(1, 6)]
    run = Run(new_york(*flights, group(5, **plain), ads=ads).plan, start=now)
    outcome = run.step()

    assert outcome.log["open"].tolist() == [250, 833, 333, 250, 1000]
    shown = np.array([average_shown(flights, ads, key, now) for key in range(4)])
    assert shown == pytest.approx([0.25, 0.833, 0.333, 0.25], abs=0.05)


def average_shown(flights: list[GroupRow], ads: list[AdRow], place: int, now: int) -> float:
    """Impressions of the flight in the hour, against those of the same group without limits."""
    both = np.zeros(2)
    always = flights[place]._replace(start=0, end=None)
    for seed in range(20):
        for at, row in enumerate((flights[place], always)):
            plan = account([row], ads=[ads[place]], seed=seed, utc_offset_minutes=NEW_YORK)
            both[at] += Run(plan, start=now).hours(1).total("impressions")
    return float(both[0] / both[1])


def test_half_hour_zones_have_hours_that_start_at_the_half_hour() -> None:
    plan = account([group(countries=("IN",), budget=3000)], utc_offset_minutes=330)
    run = Run(plan, start=MONDAY - 330 * 60).hours(24)

    assert 0.9 * 3000 < run.total("spend") <= 3000
    with pytest.raises(ValueError, match="no hour"):
        Run(plan, start=MONDAY).step()


def test_campaign_budget_optimisation_gives_the_better_group_more_and_keeps_the_total() -> None:
    campaign = CampaignRow(1, "TRAFFIC", "BUDGET_MODE_DAY", 30_000, is_budget_optimized=True)
    groups = [
        group(1, budget=None, billing_event="CPC"),
        group(2, budget=None, billing_event="CPC", countries=("CH",)),
    ]
    ads = [AdRow(1, 1, quality=1.3), AdRow(2, 2, quality=0.8)]
    run = new_york(*groups, campaigns=[campaign], ads=ads).hours(24)

    better, worse = run.per_ad("spend")

    assert better > 1.3 * worse
    assert worse > 0.1 * 30_000
    assert 0.95 * 30_000 < better + worse <= 30_000


def test_a_campaign_budget_caps_groups_that_want_more() -> None:
    campaign = CampaignRow(1, "TRAFFIC", "BUDGET_MODE_DAY", 6_000)
    run = new_york(group(1), group(2), campaigns=[campaign]).hours(24)

    assert 0.95 * 6_000 < run.total("spend") <= 6_000
    hourly = run.by_hour("spend")
    assert hourly[18:].sum() > 0.2 * 6_000  # paced, not eaten up in the morning


def test_the_better_creative_gets_more_of_the_group() -> None:
    ads = [AdRow(1, 1, quality=1.5), AdRow(2, 1, quality=0.7)]
    run = new_york(group(billing_event="CPC"), ads=ads).hours(24)

    better, worse = run.per_ad("impressions")

    assert better > 1.5 * worse > 0
