"""How much of its supply a group shares with the account's other groups.

One account does not bid against itself: a person's auctions of a day are given to one of its ads
each. Where the groups that run together want more of them than there are, all get less. Within a
country and a cell of age and gender, who is targeted is independent from group to group; arms of a
split test have different people.
"""

from __future__ import annotations

import numpy as np

from campaigns.delivery import market
from campaigns.delivery.plan import Bools, Floats, Ints, Plan

_MICRO = 1_000_000
_MOST = 10**9  # of micro-auctions a person: far more than there are


def shared(plan: Plan, live: Bools) -> Floats:
    """Per group, the part 0..1 of its supply that is left to it beside the other `live` groups."""
    most = market.AUCTIONS_PER_DAY * _MICRO
    own = np.rint(plan.group_attention * _MICRO).astype(np.int64)
    if int(own[live].sum()) <= most:
        return np.ones(len(own))
    demand = plan.group_demand if live.all() else plan.group_demand * live[:, None, None]
    others = demand.sum(axis=0) - demand
    for test in np.unique(plan.group_split[plan.group_split > 0]):
        arms = plan.group_split == test
        others[arms] -= demand[arms].sum(axis=0) - demand[arms]
    load = np.minimum(others * _MICRO // np.maximum(plan.cell_people, 1), _MOST)
    load *= plan.target_cells
    crowd: Ints = own + load.sum(axis=(1, 2)) // np.maximum(plan.target_people, 1)
    return np.minimum(1.0, most / np.maximum(crowd, 1))
