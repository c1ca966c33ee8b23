"""Rows of conversions that become known after their hour: when, how many, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from campaigns.delivery import market, segments
from campaigns.delivery.plan import LATE, Floats, Ints, Plan, Rows

CLICK, VIEW = 0, 1  # kinds


class Who(NamedTuple):
    """Per row, the draws that choose age and gender, system and country."""

    cell: Floats
    system: Floats
    country: Floats


def rows(
    plan: Plan, ads: Ints, *, event_slot: Ints, kind: int, number: Ints, value: Ints, who: Who
) -> Rows:
    """One row for each of `ads` (places in the plan), which may repeat."""
    found = np.zeros(len(ads), LATE)
    found["ordinal"], found["ad_ix"] = plan.ordinal[ads], ads
    found["event_slot"], found["kind"] = event_slot, kind
    found["conversions"], found["conversion_value_micros"] = number, value
    found["view_conversions"] = number if kind == VIEW else 0
    if len(ads):
        group = plan.group_ix[ads]
        cells = plan.target_cells[group].sum(axis=1) * segments.CELL_CONVERTS
        found["age_gender"] = _choose(who.cell, cells)
        systems = plan.target_systems[group] * segments.SYSTEM_CONVERTS
        found["system"] = _choose(who.system, systems)
        codes = np.array([market.country_number(code) for code in plan.countries], np.int64)
        found["country"] = codes[_choose(who.country, plan.audience[group])]
    return found


def together(parts: Sequence[Rows]) -> Rows:
    """All rows, sorted by ordinal, event slot and kind."""
    if not parts:
        return np.empty(0, LATE)
    found: Rows = np.concatenate(parts)
    return found[np.lexsort((found["kind"], found["event_slot"], found["ordinal"]))]


def _choose(u: Floats, sizes: Ints) -> Ints:
    """A column per row, as likely as its size [row, column]: by whole numbers only."""
    up_to = np.cumsum(sizes, axis=1)
    mark = (u * up_to[:, -1]).astype(np.int64)
    chosen: Ints = np.minimum((up_to <= mark[:, None]).sum(axis=1), sizes.shape[1] - 1)
    return chosen
