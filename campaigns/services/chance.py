"""Chance outside the auction: how long a review or a stop takes, drawn as the engine draws.

The same steps in an account of the same seed give the same waits; database ids take no part.
"""

from datetime import timedelta

import numpy as np

from ..delivery import chance, numeric

# Streams of their own, far from any hour's slot number and from the engine's STATIC.
_REVIEWS, _STOPS, _SWITCHES = 2**60, 2**61, 3 * 2**60
_MEDIAN_REVIEW_SECONDS, _REVIEW_SPREAD = 3 * 3600, 0.9


def _stream(seed: int, thing: int, slot: int) -> chance.Keys:
    return chance.keys(seed, np.array([thing], np.int64), slot)


def review_lag(*, seed: int, ordinal: int, attempt: int) -> timedelta:
    """Log-normal around three hours: half an hour is quick, a day is rare."""
    z = chance.normals(_stream(seed, ordinal, _REVIEWS + attempt), 0)
    return timedelta(seconds=int(_MEDIAN_REVIEW_SECONDS * numeric.exp(z * _REVIEW_SPREAD)[0]))


def stop_lag(*, seed: int, count: int) -> timedelta:
    """20 to 60 seconds for the account's stop number `count`."""
    return _processing(seed, count, _STOPS)


def switch_lag(*, seed: int, count: int) -> timedelta:
    """20 to 60 seconds for the account's switch or deletion number `count`."""
    return _processing(seed, count, _SWITCHES)


def _processing(seed: int, count: int, stream: int) -> timedelta:
    share = chance.uniforms(_stream(seed, count, stream), 0)[0][0]
    return timedelta(seconds=20 + int(41 * share))
