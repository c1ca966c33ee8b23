"""One hour of one ad account: `simulate` is the whole public surface of the engine."""

from __future__ import annotations

from campaigns.delivery.plan import Floats, Outcome, Plan
from campaigns.delivery.state import State


def simulate(
    plan: Plan,
    state: State,
    *,
    slot_start: int,
    active: Floats,
    spendable_micros: int,
) -> Outcome:
    """What the account's ads did in the account-local hour that starts at `slot_start` (epoch s).

    `active` [n, plan order] is the share 0..1 of the hour in which each ad was effectively on:
    switches, review, account state, stops. Schedule and dayparting are in the plan; the smaller of
    both shares counts, so a caller that intersects the intervals exactly may pass that.
    `spendable_micros` is the wallet: minor units x micros_per_minor.

    Pure: same arguments, same answer, nothing mutated. ValueError if the slot is no full local hour.
    """
    raise NotImplementedError
