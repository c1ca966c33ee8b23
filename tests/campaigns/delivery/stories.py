"""Random accounts whose marketers edit, switch and top up between the hours."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from campaigns.delivery.plan import Outcome, Plan

from .practice import Run
from .worlds import World, edited, make_world, shares


@dataclass(frozen=True, eq=False)
class Hour:
    """One hour as it was asked for and as it came out."""

    world: World
    plan: Plan
    slot: int
    active: np.ndarray
    wallet_before: int
    wallet_after: int
    outcome: Outcome

    def column(self, metric: str) -> np.ndarray:
        """Per ad of the plan, what the hour gave at once."""
        values = np.zeros(self.plan.size, np.int64)
        values[self.outcome.facts["ad_ix"]] = self.outcome.facts[metric]
        return values


Story = list[Hour]


def tell(seed: int, hours: int) -> Story:
    """The account of this seed; in every fourth hour something is edited first."""
    dice = Random(seed ^ 0xABCDEF)
    world = make_world(seed)
    run = Run(world.plan(), world.start, world.wallet_micros)
    told = []
    for _ in range(hours):
        if dice.random() < 0.25:
            world = edited(world, dice)
            run.plan = world.plan()
        if dice.random() < 0.1:
            run.wallet_micros += 700 * world.account.micros_per_minor
        slot, active, before = run.now, shares(world, dice), run.wallet_micros
        outcome = run.step(active)
        told.append(Hour(world, run.plan, slot, active, before, run.wallet_micros, outcome))
    return told
