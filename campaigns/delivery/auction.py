"""What the hour's auctions give: how many impressions are won, and at what price.

Competing prices are log-normal and the winner pays the best losing price. Everything is a closed
form of z, the bid's distance from the median competitor in standard deviations: W = Phi(z) of the
auctions are won; a thousand impressions cost E[P | P < bid] = exp(mu + s^2/2) Phi(z - s) / Phi(z).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import chance, compiled, market, numeric
from campaigns.delivery.chance import Draw
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import BidControl, Billing, Floats, Ints, Limit, Plan

Z_EASY = 0.25  # maximum delivery bids at least this high, and throttles
Z_MOST = 2.0  # and never higher than this
_COST_CAP_REACH = 1.25  # a cost cap bids so much over it: the average price is below the bid
_OFTEN = 0.8  # winning less than this at the bid limit means the bid is what holds the ad back
_NOISE = 0.2  # spread (log) of an ad's auctions from hour to hour
_PERSON_DAY = 24.0 * 60_000.0  # people-minutes, at an activity of 1000
_TERMS = np.array([_PERSON_DAY, Z_EASY, Z_MOST, _NOISE])

# by Billing: whether clicks decide what is billed, and what a bid is worth
_CLICKS_BILLED = np.array([code == Billing.CPC for code in Billing])
_CLICKS_BID = np.array([code in (Billing.CPC, Billing.OCPM) for code in Billing])
_LOG_MONTH = numeric.log(np.array(market.MONTH_PRICE))


class Demand(NamedTuple):
    """Per live ad, what goes into the hour."""

    rows: Ints  # of the plan's ads
    draws: Floats  # chance.hour_draws
    people_minutes: Floats
    target: Floats  # micros
    tired: Floats  # click rate now against a fresh creative


class Won(NamedTuple):
    """Per live ad: expected impressions, micros per billed event, and what held it back.

    `auctions` it could take part in, and the part of them that its bid wins."""

    impressions: Floats
    price: Ints
    limit: NDArray[np.int8]
    auctions: Floats
    win: Floats


def paid_share(z: Floats, sigma: Floats) -> Floats:
    """Price paid at z as a multiple of the median competing price."""
    both = numeric.ndtr(np.stack((z - sigma, z)))
    share: Floats = numeric.exp(0.5 * sigma * sigma) * both[0] / both[1]
    return share


def log_level(plan: Plan, hour: LocalHour) -> Floats:
    """ln of each group's median competing price: usual level, season and noise of the day."""
    level: Floats = plan.group_log_cpm + _LOG_MONTH[hour.month - 1]
    for country, noise in enumerate(_day_noise(plan.seed, plan.countries, hour.day)):
        level += plan.country_mix[:, country] * noise
    return level


@lru_cache(maxsize=4096)
def _day_noise(seed: int, countries: tuple[str, ...], day: int) -> tuple[float, ...]:
    """How far (log) each country's price is off on that day; days next to each other are alike."""
    codes = np.array([int.from_bytes(code.encode()) for code in countries], np.int64)
    days = [chance.keys(seed, codes, each) for each in (day, day - 1)]
    today, yesterday = chance.uniforms(np.concatenate(days), Draw.MARKET).reshape(2, len(codes))
    noise = 0.8 * numeric.ndtri(today) + 0.6 * numeric.ndtri(yesterday)
    return tuple((noise * market.DAILY_NOISE).tolist())


def run(plan: Plan, hour: LocalHour, demand: Demand) -> Won:
    """Bid, win and price the hour for all live ads."""
    rows = demand.rows
    made = np.empty((6, len(rows)))
    compiled.auction(
        rows,
        plan.group_ix,
        log_level(plan, hour),
        plan.group_sigma,
        plan.group_attention,
        plan.price_factor,
        plan.fixed_price,
        demand.people_minutes,
        demand.target,
        plan.bill_rate[rows] * np.where(_CLICKS_BILLED[plan.billing[rows]], demand.tired, 1.0),
        _worth(plan, demand),
        demand.draws[Draw.NOISE],
        _TERMS,
        made,
    )
    impressions, price, auctions, win, held, scarce = made
    limit = np.where((held > 0) & (win < _OFTEN), Limit.BID, Limit.SUPPLY)
    return Won(
        impressions=impressions,
        price=price.astype(np.int64),
        limit=np.where(scarce > 0, limit, Limit.NONE).astype(np.int8),
        auctions=auctions,
        win=win,
    )


def _worth(plan: Plan, demand: Demand) -> Floats:
    """What each bid control pays for a thousand impressions, -1 where there is none.

    It is a ceiling: maximum delivery, which inverts spend(z) = target in closed form, may bid less.
    """
    control = plan.bid_control[demand.rows]
    found = np.full(len(control), -1.0)
    at = (control != BidControl.NONE).nonzero()[0]
    if at.size:
        rows = demand.rows[at]
        worth = plan.bid_micros[rows] * plan.bid_rate[rows] * 1000.0
        worth *= np.where(_CLICKS_BID[plan.billing[rows]], demand.tired[at], 1.0)
        worth *= np.where(control[at] == BidControl.COST_CAP, _COST_CAP_REACH, 1.0)
        found[at] = worth
    return found
