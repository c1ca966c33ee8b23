"""The learning phase of ad groups, and the days of their frequency caps.

A group learns from conversions that have become known, in the epoch that its last significant edit
began; fifty end the phase. What is still to come of them waits in the state.
"""

from __future__ import annotations

import numpy as np

from campaigns.delivery import chance
from campaigns.delivery.chance import Draw
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import Bools, Floats, Ints, Plan, Rows
from campaigns.delivery.state import NEVER, Pending, ProgressLedger, State, lookup

LEARNED_AT = 50  # conversions; source in docs/delivery.md
DAYS = 7  # after which a group that has not got them has failed to learn
_UNLEARNED = 0.72  # conversion rate before learning, relative to after
_SWING = 0.35  # spread (log) of the conversion rate before learning


def known(plan: Plan, state: State, hour: LocalHour) -> tuple[ProgressLedger, Pending]:
    """Each group's progress at the start of the hour, and what is still to become known.

    Another epoch starts from nothing, and a frequency cap's next days do.
    """
    past = lookup(state.progress, plan.group_key)
    same = past.epoch == plan.group_epoch
    results = np.where(same, past.results, 0)
    waiting = state.pending
    came = waiting.event_slot < hour.start
    if came.any():
        order = np.argsort(plan.group_key, kind="stable")
        keys = plan.group_key[order]
        at = np.minimum(np.searchsorted(keys, waiting.key), max(keys.size - 1, 0))
        of_plan = came & (keys[at] == waiting.key) if keys.size else np.zeros_like(came)
        place = order[at[of_plan]]
        np.add.at(results, place, np.where(same[place], waiting.results[of_plan], 0))
        waiting = _only(waiting, ~of_plan)
    if not same.all():
        waiting = _only(waiting, ~np.isin(waiting.key, plan.group_key[~same]))
    first_day = (plan.group_start + 60 * plan.utc_offset_minutes) // 86_400
    block = (hour.day - first_day) // np.maximum(plan.group_frequency_days, 1)
    progress = ProgressLedger(
        key=plan.group_key,
        epoch=plan.group_epoch,
        since_day=np.where(same, past.since_day, NEVER),
        results=results,
        block=block,
        block_impressions=np.where(past.block == block, past.block_impressions, 0),
    )
    return progress, waiting


def move_on(
    progress: ProgressLedger, hour: LocalHour, shown: Ints, results: Ints
) -> ProgressLedger:
    """The progress after an hour in which each group was shown and had results that often."""
    begins = (progress.since_day == NEVER) & (shown > 0)
    return ProgressLedger(
        key=progress.key,
        epoch=progress.epoch,
        since_day=np.where(begins, hour.day, progress.since_day),
        results=progress.results + results,
        block=progress.block,
        block_impressions=progress.block_impressions + shown,
    )


def wait(plan: Plan, progress: ProgressLedger, pending: Pending, late: Rows) -> Pending:
    """With the late results of groups that have not learned yet, without those of groups that
    have."""
    keep = ~np.isin(pending.key, plan.group_key[progress.results >= LEARNED_AT])
    group = plan.group_ix[late["ad_ix"]]
    counts = plan.learns[late["ad_ix"]] & (progress.results[group] < LEARNED_AT)
    if keep.all() and not counts.any():
        return pending
    key = np.concatenate((pending.key[keep], plan.group_key[group[counts]]))
    slot = np.concatenate((pending.event_slot[keep], late["event_slot"][counts]))
    number = np.concatenate((pending.results[keep], late["conversions"][counts]))
    order = np.lexsort((number, slot, key))
    return Pending(key[order], slot[order], number[order])


def factor(results: Ints, learns: Bools, draws: Floats) -> Floats:
    """Conversion rate of ads whose group has so many results, against one that has learned: low
    and unsteady at first, 1 from fifty on."""
    progress = np.where(learns, np.minimum(results / float(LEARNED_AT), 1.0), 1.0)
    found = _UNLEARNED + (1.0 - _UNLEARNED) * progress
    learning = (progress < 1.0).nonzero()[0]
    if learning.size:
        swing = _SWING * (1.0 - progress[learning])
        found[learning] *= chance.lognormal(draws[Draw.LEARNING, learning], swing)
    result: Floats = found
    return result


def _only(pending: Pending, keep: Bools) -> Pending:
    return Pending(pending.key[keep], pending.event_slot[keep], pending.results[keep])
