"""The hard promise: nobody pays more than a budget or the wallet holds, to the last micro.

Costs are events times an integer price, and `room // price` events is all that may be sold. A
budget with room for everything wanted needs no walk; the others are walked in a drawn order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery.books import Books, sums
from campaigns.delivery.plan import Bools, Floats, Ints, Limit, Plan


class Sale(NamedTuple):
    """Per live ad: price of a billed event and how many are wanted."""

    rows: Ints  # of the plan's ads
    price: Ints
    events: Ints


def allowed(
    plan: Plan, books: Books, sale: Sale, spendable: int, turn: Floats
) -> tuple[Ints, NDArray[np.int8]]:
    """Events that may be sold, and per live ad the cap that cut it; `turn` says who goes first.

    An ad that wants nothing but could not pay for one event counts as cut: it shows nothing.
    """
    events = sale.events.copy()
    limit = _broke(plan, books, sale, spendable)
    events[limit != Limit.NONE] = 0
    sale = sale._replace(events=events)
    walkers = _crowded(plan, books, sale, spendable).nonzero()[0]
    if walkers.size:
        walkers = walkers[np.argsort(turn[walkers], kind="stable")]
        _walk(plan, books, sale, spendable, walkers, limit)
    return events, limit


def _broke(plan: Plan, books: Books, sale: Sale, spendable: int) -> NDArray[np.int8]:
    """Per live ad: Limit.NONE, or the cap that has no room for even one event."""
    group = plan.group_ix[sale.rows]
    campaign = plan.campaign_ix[group]
    opening = books.opening[sale.rows]
    limit = np.full(len(sale.rows), Limit.NONE, np.int8)
    for room, index, name in (
        (books.group_room, group, Limit.GROUP_BUDGET),
        (books.campaign_room, campaign, Limit.CAMPAIGN_BUDGET),
    ):
        left = np.minimum(room.today[index] - opening, room.in_all[index])
        limit[left < sale.price] = name
    limit[spendable - books.carry[sale.rows] < sale.price] = Limit.BALANCE
    return limit


def _crowded(plan: Plan, books: Books, sale: Sale, spendable: int) -> Bools:
    """Ads that share a cap too small for all that is wanted of it."""
    cost = sale.price * sale.events
    paying = cost > 0
    group = plan.group_ix[sale.rows]
    campaign = plan.campaign_ix[group]
    if int((cost + books.carry[sale.rows] * paying).sum()) > spendable:
        return paying
    used = cost + books.opening[sale.rows] * paying
    crowded = np.zeros(len(cost), np.bool_)
    by_group = [sums(group, each, len(plan.group_key)) for each in (used, cost)]
    by_campaign = [sums(plan.campaign_ix, each, len(plan.campaign_key)) for each in by_group]
    for room, (today, in_all), index in (
        (books.group_room, by_group, group),
        (books.campaign_room, by_campaign, campaign),
    ):
        crowded |= ((today > room.today) | (in_all > room.in_all))[index]
    return crowded & paying


def _walk(
    plan: Plan,
    books: Books,
    sale: Sale,
    wallet: int,
    walkers: Ints,
    limit: NDArray[np.int8],
) -> None:
    """One ad after another takes what the caps on its way leave; cuts `sale.events`, marks `limit`.

    Plain integers: few ads walk. Those that do not have all they want, and it fits beside what the
    walkers want; so only a wallet too small for all needs everybody to walk.
    """
    rows = sale.rows[walkers]
    group = plan.group_ix[rows]
    group_today, group_all = books.group_room.today.tolist(), books.group_room.in_all.tolist()
    campaign_today = books.campaign_room.today.tolist()
    campaign_all = books.campaign_room.in_all.tolist()
    columns = (walkers, group, plan.campaign_ix[group], sale.price[walkers], sale.events[walkers])
    money = (books.carry[rows], books.opening[rows])
    steps = zip(*(column.tolist() for column in (*columns, *money)), strict=True)
    for ad, g, c, price, wanted, carry, opening in steps:
        room_group = min(group_today[g] - opening, group_all[g])
        room_campaign = min(campaign_today[c] - opening, campaign_all[c])
        room = min(room_group, room_campaign, wallet - carry)
        given = min(wanted, max(room, 0) // price)
        if given < wanted:
            sale.events[ad] = given
            limit[ad] = _name(room, room_group, room_campaign)
        if given:
            cost = price * given
            group_today[g] -= cost + opening
            group_all[g] -= cost
            campaign_today[c] -= cost + opening
            campaign_all[c] -= cost
            wallet -= cost + carry


def _name(room: int, group: int, campaign: int) -> Limit:
    """The cap that was the narrowest."""
    if room == group:
        return Limit.GROUP_BUDGET
    return Limit.CAMPAIGN_BUDGET if room == campaign else Limit.BALANCE
