"""Random numbers as a function of (seed, key, slot, draw), and counts sampled from them.

Own generator and samplers: NumPy may change its streams between versions. A draw keeps its number
for ever; a new metric takes a new number, so old results never move.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import compiled, numeric
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


def uniforms(streams: Keys, first: int, count: int = 1) -> Floats:
    """Draws first .. first+count-1 of every stream, in (0, 1), one row a draw."""
    steps = np.arange(first + 1, first + count + 1, dtype=np.uint64) * _GAMMA
    if count == 1:  # all that plans and pages ask for, which need no compiled code
        return _uniform(streams + steps[:, None])
    found = np.empty((count, streams.size))
    compiled.uniforms(streams, steps, found)
    return found


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


def poisson(u: Floats, mean: Floats) -> Floats:
    """Poisson counts, as whole floats, from one uniform each."""
    count = np.empty(len(u))
    compiled.poisson(u, mean, count)
    return count


def binomial(u: Floats, trials: Floats, p: Floats) -> Floats:
    """Binomial counts, as whole floats, from one uniform each; exact for p = 0 and p = 1."""
    count = np.empty(len(u))
    compiled.binomial(u, trials, p, count)
    return count
