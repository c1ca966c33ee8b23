"""exp, log and the normal distribution from + - * / and comparisons only.

libm and SIMD variants of these differ in the last bit between processors, and one bit can flip a
count. NumPy's elementwise arithmetic, sqrt and rint are exact IEEE operations everywhere.
"""

from __future__ import annotations

import numpy as np

from campaigns.delivery.plan import Floats

_LOG2E = 1.4426950408889634
_LN2_HI = 0.693147180369123816490  # exact in few bits, so k * hi is exact
_LN2_LO = 1.90821492927058770002e-10
_EXP = tuple(1.0 / f for f in (362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1))
_LOG = tuple(2.0 / odd for odd in (13, 11, 9, 7, 5, 3, 1))
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD


def horner(x: Floats, coefficients: tuple[float, ...]) -> Floats:
    """The polynomial with the highest coefficient first."""
    result = x * coefficients[0]
    for coefficient in coefficients[1:-1]:
        result += coefficient
        result *= x
    result += coefficients[-1]
    return result


def exp(x: Floats) -> Floats:
    """e to the x, relative error below 1e-11; saturates at |x| = 700."""
    x = np.minimum(np.maximum(x, -700.0), 700.0)
    k = np.rint(x * _LOG2E)
    remainder = (x - k * _LN2_HI) - k * _LN2_LO
    scale = ((k.astype(np.int64) + 1023) << 52).view(np.float64)
    return horner(remainder, _EXP) * scale


def log(x: Floats) -> Floats:
    """Natural logarithm of positive normal numbers, relative error below 1e-11."""
    bits = np.ascontiguousarray(x, np.float64).view(np.int64)
    exponent = (bits - _SQRT_HALF_BITS) >> 52
    mantissa = (bits - (exponent << 52)).view(np.float64)  # in [sqrt(1/2), sqrt(2))
    s = (mantissa - 1.0) / (mantissa + 1.0)
    whole = exponent.astype(np.float64)
    return whole * _LN2_HI + (s * horner(s * s, _LOG) + whole * _LN2_LO)


def misses(p: Floats) -> Floats:
    """ln of 1 - p or of p, whichever is the more: binomial counts of few begin with it."""
    return log(1.0 - np.where(p > 0.5, 1.0 - p, p))


_TAIL = (1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0.0)


def ndtr(z: Floats) -> Floats:
    """Normal distribution function, absolute error below 1e-7, positive down to z = -8 (Abramowitz
    and Stegun 26.2.17: density times a polynomial, so ratios of small values stay good)."""
    size = np.minimum(np.abs(z), 8.0)
    tail = horner(1.0 / (1.0 + 0.2316419 * size), _TAIL) * exp(-0.5 * size * size)
    tail *= 0.3989422804014327
    return np.where(z > 0, 1.0 - tail, tail)


_A = (5.9109374720e1, 1.5929113202e2, 5.0434271938e1, 3.3871327179e0)
_B = (6.7187563600e1, 7.8757757664e1, 1.7895169469e1, 1.0)
_C = (1.7023821103e-1, 1.3067284816e0, 2.7568153900e0, 1.4234372777e0)
_D = (1.2021132975e-1, 7.3700164250e-1, 1.0)


def ndtri(u: Floats) -> Floats:
    """Inverse of the normal distribution function on (0, 1): seven digits (AS 241, PPND7)."""
    q = u - 0.5
    r = 0.180625 - q * q
    z = q * horner(r, _A) / horner(r, _B)
    far = (r < 0.0).nonzero()[0]
    if far.size:
        side = q[far]
        r = np.sqrt(-log(0.5 - np.abs(side))) - 1.6
        tail = horner(r, _C) / horner(r, _D)
        z[far] = np.where(side < 0, -tail, tail)
    return z
