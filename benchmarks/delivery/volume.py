"""A day of the engine with budgets a hundred times as large, against the same day as it was.

Audiences permitting: the large budgets must really buy at least fifty times the impressions. Of
each hour the best of the rounds counts, the two taken in turn.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from benchmarks import _size

from ._figures import figure
from ._plans import HOURS, a_day, build

BUDGET, TIMES = 2_000, 100
PURE = True


def main() -> Iterable[dict[str, Any]]:
    ads, rounds = _size.pick(quick=(120, 2), usual=(1000, 10))
    plans = [build(ads, budget=BUDGET), build(ads, budget=BUDGET * TIMES)]
    days = [[a_day(plan) for plan in plans] for _ in range(rounds)]
    few, many = (day.impressions for day in days[0])
    assert many >= 50 * few, f"only {many / few:.0f} times the impressions"
    small, large = (
        float(np.min([each[place].seconds for each in days], axis=0).sum()) for place in (0, 1)
    )
    unit, scale = "microseconds", 1e6 / (HOURS * ads)
    yield figure("volume_x100_ad_hour", large * scale, small * scale, large / small, unit)
