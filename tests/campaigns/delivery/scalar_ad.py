"""One ad in one hour, one number at a time: auction, funnel and conversions after `scalar`."""

from __future__ import annotations

import math
from typing import NamedTuple

from . import scalar
from .scalar import binomial, poisson, uniform

CLICK_COME = (0.35, 0.40, 0.43, 0.46, 0.50, 0.62, 0.72, 0.86, 1.00, 1.04, 1.07)
VIEW_COME = (0.20, 0.28, 0.36, 0.45, 0.60, 0.72, 0.80, 0.92, 1.00)
ENDS = (1, 3, 6, 12, 24, 48, 72, 120, 168, 336, 672)


class AdHour(NamedTuple):
    """What is known of the ad, its group and the hour; plain numbers."""

    stream: int
    billing: int
    bid_control: int
    bid_micros: int
    fixed_price: int
    bid_rate: float
    bill_rate: float
    ctr: float
    cvr: float
    value_micros: int
    is_video: bool
    view_chance: tuple[float, ...]
    view_rank: tuple[int, ...]
    engagement: tuple[float, ...]
    profile_rate: float
    sigma: float
    log_level: float
    price_factor: float
    attention: float
    click_days: int
    view_days: int
    people_minutes: float
    target: float
    tired: float
    learned: float


class Auction(NamedTuple):
    mean_impressions: float
    price: int
    win: float


class Arrived(NamedTuple):
    """Conversions by delay: (kind, hours after, number, value)."""

    kind: int
    delay: int
    number: int
    value: int


def auction(ad: AdHour) -> Auction:
    median = scalar.exp(ad.log_level) * ad.price_factor
    mean = scalar.exp(ad.log_level + 0.5 * ad.sigma * ad.sigma) * ad.price_factor
    chances = ad.people_minutes * ad.attention / (24.0 * 60_000.0)
    part = ad.target * 1000.0 / max(chances * mean, 1e-3)
    z = ad.sigma + scalar.ndtri(min(max(part, 1e-9), 1.0 - 1e-9))
    z = min(max(z, 0.25), 2.0)
    if ad.bid_control:
        worth = ad.bid_micros * ad.bid_rate * 1000.0
        worth *= ad.tired if ad.billing in (1, 2) else 1.0
        worth *= 1.25 if ad.bid_control == 1 else 1.0
        z = min(z, max(scalar.log(worth / median) / ad.sigma, -8.0))
    win = scalar.ndtr(z)
    cpm = mean * scalar.ndtr(z - ad.sigma) / win
    if ad.fixed_price:
        win, cpm = 1.0, float(ad.fixed_price)
    noise = scalar.lognormal(uniform(ad.stream, 0), 0.2)
    rate = ad.bill_rate * (ad.tired if ad.billing == 2 else 1.0)
    shown = min(chances * win, ad.target * 1000.0 / cpm) * noise
    return Auction(shown, int(max(cpm / (1000.0 * rate) // 1, 1.0)), win)


def funnel(ad: AdHour, mean_impressions: float) -> dict[str, int]:
    """Whole numbers, by metric."""
    u = [uniform(ad.stream, draw) for draw in range(23)]
    tree = ad.view_chance
    shown = poisson(u[1], mean_impressions)
    middle = binomial(u[8], shown, tree[0])
    low = binomial(u[11], shown - middle, tree[1])
    high = binomial(u[12], middle, tree[2])
    v1 = middle + low
    play = v1 + binomial(u[14], shown - v1, tree[3])
    v2 = middle + binomial(u[15], low, tree[4])
    v4 = high + binomial(u[16], middle - high, tree[5])
    by_time = (v1, v2, middle, v4, high, binomial(u[17], high, tree[6]))
    views = [by_time[place] for place in ad.view_rank]
    engaged = views[0] if ad.is_video else round(shown * 0.33)
    names = ("watched_2s", "watched_6s", "views_p25", "views_p50", "views_p75", "views_p100")
    acts = ("likes", "comments", "shares", "follows")
    return {
        "impressions": shown,
        "clicks": binomial(u[9], shown, min(ad.ctr * ad.tired, 0.9)),
        "video_views": play,
        **dict(zip(names, views, strict=True)),
        **{act: binomial(u[18 + n], engaged, ad.engagement[n]) for n, act in enumerate(acts)},
        "profile_visits": binomial(u[10], shown, ad.profile_rate),
    }


def conversions(ad: AdHour, clicks: int, six_second_views: int) -> list[Arrived]:
    """Everything that the clicks and views ever bring within their windows, by kind and delay."""
    rate = ad.cvr * ad.learned
    clicked = binomial(uniform(ad.stream, 13), clicks, min(rate * CLICK_COME[-1], 0.9))
    viewers = max(six_second_views - clicks, 0) if ad.view_days else 0
    seen = binomial(uniform(ad.stream, 22), viewers, min(rate * 0.015, 0.9))
    return [
        *_spread(ad, 0, clicked, CLICK_COME, ad.click_days, 60),
        *_spread(ad, 1, seen, VIEW_COME, ad.view_days, 132),
    ]


def _spread(
    ad: AdHour, kind: int, number: int, come: tuple[float, ...], days: int, draw: int
) -> list[Arrived]:
    found = []
    for bucket, here in enumerate(_buckets(ad, number, come, draw)):
        if not here or (bucket and ENDS[bucket] > 24 * days):
            continue
        begin = ENDS[bucket - 1] if bucket else 0
        length = ENDS[bucket] - begin
        later = min(int(uniform(ad.stream, draw + 12 + bucket) * length), length - 1)
        z = scalar.ndtri(uniform(ad.stream, draw + 24 + bucket))
        factor = max(1.0 + 0.5 * z / math.sqrt(here), 0.2)
        value = round(here * ad.value_micros * factor)
        found.append(Arrived(kind, begin + later, here, value))
    return found


def _buckets(ad: AdHour, number: int, come: tuple[float, ...], draw: int) -> list[int]:
    """A dozen conversions are asked one by one when they come, more are dealt out."""
    counts = [0] * len(come)
    if number <= 12:
        for each in range(number):
            u = uniform(ad.stream, draw + each)
            counts[sum(up_to / come[-1] <= u for up_to in come)] += 1
        return counts
    left, before = number, 0.0
    for bucket, up_to in enumerate(come):
        part = min((up_to - before) / (come[-1] - before), 1.0)
        counts[bucket] = binomial(uniform(ad.stream, draw + bucket), left, part)
        left, before = left - counts[bucket], up_to
    assert left == 0
    return counts
