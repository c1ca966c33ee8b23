"""One number at a time, compiled: exp, log, the normal distribution and the samplers of counts.

The formulas of `numeric`, and from exact IEEE operations only as there: no fast-math, no fused
multiply-add, so the bits are the same on every machine. Only `kernel` uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

try:
    import numba
except ImportError:  # there is none for this machine: the same in plain Python, which takes longer
    njit: Any = None
else:
    njit = numba.njit

_Function = TypeVar("_Function", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"error_model": "numpy", "fastmath": False, "nogil": True}


def part(function: _Function) -> _Function:
    made: _Function = njit(**OPTIONS)(function) if njit else function
    return made


GAMMA = np.uint64(0x9E3779B97F4A7C15)
_EXP = tuple(1.0 / f for f in (362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1))
_LOG = tuple(2.0 / odd for odd in (13, 11, 9, 7, 5, 3, 1))
_TAIL = (1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0.0)
_A = (5.9109374720e1, 1.5929113202e2, 5.0434271938e1, 3.3871327179e0)
_B = (6.7187563600e1, 7.8757757664e1, 1.7895169469e1, 1.0)
_C = (1.7023821103e-1, 1.3067284816e0, 2.7568153900e0, 1.4234372777e0)
_D = (1.2021132975e-1, 7.3700164250e-1, 1.0)


@part
def _horner(x: float, coefficients: tuple[float, ...]) -> float:
    result = x * coefficients[0]
    for i in range(1, len(coefficients) - 1):
        result = (result + coefficients[i]) * x
    return result + coefficients[len(coefficients) - 1]


@part
def exp(x: float) -> float:
    x = min(max(x, -700.0), 700.0)
    k = np.rint(x * 1.4426950408889634)
    # the first part of ln 2 is exact in few bits, so k times it is exact
    rest = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10
    scale = np.int64((np.int64(k) + 1023) << 52).view(np.float64)
    return _horner(rest, _EXP) * scale


@part
def log(x: float) -> float:
    bits = np.float64(x).view(np.int64)
    exponent = (bits - 0x3FE6A09E667F3BCD) >> 52  # so that the mantissa is about 1
    mantissa = np.int64(bits - (exponent << 52)).view(np.float64)
    s = (mantissa - 1.0) / (mantissa + 1.0)
    whole = np.float64(exponent)
    small = s * _horner(s * s, _LOG) + whole * 1.90821492927058770002e-10
    return whole * 0.693147180369123816490 + small


@part
def ndtr(z: float) -> float:
    size = min(abs(z), 8.0)
    tail = _horner(1.0 / (1.0 + 0.2316419 * size), _TAIL) * exp(-0.5 * size * size)
    tail *= 0.3989422804014327
    return 1.0 - tail if z > 0 else tail


@part
def ndtri(u: float) -> float:
    q = u - 0.5
    r = 0.180625 - q * q
    if r >= 0.0:
        return q * _horner(r, _A) / _horner(r, _B)
    r = np.sqrt(-log(0.5 - abs(q))) - 1.6
    tail = _horner(r, _C) / _horner(r, _D)
    return -tail if q < 0 else tail


@part
def uniform(state: np.uint64) -> float:
    """The splitmix64 finaliser, in (0, 1)."""
    x = state ^ (state >> np.uint64(30))
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return (np.float64(x >> np.uint64(12)) + 0.5) * 2.0**-52


@part
def _by_terms(u: float, first: float, a: float, b: float) -> float:
    """The smallest k with u <= P(0) + ... + P(k), where P(k) = P(k-1) * (a/k + b)."""
    term = total = first
    count = 0.0
    while u > total and count < 63.0:  # P(count > 63 | mean 12) is below 1e-20
        count += 1.0
        term *= a / count + b
        total += term
    return count


@part
def _by_moments(u: float, mean: float, p: float, q: float) -> float:
    """Cornish-Fisher to the fourth moment; 1/12 off the variance because rounding adds it back."""
    z = ndtri(u)
    zz = z * z
    pq = p * q
    deviation = np.sqrt(mean * q - 1.0 / 12.0)
    fourth = z * ((1.0 + 14.0 * pq) - zz * (1.0 + 2.0 * pq)) / (72.0 * deviation)
    return max(np.rint(mean + deviation * z + (q - p) * (zz - 1.0) / 6.0 + fourth), 0.0)


@part
def poisson(u: float, mean: float) -> float:
    if mean >= 12.0:
        return _by_moments(u, mean, 0.0, 1.0)
    # P(0) >= 1 - mean: most small ones are answered without an exponential
    return _by_terms(u, exp(-mean), mean, 0.0) if u > 1.0 - mean else 0.0


@part
def _up_to_half(u: float, trials: float, p: float, miss: float) -> float:
    mean = trials * p
    q = 1.0 - p
    if mean >= 12.0:
        return min(_by_moments(u, mean, p, q), trials)
    if u <= 1.0 - mean:
        return 0.0
    odds = p / q
    first = exp(trials * (miss if miss < 0.0 else log(q)))
    return min(_by_terms(u, first, (trials + 1.0) * odds, -odds), trials)


@part
def binomial(u: float, trials: float, p: float, miss: float = 0.0) -> float:
    """`miss` is what `numeric.misses` gives for p, where it is known; else 0."""
    if p > 0.5:
        return trials - _up_to_half(u, trials, 1.0 - p, miss)
    return _up_to_half(u, trials, p, miss)
