"""How work is shared out, what else exists and where it runs changes nobody's numbers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from campaigns.delivery import chance
from campaigns.delivery.chance import Draw
from campaigns.delivery.conversions import CLICK_DELAYS
from campaigns.delivery.plan import METRICS, Plan
from campaigns.delivery.rows import AdRow
from campaigns.delivery.state import State

from .practice import Run
from .test_determinism import digest, golden_run
from .worlds import make_world

ACCOUNTS, HOURS = 50, 10
PRINT = "from tests.campaigns.delivery.test_independence import backwards; print(backwards())"


class Account:
    """One account whose state is kept as bytes between batches, as workers do."""

    def __init__(self, seed: int) -> None:
        world = make_world(seed)
        self.run = Run(world.plan(), world.start, world.wallet_micros)

    def deliver(self, hours: int) -> None:
        self.run.state = State.from_bytes(self.run.state.to_bytes())
        self.run.hours(hours)


def deliver(seeds: list[int], batches: list[int]) -> dict[int, str]:
    """A worker with these accounts, which takes so many hours of each at a time."""
    accounts = {seed: Account(seed) for seed in seeds}
    for hours in batches:
        for account in accounts.values():
            account.deliver(hours)
    return {seed: digest(account.run) for seed, account in accounts.items()}


@pytest.fixture(scope="module")
def expected() -> dict[int, str]:
    return deliver(list(range(ACCOUNTS)), [HOURS])


@pytest.mark.parametrize("shards", [1, 2, 7, ACCOUNTS])
def test_shards_orders_and_batches_make_no_difference(
    expected: dict[int, str], shards: int
) -> None:
    dice = Random(shards)
    seeds = dice.sample(range(ACCOUNTS), ACCOUNTS)
    found: dict[int, str] = {}
    for shard in dice.sample(range(shards), shards):
        first = dice.randrange(HOURS + 1)
        found |= deliver(seeds[shard::shards], [first, HOURS - first])

    assert found == expected
    assert len(set(found.values())) > 0.9 * ACCOUNTS


def two_digests(seeds: Sequence[int] = range(6)) -> str:
    """Of some accounts, in this order: each by itself and with the market of the next; and of the
    golden run."""
    found = {}
    for seed in seeds:
        for market, world in enumerate((make_world(seed), make_world((seed + 1) % 6))):
            row = world.account._replace(seed=seed)
            run = Run(replace(world, account=row).plan(), world.start, world.wallet_micros)
            found[seed, market] = digest(run.hours(HOURS))
    together = "".join(found[each] for each in sorted(found))
    return hashlib.sha256(together.encode()).hexdigest() + " " + golden_run()


def backwards() -> str:
    return two_digests(range(5, -1, -1))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"PYTHONHASHSEED": "0", "TZ": "America/Los_Angeles", "LANG": "de_DE.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8"},
    ],
)
def test_neither_hashes_nor_time_zone_nor_language_nor_who_came_before_matter(
    elsewhere: dict[str, str],
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PRINT],
        env={**os.environ, **elsewhere},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == two_digests()


def columns(run: Run, *left_out: str) -> list[list[tuple[int, ...]]]:
    names = [name for name in ("ordinal", *METRICS) if name not in left_out]
    return [[tuple(int(fact[n]) for n in names) for fact in o.facts] for o in run.outcomes]


def test_another_metric_takes_new_draws_and_moves_no_old_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world(5)
    before = digest(Run(world.plan(), world.start, world.wallet_micros).hours(HOURS))
    monkeypatch.setattr(chance, "HOUR_DRAWS", chance.HOUR_DRAWS + 9)

    assert digest(Run(world.plan(), world.start, world.wallet_micros).hours(HOURS)) == before


@pytest.mark.parametrize(
    ("column", "metrics"),
    [
        ("engagement", ("likes", "comments", "shares", "follows")),
        ("profile_rate", ("profile_visits",)),
        ("cvr", ("conversions", "conversion_value_micros", "view_conversions")),
    ],
)
def test_a_metric_that_is_not_sampled_leaves_all_others_as_they_are(
    column: str, metrics: tuple[str, ...]
) -> None:
    """Conversions feed back only into what learns, so nothing here does."""
    plan = replace(rich(3), learns=np.zeros(rich(3).size, np.bool_))
    without = replace(plan, **{column: np.zeros_like(getattr(plan, column))})

    whole, part = Run(plan, rich_start(3)).hours(24), Run(without, rich_start(3)).hours(24)

    assert sum(part.total(metric) for metric in metrics) == 0
    assert sum(whole.total(metric) for metric in metrics) > 0
    assert columns(whole, *metrics) == columns(part, *metrics)


def rich(seed: int) -> Plan:
    return replace(make_world(seed).plan(), cvr=np.full(len(make_world(seed).ads), 0.1))


def rich_start(seed: int) -> int:
    return make_world(seed).start


def test_another_ad_in_a_group_of_its_own_changes_nobody() -> None:
    """Unless they share money, people or a campaign's budget, of which there is enough here."""
    world = replace(make_world(8), wallet_micros=10**15)
    group = world.groups[0]._replace(key=999, campaign_key=999, countries=("KR",))
    campaign = world.campaigns[0]._replace(key=999)
    more = replace(
        world,
        campaigns=(campaign, *world.campaigns),
        groups=(*world.groups, group),
        ads=(AdRow(77, 999), *world.ads),
    )

    def facts(run: Run) -> dict[tuple[int, int], tuple[int, ...]]:
        return {
            (hour, int(fact["ordinal"])): tuple(int(fact[name]) for name in METRICS)
            for hour, outcome in enumerate(run.outcomes)
            for fact in outcome.facts
            if fact["ordinal"] != 77
        }

    alone = Run(world.plan(), world.start, world.wallet_micros).hours(24)
    beside = Run(more.plan(), world.start, world.wallet_micros).hours(24)
    assert facts(alone) == facts(beside) != {}
    assert beside.total("impressions") > alone.total("impressions")


def test_draws_have_numbers_of_their_own_for_ever() -> None:
    """Whoever gives one away changes every account's history."""
    longest = CLICK_DELAYS.size
    ranges = [range(draw, draw + (longest if draw >= 60 else 1)) for draw in Draw]
    frozen = {
        "NOISE": 0, "IMPRESSIONS": 1, "LEARNING": 2, "TURN": 4, "VIEW_MIDDLE": 8, "CLICKS": 9,
        "PROFILE": 10, "VIEW_LOW": 11, "VIEW_HIGH": 12, "CONVERSIONS": 13, "VIEW_0": 14,
        "VIEW_2": 15, "VIEW_4": 16, "VIEW_6": 17, "LIKES": 18, "COMMENTS": 19, "SHARES": 20,
        "FOLLOWS": 21, "VIEW_THROUGH": 22, "CREATIVE_CTR": 40, "CREATIVE_CVR": 41,
        "CREATIVE_HOOK": 42, "CREATIVE_ENGAGEMENT": 43, "CREATIVE_PRICE": 44, "MARKET": 50,
        "CLICK_DELAYS": 60, "VIEW_DELAYS": 132,
    }  # fmt: skip

    assert len(Draw.__members__) == len(set(Draw)) == len(list(Draw))
    assert {name: int(Draw[name]) for name in frozen} == frozen
    assert len({each for one in ranges for each in one}) == sum(map(len, ranges))
