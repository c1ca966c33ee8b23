"""Putting together what belongs together, with arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def pairs(owners: Ints, labels: Ints) -> tuple[Ints, Ints]:
    """The different pairs: where each comes first, and which one everybody is."""
    names, label = np.unique(labels, return_inverse=True)
    _, firsts, whose = np.unique(
        owners * len(names) + label.reshape(-1), return_index=True, return_inverse=True
    )
    return firsts, whose.reshape(-1)


def sums(whose: Ints, values: Ints, count: int) -> Ints:
    found = np.zeros(count, np.int64)
    np.add.at(found, whose, values)
    return found


def largest(whose: Ints, values: Ints, count: int) -> Ints:
    """0 where there are none, and at least."""
    found = np.zeros(count, np.int64)
    np.maximum.at(found, whose, values)
    return found
