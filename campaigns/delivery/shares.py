"""The share of an hour in which each ad was effectively on: switches, stops, review, schedule.

Almost every ad is on or off for the whole hour; only those that something happened to are looked at
interval by interval.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from .loading import Running, Switch, Switches, microseconds
from .plan import Floats

HOUR = 3_600_000_000  # microseconds, as are all times here
HALF = HOUR // 2
Intervals = list[tuple[int, int]]


def active_shares(
    running: Running, switches: Switches, *, slot: datetime, open_since: datetime | None = None
) -> Floats:
    """Per ad of the plan, 0 to 1, in the hour from `slot`; nothing before the ad account itself
    came to be open."""
    start = microseconds(slot)
    end = start + HOUR
    opened = start if open_since is None else max(start, microseconds(open_since))
    if opened >= end:
        return np.zeros(running.size, np.float64)
    whole = running.all_on & (running.approved <= start) & (running.rejected >= end)
    shares = whole.astype(np.float64)
    touched = (running.approved > start) & (running.approved < end)
    touched |= (running.rejected > start) & (running.rejected < end)
    touched |= opened > start
    if switches:
        nodes = np.array(sorted(switches), np.int64)
        for ids in (running.ad_ids, running.group_ids, running.campaign_ids):
            touched |= np.isin(ids, nodes)
    for ad in np.flatnonzero(touched):
        shares[ad] = _exact_share(running, int(ad), switches, start, opened)
    return shares


def _exact_share(running: Running, ad: int, switches: Switches, start: int, opened: int) -> float:
    """The ad's own intervals, cut to the hours its group may run."""
    on: Intervals = [(max(opened, int(running.approved[ad])), int(running.rejected[ad]))]
    on = _common(on, [(start, start + HOUR)])
    for level, ids in enumerate((running.ad_ids, running.group_ids, running.campaign_ids)):
        is_on = bool(running.is_on[level, ad])
        on = _common(on, on_intervals(is_on, switches.get(int(ids[ad]), ()), start))
    on = _common(on, _schedule(running, ad, start))
    return sum(end - begin for begin, end in on) / HOUR


def on_intervals(is_on_now: bool, switches: Sequence[Switch], start: int) -> Intervals:
    """When in the hour a switch was on; before the first of `switches` it was the other way."""
    is_on = not switches[0].is_on if switches else is_on_now
    since, found = start, []
    for switch in switches:
        if is_on and switch.at > since:
            found.append((since, switch.at))
        is_on, since = switch.is_on, switch.at
    if is_on:
        found.append((since, max(since, start + HOUR)))
    return _common(found, [(start, start + HOUR)])


def _schedule(running: Running, ad: int, start: int) -> Intervals:
    """The hour's halves in which the ad's group may run, within its start and end."""
    plan = running.plan
    group = int(plan.group_ix[ad])
    local = start // 1_000_000 + 60 * plan.utc_offset_minutes
    half = local // 1800 + 3 * 48  # 1 January 1970 was a Thursday
    hours = plan.group_hours[group].reshape(-1)
    halves = [(start + n * HALF, start + (n + 1) * HALF) for n in (0, 1) if hours[(half + n) % 336]]
    flight = (int(plan.group_start[group]) * 1_000_000, int(plan.group_end[group]) * 1_000_000)
    return _common(halves, [flight])


def _common(some: Intervals, others: Intervals) -> Intervals:
    return [(max(a, c), min(b, d)) for a, b in some for c, d in others if max(a, c) < min(b, d)]
