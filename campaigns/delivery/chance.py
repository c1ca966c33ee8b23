"""Random numbers as a function of (seed, key, slot, draw), and counts sampled from them.

Own generator and samplers: NumPy may change its streams between versions. A draw keeps its number
for ever; a new metric takes a new number, so old results never move.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import numeric
from campaigns.delivery.plan import Floats, Ints

Keys = NDArray[np.uint64]

_MASK = 2**64 - 1
_GAMMA = 0x9E3779B97F4A7C15
_SLOT = 0xD1B54A32D192ED03
_M1 = 0xBF58476D1CE4E5B9
_M2 = 0x94D049BB133111EB

STATIC = 2**62  # the "slot" of what never changes: how good a creative is
DAYS = 2**61  # the "slot" of a local day, to be added to it: who the day's people were


class Draw(IntEnum):
    """The frozen registry. Wave by wave in the order the funnel samples them."""

    NOISE = 0  # auctions of the hour
    IMPRESSIONS = 1
    LEARNING = 2  # conversion rate swing while learning
    VALUE = 3
    TURN = 4  # who is served first when money runs out
    VIEW_MIDDLE = 8  # wave 1, trials: impressions
    CLICKS = 9
    PROFILE = 10
    VIEW_LOW = 11  # wave 2
    VIEW_HIGH = 12
    CONVERSIONS = 13
    VIEW_0 = 14  # wave 3
    VIEW_2 = 15
    VIEW_4 = 16
    VIEW_6 = 17
    LIKES = 18  # wave 4, trials: engaged views
    COMMENTS = 19
    SHARES = 20
    FOLLOWS = 21
    VIEW_THROUGH = 22  # conversions after a view; 23 to 31 were reserved and are free
    CREATIVE_CTR = 40  # with STATIC
    CREATIVE_CVR = 41
    CREATIVE_HOOK = 42
    CREATIVE_ENGAGEMENT = 43
    CREATIVE_PRICE = 44
    MARKET = 50  # keyed by country and day
    CLICK_DELAYS = 60  # to 71: one for each bucket of `conversions.DELAYS`, as are the following
    CLICK_HOURS = 72
    CLICK_VALUES = 84
    CLICK_CELLS = 96
    CLICK_SYSTEMS = 108
    CLICK_COUNTRIES = 120
    VIEW_DELAYS = 132
    VIEW_HOURS = 144
    VIEW_VALUES = 156
    VIEW_CELLS = 168
    VIEW_SYSTEMS = 180
    VIEW_COUNTRIES = 192  # to 203


HOUR_DRAWS = Draw.VIEW_THROUGH + 1  # what every ad uses in an hour; the rest only where needed


def _mix(x: Keys) -> Keys:
    """The splitmix64 finaliser."""
    x = np.bitwise_xor(x, x >> 30, dtype=np.uint64)
    x *= _M1
    x ^= x >> 27
    x *= _M2
    x ^= x >> 31
    return x


def _u64(value: int) -> Keys:
    return np.array([value & _MASK], np.uint64)


def keys(seed: int, things: Ints, slot: int) -> Keys:
    """One stream per thing in this slot."""
    root = _mix(_u64(seed + _GAMMA))
    thing = _mix(root ^ (things.astype(np.uint64) * _GAMMA + 1))
    return _mix(thing ^ _u64(slot * _SLOT + 2))


# What is worked on at once stays in the processor's cache: beyond it a draw costs four times more.
_PIECE = 32_768


def uniforms(streams: Keys, first: int, count: int = 1) -> Floats:
    """Draws first .. first+count-1 of every stream, in (0, 1), one row a draw."""
    steps = np.arange(first + 1, first + count + 1, dtype=np.uint64) * _GAMMA
    found = np.empty((count, streams.size))
    rows = max(1, _PIECE // max(1, streams.size))
    for row in range(0, count, rows):
        found[row : row + rows] = _uniform(streams + steps[row : row + rows, None])
    return found


def picked(streams: Keys, draws: Ints) -> Floats:
    """The draws of those numbers, [which, stream], one of each stream in each row."""
    steps = (draws + 1).astype(np.uint64) * _GAMMA
    return _uniform(streams + steps)


def _uniform(states: Keys) -> Floats:
    """In (0, 1); 53 bits in all: never rounds to 0 or 1."""
    bits = _mix(states) >> 12
    return (bits.astype(np.float64) + 0.5) * 2.0**-52


def normals(streams: Keys, draw: int) -> Floats:
    """One standard normal per stream."""
    return numeric.ndtri(uniforms(streams, draw)[0])


def hour_draws(seed: int, ordinals: Ints, slot: int) -> Floats:
    """Every draw of an hour, to be indexed by Draw; one column per ad."""
    return uniforms(keys(seed, ordinals, slot), 0, HOUR_DRAWS)


def lognormal(u: Floats, sigma: Floats | float) -> Floats:
    """Log-normals of mean 1 from uniforms."""
    return numeric.exp(numeric.ndtri(u) * sigma - 0.5 * sigma * sigma)


# Below this mean the distribution is inverted term by term, above by Cornish-Fisher.
_SWITCH = 12.0
_TERMS = 64  # P(count > 64 | mean 12) is below 1e-20


def _by_terms(u: Floats, first: Floats, a: Floats, b: Floats) -> Floats:
    """Smallest k with u <= P(0) + ... + P(k), where P(k) = P(k-1) * (a/k + b).

    That is Poisson and binomial alike. Rows leave the arrays as they are answered; when they do
    changes the speed, never the answer.
    """
    count = np.zeros_like(u)
    rows = (u > first).nonzero()[0]
    u, term, a, b = u[rows], first[rows], a[rows], b[rows]
    total, hits = term.copy(), np.zeros(rows.size)
    for k in range(1, _TERMS):
        unanswered = u > total
        left = np.count_nonzero(unanswered)
        if not left:
            break
        hits += unanswered
        if left < 0.6 * rows.size:
            count[rows] = hits
            keep = unanswered.nonzero()[0]
            rows, hits, u = rows[keep], hits[keep], u[keep]
            term, total, a, b = term[keep], total[keep], a[keep], b[keep]
        term *= a / k + b
        total += term
    count[rows] = hits
    return count


def _by_moments(u: Floats, mean: Floats, p: Floats, q: Floats) -> Floats:
    """Cornish-Fisher to the fourth moment; 1/12 off the variance because rounding adds it back."""
    z = numeric.ndtri(u)
    zz = z * z
    pq = p * q
    deviation = np.sqrt(mean * q - 1.0 / 12.0)
    fourth = z * ((1.0 + 14.0 * pq) - zz * (1.0 + 2.0 * pq)) / (72.0 * deviation)
    count = np.rint(mean + deviation * z + (q - p) * (zz - 1.0) / 6.0 + fourth)
    return np.maximum(count, 0.0)


def poisson(u: Floats, mean: Floats) -> Floats:
    """Poisson counts, as whole floats, from one uniform each."""
    count = np.zeros_like(mean)
    large = (mean >= _SWITCH).nonzero()[0]
    if large.size:
        zero = np.zeros(large.size)
        count[large] = _by_moments(u[large], mean[large], zero, zero + 1.0)
    # P(0) >= 1 - mean: most small ones are answered without an exponential
    small = ((u > 1.0 - mean) & (mean < _SWITCH)).nonzero()[0]
    if small.size:
        m = mean[small]
        count[small] = _by_terms(u[small], numeric.exp(-m), m, np.zeros(small.size))
    return count


def binomial(u: Floats, trials: Floats, p: Floats) -> Floats:
    """Binomial counts, as whole floats, from one uniform each; exact for p = 0 and p = 1."""
    mirrored = p > 0.5
    if mirrored.any():
        count = binomial(u, trials, np.where(mirrored, 1.0 - p, p))
        return np.where(mirrored, trials - count, count)
    mean = trials * p
    count = np.zeros_like(mean)
    large = (mean >= _SWITCH).nonzero()[0]
    if large.size:
        chance = p[large]
        count[large] = _by_moments(u[large], mean[large], chance, 1.0 - chance)
    small = ((u > 1.0 - mean) & (mean < _SWITCH)).nonzero()[0]
    if small.size:
        n, chance = trials[small], p[small]
        q = 1.0 - chance
        odds = chance / q
        count[small] = _by_terms(u[small], numeric.exp(n * numeric.log(q)), (n + 1.0) * odds, -odds)
    return np.minimum(count, trials)
