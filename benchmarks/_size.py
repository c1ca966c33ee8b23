"""How large a benchmark is: `manage.py bench --quick` shows that it runs, `--full` takes minutes.

Only the usual and the full size say anything about speed.
"""

import os
from typing import TypeVar

VARIABLE = "BENCH_SIZE"
QUICK, USUAL, FULL = "quick", "usual", "full"
T = TypeVar("T")


def pick(*, quick: T, usual: T, full: T | None = None) -> T:
    """The one for the size that was asked for; without a full one the usual one."""
    size = os.environ.get(VARIABLE, USUAL)
    if size == FULL and full is not None:
        return full
    return quick if size == QUICK else usual
