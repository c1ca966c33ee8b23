"""One hour of one ad account: `simulate` is the whole public surface of the engine."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigns.delivery import auction, caps, chance, facts, funnel, pacing
from campaigns.delivery.books import Books, open_books
from campaigns.delivery.chance import Draw
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import NO_LIMIT, Floats, Ints, Limit, Limits, Outcome, Plan, Rows
from campaigns.delivery.state import State


class _Live(NamedTuple):
    """The ads that may run this hour, and with what."""

    rows: Ints
    draws: Floats
    people_minutes: Floats
    target: Floats


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

    Pure: same arguments, same answer, nothing mutated. ValueError if no local hour starts then.
    """
    hour = LocalHour.at(slot_start, plan.utc_offset_minutes)
    books = open_books(plan, state, hour.day)
    limited_by = np.full(plan.size, Limit.NONE, np.int8)
    spendable = min(spendable_micros, NO_LIMIT)
    live = _live(plan, books, hour, active, spendable, limited_by)
    delivered = _deliver(plan, books, hour, live, spendable, limited_by)
    return facts.outcome(plan, books, delivered, limited_by)


def _live(
    plan: Plan,
    books: Books,
    hour: LocalHour,
    active: Floats,
    spendable: int,
    limited_by: Limits,
) -> _Live:
    """Who may run, each with its part of its group's supply and target; why the others may not."""
    group = plan.group_ix
    campaign = plan.campaign_ix
    lasting = plan.group_lifetime_micros < NO_LIMIT
    lasting |= (plan.campaign_lifetime_micros < NO_LIMIT)[campaign]
    flow = pacing.supply(plan, hour, lasting)
    on = np.minimum(np.minimum(np.maximum(active, 0.0), 1.0), flow.open[group])
    limited_by[(books.group_room.both <= 0)[group]] = Limit.GROUP_BUDGET
    limited_by[(books.campaign_room.both <= 0)[campaign][group]] = Limit.CAMPAIGN_BUDGET
    if spendable <= 0:
        limited_by[:] = Limit.BALANCE
    limited_by[on <= 0] = Limit.OFF
    rows = (limited_by == Limit.NONE).nonzero()[0]
    groups_live = np.zeros(len(plan.group_key), np.bool_)
    groups_live[group[rows]] = True
    goal = pacing.targets(plan, flow, groups_live, books.group_room, books.campaign_room)
    part = pacing.split(plan, rows, on[rows] / flow.open[group[rows]])
    return _Live(
        rows=rows,
        draws=chance.hour_draws(plan.seed, plan.ordinal[rows], hour.slot),
        people_minutes=flow.now[group[rows]] * part,
        target=goal[group[rows]] * part,
    )


def _deliver(
    plan: Plan, books: Books, hour: LocalHour, live: _Live, spendable: int, limited_by: Limits
) -> Rows:
    """Auction, funnel and caps for the live ads; the facts of those that delivered."""
    rows, draws = live.rows, live.draws
    group = plan.group_ix[rows]
    tired = funnel.click_factor(books.ads.impressions[rows], plan.audience.sum(axis=1)[group])
    demand = auction.Demand(rows, draws, live.people_minutes, live.target, tired)
    won = auction.run(plan, hour, demand)
    learned = funnel.conversion_factor(facts.results(plan, books)[group], plan.learns[rows], draws)
    counts = funnel.sample(plan, rows, draws, won.impressions, tired, learned)
    table = facts.table(counts)
    wanted = facts.billed_events(plan.billing[rows], table)
    sale = caps.Sale(rows, won.price, wanted)
    given, cut = caps.allowed(plan, books, sale, spendable, draws[Draw.TURN])
    limited_by[rows] = np.where(cut == Limit.NONE, won.limit, cut)
    facts.thin(table, wanted, given, dry=(cut != Limit.NONE) & (given == 0))
    return facts.rows(plan, books, rows, table, won.price * given)
