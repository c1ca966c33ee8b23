"""Own arithmetic and samplers: right, and built only from exact operations."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from campaigns.delivery import chance, numeric

NORMAL = NormalDist()


def test_exp_and_log_agree_with_the_library() -> None:
    x = np.linspace(-60, 60, 4001)

    assert np.allclose(numeric.exp(x), np.exp(x), rtol=1e-10, atol=0)
    assert np.allclose(numeric.log(np.exp(x)), x, rtol=1e-10, atol=1e-12)
    assert numeric.exp(np.array([-1e9, 0.0])).tolist() == [math.exp(-700), 1.0]


def test_the_normal_distribution_and_its_inverse_agree_with_the_library() -> None:
    z = np.linspace(-6, 6, 2001)
    u = np.concatenate((np.linspace(0.001, 0.999, 999), [2.0**-54, 1 - 2.0**-53]))

    assert np.abs(numeric.ndtr(z) - [NORMAL.cdf(v) for v in z]).max() < 1e-7
    assert np.abs(numeric.ndtri(u) - [NORMAL.inv_cdf(v) for v in u]).max() < 1e-4
    assert np.allclose(numeric.ndtri(u)[:999], [NORMAL.inv_cdf(v) for v in u[:999]], atol=1e-6)


def test_the_generator_is_splitmix64() -> None:
    x = np.array([0], np.uint64)
    sequence = []
    for step in range(1, 4):
        sequence.append(int(chance._mix(x + np.uint64(step * chance._GAMMA % 2**64))[0]))

    assert sequence == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_uniforms_stay_inside_and_depend_on_every_part_of_their_key() -> None:
    draws = chance.hour_draws(1, np.arange(20_000), 5)

    assert 0 < draws.min() < 1e-4
    assert 1 - 1e-4 < draws.max() < 1
    assert abs(draws.mean() - 0.5) < 0.002
    for other in (
        chance.hour_draws(2, np.arange(20_000), 5),
        chance.hour_draws(1, np.arange(20_000), 6),
    ):
        assert abs(np.corrcoef(draws[1], other[1])[0, 1]) < 0.03
    assert abs(np.corrcoef(draws[1, 1:], draws[1, :-1])[0, 1]) < 0.03
    assert abs(np.corrcoef(draws[1], draws[2])[0, 1]) < 0.03


def _chi_square(counts: np.ndarray, probability: list[float]) -> float:
    """Normal score of the chi-square of observed counts against probabilities, rare ones pooled."""
    observed, expected, o, e = [], [], 0.0, 0.0
    seen = np.bincount(counts.astype(np.int64), minlength=len(probability))
    for count, p in zip(seen, probability, strict=False):
        o, e = o + count, e + p * len(counts)
        if e > 20:
            observed.append(o)
            expected.append(e)
            o = e = 0.0
    free = len(observed) - 1
    chi = sum((a - b) ** 2 / b for a, b in zip(observed, expected, strict=True))
    return ((chi / free) ** (1 / 3) - (1 - 2 / (9 * free))) / math.sqrt(2 / (9 * free))


DRAWS = 1_000_000


@pytest.mark.parametrize("mean", [0.02, 0.7, 4.0, 11.9, 12.1, 40.0, 900.0])
def test_poisson_counts_have_the_right_distribution(mean: float) -> None:
    u = chance.uniforms(chance.keys(3, np.arange(DRAWS), int(mean * 100)), 0)[0]
    probability = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(1200)]

    counts = chance.poisson(u, np.full(DRAWS, mean))

    assert abs(counts.mean() - mean) < 4 * math.sqrt(mean / DRAWS)
    assert abs(counts.var() / mean - 1) < 4 * math.sqrt((2 + 1 / mean) / DRAWS)
    assert _chi_square(counts, probability) < 3.7


@pytest.mark.parametrize(
    ("trials", "p"),
    [(3, 0.3), (200, 0.004), (60, 0.1), (40, 0.31), (25, 0.5), (1000, 0.33), (200, 0.97), (9, 0.9)],
)
def test_binomial_counts_have_the_right_distribution(trials: int, p: float) -> None:
    u = chance.uniforms(chance.keys(4, np.arange(DRAWS), trials), 0)[0]
    probability = [math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(trials + 1)]

    counts = chance.binomial(u, np.full(DRAWS, float(trials)), np.full(DRAWS, p))

    assert abs(counts.mean() - trials * p) < 4 * math.sqrt(trials * p * (1 - p) / DRAWS)
    assert abs(counts.var() / (trials * p * (1 - p)) - 1) < 4 * math.sqrt(2.5 / DRAWS)
    assert _chi_square(counts, probability) < 3.7


def test_binomial_counts_are_exact_at_the_ends() -> None:
    u = chance.uniforms(chance.keys(5, np.arange(1000), 1), 0)[0]
    trials = np.repeat([0.0, 1.0, 7.0, 5000.0], 250)

    assert (chance.binomial(u, trials, np.zeros(1000)) == 0).all()
    assert (chance.binomial(u, trials, np.ones(1000)) == trials).all()
    some = chance.binomial(u, trials, np.full(1000, 0.6))
    assert ((some >= 0) & (some <= trials) & (some == np.rint(some))).all()


def test_a_count_does_not_depend_on_the_others_in_its_batch() -> None:
    u = chance.uniforms(chance.keys(6, np.arange(500), 1), 0)[0]
    trials, p = np.arange(500.0), np.linspace(0, 1, 500)

    together = chance.binomial(u, trials, p)
    alone = [chance.binomial(u[i : i + 1], trials[i : i + 1], p[i : i + 1])[0] for i in range(500)]

    assert together.tolist() == alone
