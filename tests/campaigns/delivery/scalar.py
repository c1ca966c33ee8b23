"""The engine's arithmetic once more, one number at a time, in plain Python: no NumPy, no arrays.

Written from the formulas, as a second opinion on the vectorised engine: both must agree to the last
bit, because one bit can flip a count.
"""

from __future__ import annotations

import math
import struct

_MASK = 2**64 - 1
_GAMMA = 0x9E3779B97F4A7C15


def mix(x: int) -> int:
    """The splitmix64 finaliser."""
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)


def stream(seed: int, thing: int, slot: int) -> int:
    root = mix((seed + _GAMMA) & _MASK)
    inner = mix(root ^ ((thing * _GAMMA + 1) & _MASK))
    return mix(inner ^ ((slot * 0xD1B54A32D192ED03 + 2) & _MASK))


def uniform(of: int, draw: int) -> float:
    return ((mix((of + (draw + 1) * _GAMMA) & _MASK) >> 12) + 0.5) * 2.0**-52


def poly(x: float, *coefficients: float) -> float:
    """Highest power first."""
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total


def exp(x: float) -> float:
    x = min(max(x, -700.0), 700.0)
    k = round(x * 1.4426950408889634)
    rest = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10
    return poly(rest, *(1.0 / math.factorial(n) for n in range(9, -1, -1))) * math.ldexp(1.0, k)


def log(x: float) -> float:
    bits = struct.unpack("<q", struct.pack("<d", x))[0]
    exponent = (bits - 0x3FE6A09E667F3BCD) >> 52
    mantissa = struct.unpack("<d", struct.pack("<q", bits - (exponent << 52)))[0]
    s = (mantissa - 1.0) / (mantissa + 1.0)
    series = poly(s * s, *(2.0 / odd for odd in (13, 11, 9, 7, 5, 3, 1)))
    return exponent * 0.693147180369123816490 + (s * series + exponent * 1.90821492927058770002e-10)


def ndtr(z: float) -> float:
    size = min(abs(z), 8.0)
    t = 1.0 / (1.0 + 0.2316419 * size)
    tail = poly(t, 1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0.0)
    tail = tail * exp(-0.5 * size * size) * 0.3989422804014327
    return 1.0 - tail if z > 0 else tail


def ndtri(u: float) -> float:
    q = u - 0.5
    r = 0.180625 - q * q
    if r >= 0.0:
        above = poly(r, 5.9109374720e1, 1.5929113202e2, 5.0434271938e1, 3.3871327179e0)
        return q * above / poly(r, 6.7187563600e1, 7.8757757664e1, 1.7895169469e1, 1.0)
    r = math.sqrt(-log(0.5 - abs(q))) - 1.6
    above = poly(r, 1.7023821103e-1, 1.3067284816e0, 2.7568153900e0, 1.4234372777e0)
    tail = above / poly(r, 1.2021132975e-1, 7.3700164250e-1, 1.0)
    return -tail if q < 0 else tail


def lognormal(u: float, sigma: float) -> float:
    return exp(ndtri(u) * sigma - 0.5 * sigma * sigma)


def _smallest(u: float, first: float, a: float, b: float) -> int:
    """The smallest k with u <= P(0) + ... + P(k), where P(k) = P(k-1) (a/k + b)."""
    term = total = first
    k = 0
    while u > total and k < 63:
        k += 1
        term *= a / k + b
        total += term
    return k


def _cornish_fisher(u: float, mean: float, p: float) -> int:
    q = 1.0 - p
    z = ndtri(u)
    zz, pq = z * z, p * q
    deviation = math.sqrt(mean * q - 1.0 / 12.0)
    fourth = z * ((1.0 + 14.0 * pq) - zz * (1.0 + 2.0 * pq)) / (72.0 * deviation)
    return max(round(mean + deviation * z + (q - p) * (zz - 1.0) / 6.0 + fourth), 0)


def poisson(u: float, mean: float) -> int:
    if mean >= 12.0:
        return _cornish_fisher(u, mean, 0.0)
    return 0 if u <= 1.0 - mean else _smallest(u, exp(-mean), mean, 0.0)


def binomial(u: float, trials: int, p: float) -> int:
    if p > 0.5:
        return trials - _binomial(u, trials, 1.0 - p)
    return _binomial(u, trials, p)


def _binomial(u: float, trials: int, p: float) -> int:
    mean = trials * p
    if mean >= 12.0:
        return min(_cornish_fisher(u, mean, p), trials)
    if u <= 1.0 - mean:
        return 0
    odds = p / (1.0 - p)
    found = _smallest(u, exp(trials * log(1.0 - p)), (trials + 1.0) * odds, -odds)
    return min(found, trials)
