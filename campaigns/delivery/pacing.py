"""How much each group means to spend this hour: what is left, spread along the supply to come.

Supply is counted in whole people-minutes, so sums do not depend on the order of anything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigns.delivery.hour import LocalHour
from campaigns.delivery.market import COUNTRIES, WEEK
from campaigns.delivery.plan import FOREVER, NO_LIMIT, Bools, Floats, Ints, Plan

_HALF = 1800
_OPEN_ENDED_DAYS = 30  # a lifetime budget without an end is planned over the coming month
_FARTHEST_DAYS = 400
_EVEN_SHARE = 0.25  # of a shared budget or inventory; the rest goes where results are cheap


class Supply(NamedTuple):
    """Per group: watching people-minutes within schedule and dayparting."""

    open: Floats  # share of this hour in which the group may run
    now: Ints  # this hour
    today: Ints  # this hour to local midnight
    later: Ints  # after midnight, where a lifetime budget needs to know


class Room(NamedTuple):
    """What budgets leave: micros today and in all, NO_LIMIT where there is no such budget."""

    today: Ints
    in_all: Ints

    @property
    def both(self) -> Ints:
        return np.minimum(self.today, self.in_all)


def supply(plan: Plan, hour: LocalHour, needs_later: Bools) -> Supply:
    """Supply of every group; `later` only for the groups that need it (else 0)."""
    halves = 48 - hour.half
    people = plan.audience @ _activity(plan, hour.start // _HALF + np.arange(halves))
    minutes = _minutes(plan.group_start, plan.group_end, hour.start, halves)
    minutes = minutes * plan.group_hours[:, hour.weekday, hour.half :]
    watched = people * minutes
    later = np.zeros_like(plan.group_start)
    rows = needs_later.nonzero()[0]
    if rows.size:
        later[rows] = _later(plan, hour, rows)
    return Supply(
        open=minutes[:, :2].sum(axis=1) / 60.0,
        now=watched[:, :2].sum(axis=1),
        today=watched.sum(axis=1),
        later=later,
    )


def _activity(plan: Plan, halves: Ints) -> Ints:
    """Viewers' activity [country, half] in the given half hours since 1970 UTC."""
    monday = 3 * 48  # 1970 began on a Thursday
    zones = np.array(
        [COUNTRIES[code].utc_offset_minutes // 30 + monday for code in plan.countries], np.int64
    )
    activity: Ints = WEEK[(zones[:, None] + halves) % 336]
    return activity


def _minutes(start: Ints, end: Ints, first: int, halves: int) -> Ints:
    """Whole minutes [group, half] inside the schedule."""
    if start.max(initial=0) <= first and end.min(initial=FOREVER) >= first + halves * _HALF:
        return np.full((len(start), halves), 30, np.int64)
    begins = first + _HALF * np.arange(halves)
    overlap = np.minimum(end[:, None], begins + _HALF) - np.maximum(start[:, None], begins)
    inside: Ints = np.minimum(np.maximum(overlap, 0), _HALF) // 60
    return inside


def _later(plan: Plan, hour: LocalHour, rows: Ints) -> Ints:
    """People-minutes from the next local midnight to the end of the schedule."""
    week_start = hour.day_start - 86_400 * hour.weekday
    week = plan.audience[rows] @ _activity(plan, week_start // _HALF + np.arange(336))
    week = 30 * week.reshape(len(rows), 7, 48) * plan.group_hours[rows]
    end = np.where(
        plan.group_end[rows] >= FOREVER,
        hour.day_start + 86_400 * _OPEN_ENDED_DAYS,
        np.minimum(plan.group_end[rows], hour.day_start + 86_400 * _FARTHEST_DAYS),
    )
    last, second = np.divmod(end - hour.day_start, 86_400)  # days from today, and into that day
    total = np.zeros(len(rows), np.int64)
    for weekday in range(7):
        first = (weekday - hour.weekday - 1) % 7 + 1  # days from today to the next such weekday
        total += np.maximum((last - first + 6) // 7, 0) * week[:, weekday].sum(axis=1)
    ending = week[np.arange(len(rows)), (hour.weekday + last) % 7]
    part = np.minimum(np.maximum(second[:, None] // 60 - 30 * np.arange(48), 0), 30)
    return total + np.where(last > 0, (ending * part // 30).sum(axis=1), 0)


def targets(plan: Plan, flow: Supply, live: Bools, groups: Room, campaigns: Room) -> Ints:
    """Micros each group means to spend this hour; 0 for groups that are not live."""
    live = live & (flow.now > 0)
    goal = _pace(groups, flow.now, flow.today, flow.today + flow.later)
    goal = np.where(plan.group_fast, np.minimum(groups.both, NO_LIMIT), goal)
    goal = np.where(live, np.maximum(goal, 0), 0)
    if np.all(campaigns.both >= NO_LIMIT // 2):
        return goal
    return np.minimum(goal, _campaign_share(plan, flow, live, goal, campaigns))


def _pace(room: Room, now: Ints, today: Ints, in_all: Ints) -> Ints:
    """The smaller of the daily and the lifetime plan for this hour, floored."""
    share_today = now / np.maximum(today, 1)
    share_in_all = now / np.maximum(in_all, 1)
    pace = np.minimum(room.today * share_today, room.in_all * share_in_all)
    return np.minimum(pace, float(NO_LIMIT)).astype(np.int64)


def _campaign_share(plan: Plan, flow: Supply, live: Bools, goal: Ints, room: Room) -> Ints:
    """Each group's part of its campaign's budget: by worth when optimised, else by its own goal."""
    campaign = plan.campaign_ix

    def total(values: Ints) -> Ints:
        sums = np.zeros(len(plan.campaign_key), np.int64)
        np.add.at(sums, campaign, np.where(live, values, 0))
        return sums

    now, today, later = (total(part >> 12) for part in (flow.now, flow.today, flow.later))
    pace = _pace(room, now, today, today + later)
    fast = total(plan.group_fast.astype(np.int64)) > 0
    pace = np.maximum(np.where(fast, np.minimum(room.both, NO_LIMIT), pace), 0)
    worth = plan.group_worth / np.maximum(total(plan.group_worth), 1)[campaign]
    even = 1.0 / np.maximum(total(np.ones_like(goal)), 1)[campaign]
    optimised = pace[campaign] * (_EVEN_SHARE * even + (1.0 - _EVEN_SHARE) * worth)
    goal = np.minimum(goal, NO_LIMIT >> 12)  # so that a thousand of them still add up
    scaled = goal * np.minimum(pace / np.maximum(total(goal), 1), 1.0)[campaign]
    share = np.where(plan.campaign_cbo[campaign], optimised, scaled)
    share = np.where(room.both[campaign] >= NO_LIMIT // 2, float(NO_LIMIT), share)
    return np.minimum(share, float(NO_LIMIT)).astype(np.int64)


def split(plan: Plan, rows: Ints, running: Floats) -> Floats:
    """Each live ad's part of its group's inventory and target: better creatives get more of it.

    `running` is the share of the group's open time in which the ad (row of `rows`) is on.
    """
    group = plan.group_ix[rows]
    weight = plan.split_weight[rows]
    total = np.zeros((2, len(plan.group_key)), np.int64)
    np.add.at(total[0], group, 1)
    np.add.at(total[1], group, weight)
    part: Floats = _EVEN_SHARE / total[0][group]
    part += (1.0 - _EVEN_SHARE) * weight / total[1][group]
    return part * running
