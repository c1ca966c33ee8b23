"""The engine against simulators that draw every auction: simulated impressions per second.

The same question: what do these ads get in this evening hour, given what they bid and how often
they may? Not the same work: the engine samples counts of an hour in closed form, the simulators
(`_events`) draw each competing price, and for each auction won the price paid, click, conversion,
how long somebody watches, engagement and profile visit. Both are given the hour's auctions, price
level and bids; pacing and caps are timed in the engine only, against itself. The simulators run a
sample of the ads, the engine the whole account; the faster simulator is the baseline.

That both answer alike is asserted: over many seeds the means of impressions, clicks, views,
likes, profile visits and cost agree within three standard errors. Conversions are drawn but not
compared: the engine spreads them over windows and delays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import NormalDist
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks import _size
from campaigns.delivery import auction
from campaigns.delivery.engine import simulate
from campaigns.delivery.plan import METRICS, Outcome, Plan
from campaigns.delivery.state import State

from ._events import COUNTED, AdHour, at_a_time, one_by_one
from ._figures import figure
from ._plans import START, WALLET, build

ADS = 1000
PURE = True
EVENING = START + 20 * 3600
Asked = tuple[Any, Any, Any]  # hour, demand, won of `auction.run`
Sampler = Callable[[AdHour], list[int]]


def main() -> Iterable[dict[str, Any]]:
    seeds, sample = _size.pick(quick=(12, 20), usual=(60, 40))
    plan = build(ADS)
    plain, arrays = random.Random(5), np.random.default_rng(5)
    samplers: dict[str, Sampler] = {
        "python": lambda hour: one_by_one(hour, plain),
        "numpy": lambda hour: at_a_time(hour, arrays),
    }
    seconds = dict.fromkeys(samplers, 0.0)
    counts: dict[str, list[np.ndarray]] = {name: [] for name in ("engine", *samplers)}
    engine_speeds = []
    for seed in range(seeds):
        seeded = replace(plan, seed=seed)
        with asked_of_the_auction() as asked:
            whole, taken = _timed(lambda: _hour(seeded))  # noqa: B023 - called at once
        engine_speeds.append(whole.facts["impressions"].sum() / taken)
        chosen = _sample(seeded, asked[0], sample)
        counts["engine"].append(_counts(seeded, whole)[list(chosen)])
        for name, sampler in samplers.items():
            drawn, taken = _timed(lambda: [sampler(each) for each in chosen.values()])  # noqa: B023
            seconds[name] += taken
            counts[name].append(np.array(drawn))
    shown = {name: sum(each[:, 0].sum() for each in counts[name]) for name in samplers}
    speeds = {name: float(shown[name] / seconds[name]) for name in samplers}
    for name in samplers:
        agree(np.array(counts["engine"]), np.array(counts[name]), name)
    engine, loop = float(np.median(engine_speeds)), max(speeds.values())
    yield figure("engine_against_event_loop", engine, loop, engine / loop, "impressions/s")
    for name, speed in speeds.items():
        title = f"engine_against_event_loop_in_{name}"
        yield figure(title, engine, speed, engine / speed, "impressions/s")


def agree(engine: np.ndarray, events: np.ndarray, name: str) -> None:
    """[seed, ad, metric] counts have the same means, within three standard errors."""
    for place, metric in enumerate(COUNTED):
        off = (engine - events)[:, :, place].sum(axis=1)
        error = off.std(ddof=1) / len(off) ** 0.5
        assert abs(off.mean()) <= 3 * error, (
            f"{metric} by {name}: {off.mean():.4g} apart, standard error {error:.4g}"
        )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    answer = work()
    return answer, perf_counter() - began


def _hour(plan: Plan) -> Outcome:
    outcome = simulate(
        plan,
        State.empty(),
        slot_start=EVENING,
        active=np.ones(plan.size),
        spendable_micros=WALLET,
    )
    assert len(outcome.facts) >= 0.9 * plan.size
    return outcome


@contextmanager
def asked_of_the_auction() -> Iterator[list[Asked]]:
    """What the engine's auction was given and answered while this lasts."""
    run, asked = auction.run, []

    def noted(plan: Plan, hour: Any, demand: Any) -> Any:
        won = run(plan, hour, demand)
        asked.append((hour, demand, won))
        return won

    auction.run = noted
    try:
        yield asked
    finally:
        auction.run = run


def _sample(plan: Plan, asked: Asked, most: int) -> dict[int, AdHour]:
    """The hour of the first video ads, by their place in the plan.

    Budgets on the way are not what is compared, so ads that bid for all they can win or throttle.
    """
    hour, demand, won = asked
    level = auction.log_level(plan, hour)
    found: dict[int, AdHour] = {}
    for place, ad in enumerate(demand.rows.tolist()):
        if len(found) == most:
            break
        if not plan.is_video[ad]:
            continue
        group = plan.group_ix[ad]
        spread = float(plan.group_sigma[group])
        median = float(level[group] + np.log(plan.price_factor[ad]))
        far = NormalDist().inv_cdf(float(won.win[place]))
        cpm = np.exp(median + spread * spread / 2) * NormalDist().cdf(far - spread)
        cpm /= won.win[place]
        most_won = won.auctions[place] * won.win[place]
        throttle = min(1.0, float(demand.target[place] * 1000 / cpm / most_won))
        found[ad] = AdHour(
            auctions=float(won.auctions[place]) * throttle,
            log_median=median,
            spread=spread,
            log_bid=median + spread * far,
            ctr=float(plan.ctr[ad] * demand.tired[place]),
            cvr=float(plan.cvr[ad]),
            watching=_watching(plan, ad),
            rank=tuple(plan.view_rank[:, ad].tolist()),
            engagement=tuple(plan.engagement[:, ad].tolist()),
            profile_rate=float(plan.profile_rate[ad]),
        )
    return found


def _watching(plan: Plan, ad: int) -> tuple[float, ...]:
    """Shares still watching, from the conditional chances of the plan."""
    t = plan.view_chance[:, ad].tolist()
    s3 = t[0]
    s1 = s3 + t[1] * (1 - s3)
    s5 = t[2] * s3
    s0 = s1 + t[3] * (1 - s1)
    s2 = s3 + t[4] * (s1 - s3)
    s4 = s5 + t[5] * (s3 - s5)
    return s0, s1, s2, s3, s4, s5, t[6] * s5


def _counts(plan: Plan, outcome: Outcome) -> np.ndarray:
    """[ad of the plan, COUNTED]."""
    whole = np.zeros((plan.size, len(COUNTED)), np.int64)
    assert set(COUNTED) <= set(METRICS)
    for place, name in enumerate(COUNTED):
        whole[outcome.facts["ad_ix"], place] = outcome.facts[name]
    return whole
