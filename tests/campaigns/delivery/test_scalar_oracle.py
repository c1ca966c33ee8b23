"""The vectorised engine against the same formulas in plain Python: equal to the last bit."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery import auction, chance, conversions, funnel, numeric
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import METRICS, Plan

from . import scalar, scalar_ad
from .scalar_ad import AdHour, Arrived
from .worlds import World, make_world

SEEDS = st.integers(0, 2**32 - 1)
EDGES = [2.0**-53, 1 - 2.0**-53, 0.5, 0.075, 0.925, 0.0749999, 0.9250001]
SAMPLED = (
    "impressions", "clicks", "video_views", "watched_2s", "watched_6s", "views_p25", "views_p50",
    "views_p75", "views_p100", "likes", "comments", "shares", "follows", "profile_visits",
)  # fmt: skip


def bits(values: object) -> list[str]:
    return [float(value).hex() for value in values]  # type: ignore[attr-defined]


@given(SEEDS, st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=30), st.integers())
def test_streams_and_uniforms(seed: int, things: list[int], slot: int) -> None:
    streams = chance.keys(seed, np.array(things, np.int64), slot)
    draws = chance.uniforms(streams, 5, 3)

    mine = [scalar.stream(seed, thing % 2**64, slot) for thing in things]
    assert streams.tolist() == mine
    for row, draw in enumerate((5, 6, 7)):
        assert bits(draws[row]) == bits(scalar.uniform(each, draw) for each in mine)


@given(SEEDS)
def test_exponential_logarithm_and_the_normal_distribution(seed: int) -> None:
    dice = random.Random(seed)
    x = [dice.uniform(-800, 800) for _ in range(40)] + [dice.gauss(0, 2) for _ in range(40)]
    positive = [2.0 ** dice.uniform(-1000, 1000) for _ in range(60)]
    u = [dice.random() or 0.5 for _ in range(60)] + [2.0 ** -dice.uniform(1, 53)] + EDGES

    assert bits(numeric.exp(np.array(x))) == bits(map(scalar.exp, x))
    assert bits(numeric.log(np.array(positive))) == bits(map(scalar.log, positive))
    assert bits(numeric.ndtr(np.array(x) / 100)) == bits(scalar.ndtr(each / 100) for each in x)
    assert bits(numeric.ndtri(np.array(u))) == bits(map(scalar.ndtri, u))


@given(SEEDS)
def test_poisson_and_binomial(seed: int) -> None:
    dice = random.Random(seed)
    size = 150
    u = [dice.random() or 0.5 for _ in range(size - len(EDGES))] + EDGES
    means = [dice.choice((0.0, 12.0, 10.0 ** dice.uniform(-4, 6))) for _ in u]
    trials = [dice.choice((0, 1, int(10 ** dice.uniform(0, 7)))) for _ in u]
    p = [dice.choice((0.0, 1.0, 0.5, dice.random(), 10 ** dice.uniform(-6, 0))) for _ in u]

    shown = chance.poisson(np.array(u), np.array(means))
    parts = chance.binomial(np.array(u), np.array(trials, np.float64), np.array(p))

    assert shown.tolist() == list(map(scalar.poisson, u, means))
    assert parts.tolist() == list(map(scalar.binomial, u, trials, p))


def test_counts_about_the_change_of_method_and_at_the_edge_of_rounding() -> None:
    """The last digits of the method for large means show in one count out of ten thousand."""
    dice = random.Random(12)
    size = 60_000
    u = [dice.random() or 0.5 for _ in range(size)]
    means = [dice.uniform(9, 30) for _ in u]
    p = [dice.choice((0.5, 0.3, 0.02)) for _ in u]
    trials = [round(mean / part) for mean, part in zip(means, p, strict=True)]

    shown = chance.poisson(np.array(u), np.array(means))
    parts = chance.binomial(np.array(u), np.array(trials, np.float64), np.array(p))

    assert shown.tolist() == list(map(scalar.poisson, u, means))
    assert parts.tolist() == list(map(scalar.binomial, u, trials, p))


class Hour:
    """Random demand for every ad of a random account, in the form of both engines."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)
        self.world: World = make_world(seed)
        plan = self.plan = self.world.plan()
        self.hour = LocalHour.at(self.world.start, plan.utc_offset_minutes)
        self.rows = np.arange(plan.size)
        self.streams = chance.keys(plan.seed, plan.ordinal, self.hour.slot)
        self.draws = chance.uniforms(self.streams, 0, chance.HOUR_DRAWS)
        self.minutes = np.array([10 ** dice.uniform(0, 11) for _ in self.rows])
        self.target = np.rint([10 ** dice.uniform(0, 12) for _ in self.rows])
        self.tired = np.array([dice.choice((1.0, dice.uniform(0.2, 1))) for _ in self.rows])
        self.learned = np.array([dice.choice((1.0, dice.uniform(0.3, 2))) for _ in self.rows])
        self.level = auction.log_level(plan, self.hour)

    def ad(self, at: int) -> AdHour:
        plan: Plan = self.plan
        group = plan.group_ix[at]
        return AdHour(
            stream=int(self.streams[at]),
            **{
                name: getattr(plan, name)[at].item()
                for name in (
                    "billing", "bid_control", "bid_micros", "fixed_price", "bid_rate", "bill_rate",
                    "ctr", "cvr", "value_micros", "is_video", "profile_rate", "price_factor",
                )
            },
            view_chance=tuple(plan.view_chance[:, at].tolist()),
            view_rank=tuple(plan.view_rank[:, at].tolist()),
            engagement=tuple(plan.engagement[:, at].tolist()),
            sigma=plan.group_sigma[group].item(),
            log_level=self.level[group].item(),
            attention=plan.group_attention[group].item(),
            click_days=plan.group_click_days[group].item(),
            view_days=plan.group_view_days[group].item(),
            people_minutes=self.minutes[at].item(),
            target=self.target[at].item(),
            tired=self.tired[at].item(),
            learned=self.learned[at].item(),
        )  # fmt: skip

    @property
    def won(self) -> auction.Won:
        demand = auction.Demand(self.rows, self.draws, self.minutes, self.target, self.tired)
        return auction.run(self.plan, self.hour, demand)

    def arrived(self, known: conversions.Known, at: int) -> list[tuple[int, ...]]:
        """What the vectorised engine says of one ad, in the oracle's form."""
        late = known.late[known.late["ad_ix"] == at]
        rows = [
            (int(row["kind"]), (int(row["event_slot"]) - self.hour.start) // 3600,
             int(row["conversions"]), int(row["conversion_value_micros"]))
            for row in late
        ]  # fmt: skip
        return sorted(rows)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_auctions(seed: int) -> None:
    hour = Hour(seed)
    won = hour.won

    for at in hour.rows.tolist():
        mine = scalar_ad.auction(hour.ad(at))
        assert won.impressions[at].item().hex() == mine.mean_impressions.hex()
        assert won.price[at] == mine.price
        assert won.win[at].item().hex() == mine.win.hex()


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_funnel_of_an_ads_hour(seed: int) -> None:
    hour = Hour(seed)
    shown = np.minimum(hour.won.impressions, 1e9)

    counts = funnel.sample(hour.plan, hour.rows, hour.draws, shown, hour.tired)

    later = set(METRICS) - set(SAMPLED)  # conversions and money
    for at in hour.rows.tolist():
        mine = scalar_ad.funnel(hour.ad(at), shown[at].item())
        found = dict(zip(METRICS, counts[:, at].tolist(), strict=True))
        assert found == mine | dict.fromkeys(later, 0)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_conversions_by_delay(seed: int) -> None:
    hour, dice = Hour(seed), random.Random(seed)
    clicks = np.array([dice.choice((0, 3, int(10 ** dice.uniform(0, 5)))) for _ in hour.rows])
    views = np.array([dice.choice((0, 9, int(10 ** dice.uniform(0, 6)))) for _ in hour.rows])
    trials = conversions.Trials(
        hour.rows, hour.draws, hour.streams, clicks, views, learned=hour.learned
    )

    known = conversions.sample(hour.plan, hour.hour, trials)

    for at in hour.rows.tolist():
        mine = scalar_ad.conversions(hour.ad(at), int(clicks[at]), int(views[at]))
        at_once = [each for each in mine if each.delay == 0]
        assert known.conversions[at] == sum(each.number for each in at_once)
        assert known.view_conversions[at] == sum(each.number for each in at_once if each.kind)
        assert known.value_micros[at] == sum(each.value for each in at_once)
        assert hour.arrived(known, at) == sorted(each for each in mine if each.delay)
        assert_within_windows(hour.ad(at), mine)


def assert_within_windows(ad: AdHour, found: list[Arrived]) -> None:
    for each in found:
        days = ad.view_days if each.kind else ad.click_days
        assert each.delay < 24 * days
