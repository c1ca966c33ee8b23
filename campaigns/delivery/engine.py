"""One hour of one ad account: `simulate` is the whole public surface of the engine."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigns.delivery import (
    auction,
    caps,
    chance,
    conversions,
    crowding,
    facts,
    funnel,
    learning,
    pacing,
)
from campaigns.delivery.auction import Won
from campaigns.delivery.books import Books, open_books
from campaigns.delivery.chance import Draw, Keys
from campaigns.delivery.facts import Given
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import LOG, NO_LIMIT, Floats, Ints, Limit, Outcome, Plan, Rows
from campaigns.delivery.state import State

_FREQUENT = 0.7  # with less than this part of the people left, the frequency cap holds an ad back


class _Live(NamedTuple):
    """The ads that may run this hour, and with what."""

    rows: Ints
    streams: Keys
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
    books = open_books(plan, state, hour)
    log = np.zeros(plan.size, LOG)
    log["ordinal"] = plan.ordinal
    spendable = min(spendable_micros, NO_LIMIT)
    live = _live(plan, books, active, spendable, log)
    given = _deliver(plan, books, live, spendable, log)
    return facts.outcome(plan, books, given, log)


def _live(plan: Plan, books: Books, active: Floats, spendable: int, log: Rows) -> _Live:
    """Who may run, each with its part of its group's supply and target; why the others may not."""
    group, campaign, hour = plan.group_ix, plan.campaign_ix, books.hour
    lasting = plan.group_lifetime_micros < NO_LIMIT
    lasting |= (plan.campaign_lifetime_micros < NO_LIMIT)[campaign]
    flow = pacing.supply(plan, hour, lasting)
    on = np.minimum(np.minimum(np.maximum(active, 0.0), 1.0), flow.open[group])
    by_group = np.full(len(plan.group_key), Limit.NONE, np.int8)
    by_group[books.group_room.both <= 0] = Limit.GROUP_BUDGET
    by_group[(books.campaign_room.both <= 0)[campaign]] = Limit.CAMPAIGN_BUDGET
    by_group[books.frequency_room <= 0] = Limit.FREQUENCY
    if spendable <= 0:
        by_group[:] = Limit.BALANCE
    limit = log["limit"] = np.where(on <= 0, np.int8(Limit.OFF), by_group[group])
    rows = (limit == Limit.NONE).nonzero()[0]
    groups_live = np.zeros(len(plan.group_key), np.bool_)
    groups_live[group[rows]] = True
    goal = pacing.targets(plan, flow, groups_live, books.group_room, books.campaign_room)
    own = group[rows]
    part = pacing.split(plan, rows, on[rows] / flow.open[own])
    left = crowding.shared(plan, groups_live)
    log["open"] = _per_mille(on)
    log["shared"] = _per_mille(left)[group]
    streams = chance.keys(plan.seed, plan.ordinal[rows], hour.slot)
    return _Live(
        rows=rows,
        streams=streams,
        draws=chance.uniforms(streams, 0, chance.HOUR_DRAWS),
        people_minutes=flow.now[own] * part * (left * books.unseen)[own],
        target=goal[own] * part,
    )


def _deliver(plan: Plan, books: Books, live: _Live, spendable: int, log: Rows) -> Given:
    """Auction, funnel, caps and conversions of the live ads."""
    rows, draws = live.rows, live.draws
    group = plan.group_ix[rows]
    tired = funnel.click_factor(books.ads.impressions[rows], plan.people[group])
    demand = auction.Demand(rows, draws, live.people_minutes, live.target, tired)
    won = auction.run(plan, books.hour, demand)
    counts = funnel.sample(plan, rows, draws, won.impressions, tired)
    facts.by_frequency(counts, group, books.frequency_room)
    wanted = facts.billed_events(plan.billing[rows], counts)
    sale = caps.Sale(rows, won.price, wanted)
    given, cut = caps.allowed(plan, books, sale, spendable, draws[Draw.TURN])
    facts.thin(counts, wanted, given, dry=(cut != Limit.NONE) & (given == 0))
    learned = learning.factor(books.progress.results[group], plan.learns[rows], draws)
    trials = conversions.Trials(
        rows, draws, live.streams, *facts.convertible(counts), learned=learned
    )
    known = conversions.sample(plan, books.hour, trials)
    facts.convert(counts, known)
    few = (won.limit == Limit.SUPPLY) & (books.unseen < _FREQUENT)[group]
    held = np.where(few, np.int8(Limit.FREQUENCY), won.limit)
    mine = log.take(rows)
    mine["limit"] = np.where(cut == Limit.NONE, held, cut)
    _write_log(mine, live, won, tired, learned)
    log.put(rows, mine)
    facts.charge(plan, books, rows, counts, won.price * given)
    return Given(rows, counts, known.late)


def _write_log(log: Rows, live: _Live, won: Won, tired: Floats, learned: Floats) -> None:
    log["auctions"] = np.rint(won.auctions)
    log["win"] = _per_mille(won.win)
    log["target"] = np.rint(live.target)
    log["price"] = won.price
    log["tired"] = _per_mille(tired)
    log["learned"] = _per_mille(learned)


def _per_mille(share: Floats) -> Ints:
    whole: Ints = np.minimum(np.rint(1000.0 * share), 65_535.0).astype(np.int64)
    return whole
