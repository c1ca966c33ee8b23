"""The same steps give the same numbers, to the last unit, on every machine and in every order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from campaigns.delivery.plan import LATE, METRICS, Plan
from campaigns.delivery.rows import AdRow, CampaignRow
from campaigns.delivery.state import State

from .practice import HOUR, MONDAY, RICH, Run, account, group

# If this changes, every account's history changes: only on purpose, and said in the release notes.
GOLDEN = "99b699d512b0fbb40a296da9af6be1701126fb6db04b145cb0c6b96146305134"

GROUPS = [
    group(1, budget=4000, billing_event="CPC"),
    group(2, countries=("US", "JP", "IN"), billing_event="CPM", optimization_goal="REACH"),
    group(3, campaign_key=2, budget=None, billing_event="OCPM", optimization_goal="CONVERT"),
    group(4, campaign_key=2, budget=None, age_groups=("AGE_18_24",), gender="GENDER_FEMALE"),
    group(5, budget=900, pacing="PACING_MODE_FAST", billing_event="CPV", countries=("NZ",)),
    group(6, budget=70_000, budget_mode="BUDGET_MODE_TOTAL", end=MONDAY + 80 * HOUR),
    group(7, billing_event="CPC", bid_type="BID_TYPE_CUSTOM", bid_micros=300_000, budget=90_000),
]
CAMPAIGNS = [
    CampaignRow(1, "TRAFFIC"),
    CampaignRow(2, "WEB_CONVERSIONS", "BUDGET_MODE_DAY", 9000, is_budget_optimized=True),
]
ADS = [AdRow(i + 1, 1 + i % 7, is_video=i % 5 != 0, duration_seconds=6.0 + i) for i in range(28)]


def mixed() -> Plan:
    return account(GROUPS, CAMPAIGNS, ADS, utc_offset_minutes=330)


def start(plan: Plan) -> int:
    return MONDAY - 60 * plan.utc_offset_minutes


def digest(run: Run) -> str:
    made = hashlib.sha256()
    for outcome in run.outcomes:
        facts = np.sort(outcome.facts, order="ordinal")
        for name in ("ordinal", *METRICS):
            made.update(np.ascontiguousarray(facts[name], "<i8").tobytes())
        for name in (each for each in LATE.names if each != "ad_ix"):
            made.update(np.ascontiguousarray(outcome.late[name], "<i8").tobytes())
        made.update(np.sort(outcome.log, order="ordinal").tobytes())
    made.update(run.state.to_bytes())
    return made.hexdigest()


def golden_run() -> str:
    """Three days of the mixed account; the wallet runs dry on the second."""
    plan = mixed()
    return digest(Run(plan, start(plan), 1_200_000_000).hours(72))


def facts_by_ordinal(run: Run) -> dict[tuple[int, int], tuple[int, ...]]:
    return {
        (hour, int(fact["ordinal"])): tuple(int(fact[name]) for name in METRICS)
        for hour, outcome in enumerate(run.outcomes)
        for fact in outcome.facts
    }


def shuffled(plan_rows: list, order: np.random.Generator) -> list:
    return [plan_rows[i] for i in order.permutation(len(plan_rows))]


def test_three_days_of_a_mixed_account_give_the_golden_digest() -> None:
    assert golden_run() == GOLDEN


def test_the_order_of_rows_carries_no_meaning() -> None:
    order = np.random.default_rng(5)
    plan = mixed()
    again = account(*(shuffled(x, order) for x in (GROUPS, CAMPAIGNS, ADS)), utc_offset_minutes=330)

    first = Run(plan, start(plan), 1_200_000_000).hours(60)
    second = Run(again, start(again), 1_200_000_000).hours(60)

    assert digest(first) == digest(second)


def test_the_keys_of_groups_and_campaigns_take_no_part_in_chance() -> None:
    far = 10**18
    groups = [g._replace(key=far - g.key, campaign_key=far + g.campaign_key) for g in GROUPS]
    campaigns = [c._replace(key=far + c.key) for c in CAMPAIGNS]
    ads = [a._replace(group_key=far - a.group_key) for a in ADS]

    first = Run(mixed(), start(mixed())).hours(30)
    second = Run(account(groups, campaigns, ads, utc_offset_minutes=330), first.start).hours(30)

    assert facts_by_ordinal(first) == facts_by_ordinal(second)


def test_a_new_ad_elsewhere_changes_nobody_and_keeps_the_state() -> None:
    first, second = Run(mixed(), start(mixed())), Run(mixed(), start(mixed()))
    first.hours(30)
    second.hours(10)
    second.plan = account(
        [*GROUPS, group(8, countries=("BR", "US"))],
        CAMPAIGNS,
        [AdRow(99, 8), *ADS],
        utc_offset_minutes=330,
    )
    second.hours(20)

    both = {key: value for key, value in facts_by_ordinal(second).items() if key[1] != 99}
    assert len(facts_by_ordinal(second)) > len(both)
    assert both == facts_by_ordinal(first)


def test_an_ad_that_leaves_and_comes_back_goes_on_where_it_stopped() -> None:
    run = Run(mixed(), start(mixed())).hours(5)
    before = run.state.ads.accrued_micros[run.state.ads.key == 28]

    run.step(plan=account(GROUPS, CAMPAIGNS, ADS[:-1], utc_offset_minutes=330))

    assert run.state.ads.accrued_micros[run.state.ads.key == 28] == before
    run.step(plan=mixed())
    assert run.state.ads.accrued_micros[run.state.ads.key == 28] > before


def test_a_run_through_bytes_after_every_hour_is_the_same_run() -> None:
    straight, stored = Run(mixed(), start(mixed())).hours(30), Run(mixed(), start(mixed()))
    for _ in range(30):
        stored.state = State.from_bytes(stored.state.to_bytes())
        stored.plan = mixed()
        stored.step()

    assert digest(straight) == digest(stored)


def test_nothing_passed_in_is_changed() -> None:
    run = Run(mixed(), start(mixed())).hours(3)
    plan, state = run.plan, run.state
    frozen = [getattr(plan, f.name) for f in fields(plan)]
    copies = [np.copy(x) if isinstance(x, np.ndarray) else x for x in frozen]
    bytes_before = state.to_bytes()

    run.step(np.full(plan.size, 0.5))

    assert state.to_bytes() == bytes_before
    assert all(np.array_equal(a, b) for a, b in zip(frozen, copies, strict=True))


def test_another_seed_is_another_world() -> None:
    plan = mixed()
    other = replace(plan, seed=plan.seed + 1)

    assert facts_by_ordinal(Run(plan, start(plan)).hours(2)) != facts_by_ordinal(
        Run(other, start(plan), RICH).hours(2)
    )


SCRIPT = "from tests.campaigns.delivery.test_determinism import golden_run; print(golden_run())"


def golden_run_elsewhere(script: str, **env: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **env},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_a_plain_processor_with_nowhere_to_keep_compiled_code_gives_the_same_digest() -> None:
    answer = golden_run_elsewhere(
        SCRIPT,
        NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4 AVX512_ICL ASIMDDP ASIMDHP SVE",
        NUMBA_CPU_NAME="generic",
        NUMBA_CACHE_LOCATOR_CLASSES="UserProvidedCacheLocator",
        NUMBA_CACHE_DIR="/dev/null/no-folder",
        PYTHONHASHSEED="7",
        TZ="Asia/Kolkata",
        LANG="C",
    )

    assert answer == GOLDEN


def test_a_machine_without_the_compiler_gives_the_same_digest() -> None:
    answer = golden_run_elsewhere(f"import sys; sys.modules['numba'] = None; {SCRIPT}")

    assert answer == GOLDEN
