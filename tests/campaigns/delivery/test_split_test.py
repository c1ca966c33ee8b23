"""A split test finds a winner where there is one, and seldom where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from campaigns.delivery.rows import AdRow, Split
from campaigns.delivery.split_test import Verdict, Winner, advised_trials, verdict

from .practice import Run, account, group

TESTS = 100  # run side by side in one account
UPLIFT = 0.2


def arms_of(seed: int, *, quality: float = 1.0) -> Run:
    """Split tests of the same film twice, but B's is better by `quality`: A, B, A, B, ..."""
    groups = [
        group(2 * test + arm + 1, split=Split(test + 1), budget=30_000, billing_event="CPM")
        for test in range(TESTS)
        for arm in (0, 1)
    ]
    ads = [AdRow(row.key, row.key, quality=1.0 if row.key % 2 else quality) for row in groups]
    plan = account(groups, ads=ads, seed=seed)
    return Run(replace(plan, ctr=np.repeat(plan.ctr[::2], 2) * np.tile((1, quality), TESTS)))


def by_hour(run: Run, metric: str) -> np.ndarray:
    """[hour, test, arm], what was delivered up to the end of the hour."""
    found = np.zeros((len(run.outcomes), run.plan.size), np.int64)
    for hour, outcome in enumerate(run.outcomes):
        found[hour, outcome.facts["ad_ix"]] = outcome.facts[metric]
    return found.cumsum(axis=0).reshape(-1, TESTS, 2)


def verdicts(run: Run, hours: np.ndarray) -> Iterator[Verdict]:
    """Of each test at the end of its hour, by clicks per impression."""
    shown, clicked = by_hour(run, "impressions"), by_hour(run, "clicks")
    for test, hour in enumerate(hours):
        (a, b), (of_a, of_b) = clicked[hour, test].tolist(), shown[hour, test].tolist()
        yield verdict(a, of_a, b, of_b)


def test_arms_alike_differ_in_one_test_out_of_ten() -> None:
    found = [
        each.winner
        for seed in range(16)
        for each in verdicts(arms_of(seed).hours(24), np.full(TESTS, 23))
    ]

    assert 0.08 < 1 - found.count(Winner.NONE) / len(found) < 0.12
    assert found.count(Winner.A) == pytest.approx(found.count(Winner.B), rel=0.4)


def test_a_fifth_more_clicks_are_found_at_the_advised_number_of_impressions() -> None:
    found = []
    for seed in range(4):
        run = arms_of(seed, quality=1 + UPLIFT).hours(72)
        advised = [advised_trials(rate, UPLIFT) for rate in run.plan.ctr[::2]]
        enough = by_hour(run, "impressions").min(axis=2) >= advised
        ready = enough[-1]
        hours = enough.argmax(axis=0)
        found += [each for each, is_ready in zip(verdicts(run, hours), ready, strict=True)
                  if is_ready]  # fmt: skip

    assert len(found) > 0.9 * 4 * TESTS
    won = [each for each in found if each.winner is Winner.B]
    assert len(won) >= 0.8 * len(found)
    assert np.median([each.uplift for each in found]) == pytest.approx(UPLIFT, abs=0.03)


def test_the_verdict_names_who_is_better_how_sure_that_is_and_by_how_much() -> None:
    better = verdict(100, 10_000, 130, 10_000)

    assert better.winner is Winner.B
    assert better.uplift == pytest.approx(0.3)
    assert better.p_value == pytest.approx(0.0465, abs=0.0005)
    assert verdict(130, 10_000, 100, 10_000).winner is Winner.A
    assert verdict(100, 10_000, 120, 10_000).winner is Winner.NONE
    assert verdict(100, 10_000, 130, 10_000, confidence=0.99).winner is Winner.NONE


@pytest.mark.parametrize("arms", [(0, 0, 0, 0), (0, 0, 5, 100), (0, 100, 0, 100), (9, 9, 9, 9)])
def test_where_nothing_can_be_compared_nobody_wins(arms: tuple[int, int, int, int]) -> None:
    found = verdict(*arms)

    assert (found.winner, found.p_value) == (Winner.NONE, 1.0)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="part of the trials"):
        verdict(11, 10, 1, 10)
    for rate, uplift in ((0.0, 0.2), (0.01, 0.0), (0.9, 0.2), (0.01, -1.0)):
        with pytest.raises(ValueError, match="rates"):
            advised_trials(rate, uplift)


def test_small_differences_small_rates_and_more_certainty_need_more_people() -> None:
    usual = advised_trials(0.0084, 0.2)

    assert usual == pytest.approx(40_000, rel=0.05)
    assert advised_trials(0.0084, 0.1) > 3.5 * usual
    assert advised_trials(0.0042, 0.2) > 1.9 * usual
    assert advised_trials(0.0084, 0.2, power=0.9) > 1.3 * usual
    assert advised_trials(0.0084, 0.2, confidence=0.95) > 1.2 * usual
