"""What holds after every hour of any account, whatever its marketers do to it in mid-day."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery import funnel
from campaigns.delivery.people import Audience
from campaigns.delivery.plan import FACT, LATE, METRICS, NO_LIMIT, Billing, Limit
from campaigns.delivery.rows import CampaignRow, GroupRow

from .checkbook import Checkbook
from .practice import DAY, HOUR, Run, account, group
from .stories import Hour, Story, tell
from .test_money import BILLED
from .worlds import make_world

SEEDS = st.integers(0, 2**32 - 1)
HOURS = 30  # over a midnight, for every start
LEVELS = {
    "watched_2s": lambda d: min(2.0, d),
    "watched_6s": lambda d: min(6.0, d),
    "views_p25": lambda d: 0.25 * d,
    "views_p50": lambda d: 0.5 * d,
    "views_p75": lambda d: 0.75 * d,
    "views_p100": lambda d: d,
}


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return [tell(seed, HOURS) for seed in range(50)]


def test_the_stories_have_something_to_tell(stories: list[Story]) -> None:
    """Otherwise the tests below would hold of nothing."""
    hours = [hour for story in stories for hour in story]
    limits = np.concatenate([hour.outcome.limited_by for hour in hours])

    assert {Limit(int(code)) for code in np.unique(limits)} == set(Limit)
    assert sum(len(hour.outcome.facts) for hour in hours) > 2000
    assert sum(len(hour.outcome.late) for hour in hours) > 500
    assert sum(hour.plan.over_delivery for hour in hours) > 300
    assert len({hour.plan.micros_per_minor for hour in hours}) == 3
    assert {hour.slot % 3600 for hour in hours} == {0, 1800}


def test_counts_are_whole_and_parts_of_wholes(stories: list[Story]) -> None:
    for hour in chain(*stories):
        facts, late = hour.outcome.facts, hour.outcome.late
        assert all((facts[metric] >= 0).all() for metric in METRICS)
        assert (facts["impressions"] > 0).all()
        for part, whole in (
            ("clicks", "impressions"), ("video_views", "impressions"),
            ("profile_visits", "impressions"), ("view_conversions", "conversions"),
        ):  # fmt: skip
            assert (facts[part] <= facts[whole]).all()
        after_view = hour.column("view_conversions")
        after_click = hour.column("conversions") - after_view
        np.add.at(after_view, late["ad_ix"], late["view_conversions"])
        np.add.at(after_click, late["ad_ix"], late["conversions"] - late["view_conversions"])
        assert (after_click <= hour.column("clicks")).all()
        assert (after_view <= hour.column("watched_6s")).all()


def test_fewer_people_watch_longer_and_equal_times_are_the_same_people(
    stories: list[Story],
) -> None:
    for hour in chain(*stories):
        for fact in hour.outcome.facts:
            length = hour.world.ads[fact["ad_ix"]].duration_seconds
            seen = sorted((time(length), -int(fact[name])) for name, time in LEVELS.items())
            counts = [-count for _, count in seen]
            assert counts == sorted(counts, reverse=True)
            assert len({time for time, _ in seen}) == len(set(seen))
            assert fact["video_views"] >= counts[0]


def test_an_hour_costs_its_events_at_one_whole_price_and_fits_the_wallet(
    stories: list[Story],
) -> None:
    for hour in chain(*stories):
        for fact in hour.outcome.facts:
            billing = Billing(hour.plan.billing[fact["ad_ix"]])
            price = int(hour.outcome.log["price"][fact["ad_ix"]])
            assert price >= 1
            assert int(fact["cost_micros"]) == int(fact[BILLED[billing]]) * price
        assert hour.outcome.cost_micros <= hour.wallet_before
        assert 0 <= hour.wallet_after <= hour.wallet_before


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_cap_holds_after_every_hour_also_when_it_was_cut(seed: int) -> None:
    """Group, campaign, lifetime and, with over-delivery, week: by books of the test's own."""
    books = Checkbook()
    for hour in tell(seed, HOURS):
        books.enter(hour.plan, hour.slot, hour.outcome)
        books.check(hour.plan, hour.slot)


def test_ads_add_up_to_groups_campaigns_and_the_account(stories: list[Story]) -> None:
    for story in stories:
        books = Checkbook()
        for hour in story:
            books.enter(hour.plan, hour.slot, hour.outcome)
        minor, state = story[-1].plan.micros_per_minor, story[-1].outcome.state
        of_account = sum(hour.outcome.cost_micros for hour in story)
        for kind, ledger in (("group", state.groups), ("campaign", state.campaigns)):
            totals = dict(zip(ledger.key.tolist(), ledger.total_micros.tolist(), strict=True))
            assert totals == {key: books.cost[kind, key, None] for key in totals}
            assert sum(totals.values()) == of_account
        assert state.ads.accrued_micros.sum() == of_account
        billed = state.ads.billed_minor(minor).sum()
        assert billed == sum(hour.outcome.spend for hour in story)


def test_nothing_runs_outside_schedule_dayparting_and_switches(stories: list[Story]) -> None:
    for hour in chain(*stories):
        row_of = {row.key: row for row in hour.world.groups}
        for at, ad in enumerate(hour.world.ads):
            if seconds_open(hour, row_of[ad.group_key]) and hour.active[at]:
                continue
            assert hour.outcome.limited_by[at] == Limit.OFF
            assert at not in hour.outcome.facts["ad_ix"]
            assert at not in hour.outcome.late["ad_ix"]


def seconds_open(hour: Hour, row: GroupRow) -> int:
    """Seconds of the hour in which the group's flight and dayparting let it run."""
    total = 0
    for half in (hour.slot, hour.slot + 1800):
        number = (half + 60 * hour.plan.utc_offset_minutes) // 1800 + 3 * 48  # 1970: a Thursday
        if not row.dayparting or row.dayparting[number % 336] == "1":
            end = half + DAY if row.end is None else row.end
            total += max(0, min(end, half + 1800) - max(row.start, half))
    return total


def test_late_conversions_come_later_and_within_their_window(stories: list[Story]) -> None:
    for hour in chain(*stories):
        late, plan = hour.outcome.late, hour.plan
        group = plan.group_ix[late["ad_ix"]]
        windows = (plan.group_click_days[group], plan.group_view_days[group])
        assert (late["event_slot"] >= hour.slot + HOUR).all()
        assert (late["event_slot"] < hour.slot + DAY * np.where(late["kind"] == 0, *windows)).all()
        assert ((late["event_slot"] - hour.slot) % HOUR == 0).all()
        assert (late["conversions"] > 0).all()
        assert (late["view_conversions"] == late["conversions"] * late["kind"]).all()
        assert set(late["ad_ix"]) <= set(hour.outcome.facts["ad_ix"])
        once = {tuple(row) for row in late[["ordinal", "event_slot", "kind"]].tolist()}
        assert len(once) == len(late)


def test_people_reached_are_some_of_those_shown_and_only_become_more(
    stories: list[Story],
) -> None:
    for story in stories:
        shown: Counter[int] = Counter()
        before: Counter[tuple[int, int]] = Counter()
        for hour in story[::3]:
            plan = hour.plan
            for fact in hour.outcome.facts:
                shown[int(fact["ordinal"])] += int(fact["impressions"])
            for place, people in enumerate(plan.audience.sum(axis=1).tolist()):
                ads = plan.ordinal[plan.group_ix == place].tolist()
                reached = {ad: funnel.reach(shown[ad], people) for ad in ads}
                whole = funnel.reach(sum(shown[ad] for ad in ads), people)
                for ad, count in reached.items():
                    assert before[ad, people] <= count <= min(shown[ad], people)
                    assert (count > 0) == (shown[ad] > 0)
                    before[ad, people] = count
                assert max(reached.values(), default=0) <= whole <= sum(reached.values())


def test_nobody_is_shown_more_often_than_the_frequency_cap_allows(stories: list[Story]) -> None:
    for story in stories:
        block: Counter[tuple[int, int]] = Counter()
        for hour in story:
            plan, shown = hour.plan, hour.column("impressions")
            today = (hour.slot + 60 * plan.utc_offset_minutes) // DAY
            for place in np.flatnonzero(plan.group_frequency > 0).tolist():
                first = (int(plan.group_start[place]) + 60 * plan.utc_offset_minutes) // DAY
                days = (place, (today - first) // int(plan.group_frequency_days[place]))
                block[days] += int(shown[plan.group_ix == place].sum())
                half = int(plan.group_frequency[place]) * int(plan.audience[place].sum()) // 2
                assert block[days] <= half  # half of the people are found


def test_the_last_impressions_of_a_frequency_cap_are_counted_one_by_one() -> None:
    """A list of few people, whom one busy hour could show more than the cap leaves."""
    rows = [
        group(
            key, included=(Audience("CUSTOM", 40 + key),), billing_event="CPM",
            optimization_goal="REACH", budget=None, frequency_cap=1, frequency_days=7,
        )
        for key in range(1, 31)
    ]  # fmt: skip
    run = Run(account(rows, [CampaignRow(1, "REACH")])).hours(72)
    shown = run.per_ad("impressions").reshape(30, 2).sum(axis=1)
    room = run.plan.audience.sum(axis=1) // 2

    assert (shown <= room).all()
    assert (shown == room).sum() > 10


def test_no_money_is_ever_a_float() -> None:
    plan = make_world(1).plan()
    sums = ("group_daily_micros", "group_lifetime_micros", "campaign_daily_micros", "bid_micros",
            "campaign_lifetime_micros", "fixed_price", "value_micros")  # fmt: skip

    assert {FACT[name] for name in FACT.names} == {np.dtype(np.int64)}
    assert {LATE[name] for name in LATE.names} == {np.dtype(np.int64)}
    assert all(getattr(plan, name).dtype == np.int64 for name in sums)
    assert NO_LIMIT < 2**63
