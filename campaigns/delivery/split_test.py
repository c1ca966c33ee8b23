"""Which arm of a split test won: two proportions, compared at 90 % confidence.

Arms have different people of equal number, so what they did is independent. A rate is clicks per
impression, or conversions per click; the normal approximation needs some of either to be honest.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.90  # source in docs/delivery.md
POWER = 0.80  # how often a difference as large as expected should be found
_NORMAL = NormalDist()


class Winner(StrEnum):
    A = "a"
    B = "b"
    NONE = "none"


class Verdict(NamedTuple):
    """`p_value` is how often arms alike would differ by as much; `uplift` is B's rate relative to
    A's, 0.2 for a fifth more, and None if A has no successes."""

    winner: Winner
    p_value: float
    uplift: float | None


def verdict(
    successes_a: int,
    trials_a: int,
    successes_b: int,
    trials_b: int,
    *,
    confidence: float = CONFIDENCE,
) -> Verdict:
    """Who won by a two-sided test, or nobody: too little difference, or nothing to compare yet.

    ValueError unless 0 <= successes <= trials in both arms.
    """
    if not (0 <= successes_a <= trials_a and 0 <= successes_b <= trials_b):
        raise ValueError("successes are a part of the trials")
    if not trials_a or not trials_b:
        return Verdict(Winner.NONE, 1.0, None)
    rate_a, rate_b = successes_a / trials_a, successes_b / trials_b
    together = (successes_a + successes_b) / (trials_a + trials_b)
    error = sqrt(together * (1.0 - together) * (1.0 / trials_a + 1.0 / trials_b))
    p_value = 2.0 * _NORMAL.cdf(-abs(rate_b - rate_a) / error) if error else 1.0
    uplift = rate_b / rate_a - 1.0 if successes_a else None
    if p_value >= 1.0 - confidence:
        return Verdict(Winner.NONE, p_value, uplift)
    return Verdict(Winner.B if rate_b > rate_a else Winner.A, p_value, uplift)


def advised_trials(
    rate: float, uplift: float, power: float = POWER, *, confidence: float = CONFIDENCE
) -> int:
    """Trials each arm needs for a difference of `uplift` (0.2 = a fifth more than `rate`, -0.2 a
    fifth less) to be found with that power.

    ValueError unless both rates lie between 0 and 1 and differ.
    """
    other = rate * (1.0 + uplift)
    if not (0.0 < rate < 1.0 and 0.0 < other < 1.0 and uplift):
        raise ValueError("two different rates between 0 and 1 are needed")
    mean = (rate + other) / 2.0
    chance = _NORMAL.inv_cdf(0.5 + confidence / 2.0) * sqrt(2.0 * mean * (1.0 - mean))
    effect = _NORMAL.inv_cdf(power) * sqrt(rate * (1.0 - rate) + other * (1.0 - other))
    return ceil(((chance + effect) / (other - rate)) ** 2)
