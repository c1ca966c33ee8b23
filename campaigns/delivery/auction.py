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

from campaigns.delivery import chance, market, numeric
from campaigns.delivery.chance import Draw
from campaigns.delivery.hour import LocalHour
from campaigns.delivery.plan import BidControl, Billing, Bools, Floats, Ints, Limit, Plan

Z_EASY = 0.25  # maximum delivery bids at least this high, and throttles
Z_MOST = 2.0  # and never higher than this
_COST_CAP_REACH = 1.25  # a cost cap bids so much over it: the average price is below the bid
_OFTEN = 0.8  # winning less than this at the bid limit means the bid is what holds the ad back
_NOISE = 0.2  # spread (log) of an ad's auctions from hour to hour
_PERSON_DAY = 24.0 * 60_000.0  # people-minutes, at an activity of 1000

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
    group = plan.group_ix[rows]
    sigma = plan.group_sigma[group]
    level, half = log_level(plan, hour), 0.5 * plan.group_sigma * plan.group_sigma
    median, mean = numeric.exp(np.stack((level, level + half)))[:, group] * plan.price_factor[rows]
    chances = demand.people_minutes * plan.group_attention[group] / _PERSON_DAY
    part = demand.target * 1000.0 / np.maximum(chances * mean, 1e-3)
    z, held = _bid(plan, demand, part, median, sigma)
    below, win = numeric.ndtr(np.stack((z - sigma, z)))
    reserved = plan.fixed_price[rows] > 0
    win = np.where(reserved, 1.0, win)
    cpm = np.where(reserved, plan.fixed_price[rows], mean * below / win)
    most = chances * win
    wanted = demand.target * 1000.0 / cpm
    noise = chance.lognormal(demand.draws[Draw.NOISE], _NOISE)
    rate = plan.bill_rate[rows] * np.where(_CLICKS_BILLED[plan.billing[rows]], demand.tired, 1.0)
    limit = np.where(held & (win < _OFTEN), Limit.BID, Limit.SUPPLY)
    return Won(
        impressions=np.minimum(most, wanted) * noise,
        price=np.maximum(np.floor(cpm / (1000.0 * rate)), 1.0).astype(np.int64),
        limit=np.where((most < 0.9 * wanted) | (most <= 0), limit, Limit.NONE).astype(np.int8),
        auctions=chances,
        win=win,
    )


def _bid(
    plan: Plan, demand: Demand, part: Floats, median: Floats, sigma: Floats
) -> tuple[Floats, Bools]:
    """z of each bid, and whether the bid control (not the target) decided it.

    `part` is the target as a part of what all the hour's auctions would cost. Maximum delivery
    inverts spend(z) = part in closed form; a bid control is a ceiling to that.
    """
    z = sigma + numeric.ndtri(np.minimum(np.maximum(part, 1e-9), 1.0 - 1e-9))
    z = np.minimum(np.maximum(z, Z_EASY), Z_MOST)
    held = np.zeros(len(z), np.bool_)
    control = plan.bid_control[demand.rows]
    at = (control != BidControl.NONE).nonzero()[0]
    if at.size:
        rows = demand.rows[at]
        worth = plan.bid_micros[rows] * plan.bid_rate[rows] * 1000.0
        worth *= np.where(_CLICKS_BID[plan.billing[rows]], demand.tired[at], 1.0)
        worth *= np.where(control[at] == BidControl.COST_CAP, _COST_CAP_REACH, 1.0)
        ceiling = np.maximum(numeric.log(worth / median[at]) / sigma[at], -8.0)
        held[at] = ceiling < z[at]
        z[at] = np.minimum(z[at], ceiling)
    return z, held
