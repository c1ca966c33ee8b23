"""How good each creative is: rates drawn once from the account's seed and the ad's ordinal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import chance, funnel, goals, numeric
from campaigns.delivery.chance import Draw, Keys
from campaigns.delivery.goals import Goal, Result
from campaigns.delivery.plan import Billing, Bools, Floats, Ints
from campaigns.delivery.rows import AdRow

_BILLING = {"CPM": Billing.CPM, "OCPM": Billing.OCPM, "CPC": Billing.CPC, "CPV": Billing.CPV_6S}
_PER_THOUSAND = 0.001
_SCORE = 1e9
_REVISIONS = 2**32  # a new creative of an ad has luck of its own


class GroupRates(NamedTuple):
    """What a group's settings make of an ordinary creative; `value` in micros."""

    billing_event: str
    goal: Goal
    ctr: float
    cvr: float
    value: float
    fixed_cpm: int = 0  # reservation: the rate card's micros, no auction


class _Rates(NamedTuple):
    """Per ad, of a fresh creative."""

    ctr: Floats
    cvr: Floats
    engagement: Floats
    survival: Floats
    rank: Ints
    price: Floats


def make(
    seed: int, ads: Sequence[AdRow], group_ix: Ints, groups: Sequence[GroupRates]
) -> dict[str, Any]:
    """The plan's columns per ad that depend on the creative, by name."""
    ordinal = np.array([row.ordinal for row in ads], np.int64)
    revision = np.array([row.revision for row in ads], np.int64)
    is_video = np.array([row.is_video for row in ads], np.bool_)
    streams = chance.keys(seed, ordinal + revision * _REVISIONS, chance.STATIC)
    rates = _draw(streams, ads, is_video, group_ix, groups)
    tree = funnel.view_tree(rates.survival)
    viewed = np.take_along_axis(rates.survival, rates.rank[:2] + 1, axis=0)
    result = _results(rates, viewed, is_video, group_ix, groups)
    billing = _billing(is_video, group_ix, groups)
    one = np.ones_like(result)
    # in the order of Billing: CPM, OCPM, CPC, CPV_6S, CPV_2S
    bid = np.stack((_PER_THOUSAND * one, result, rates.ctr, viewed[1], viewed[0]))
    bill = np.stack((one, one, rates.ctr, viewed[1], viewed[0]))
    place = (billing.astype(np.int64), np.arange(len(ads)))
    goal = [row.goal for row in groups]
    learns = np.array([g.result is Result.CONVERSION for g in goal], np.bool_)[group_ix]
    return {
        "ordinal": ordinal,
        "revision": revision,
        "billing": billing,
        "fixed_price": np.array([row.fixed_cpm for row in groups], np.int64)[group_ix],
        "bid_rate": bid[place],
        "bill_rate": bill[place],
        "price_factor": rates.price,
        "ctr": rates.ctr,
        "cvr": rates.cvr,
        "value_micros": np.rint([row.value for row in groups]).astype(np.int64)[group_ix],
        "learns": learns & (rates.cvr > 0),
        "is_video": is_video,
        "view_chance": tree,
        "view_misses": numeric.misses(tree),
        "view_rank": rates.rank,
        "engagement": rates.engagement,
        "engagement_misses": numeric.misses(rates.engagement),
        "profile_rate": np.full_like(result, goals.PROFILE_VISITS),
        "split_weight": np.maximum(np.rint(_SCORE * result / rates.price), 1.0).astype(np.int64),
    }


def _draw(
    streams: Keys,
    ads: Sequence[AdRow],
    is_video: Bools,
    group_ix: Ints,
    groups: Sequence[GroupRates],
) -> _Rates:
    """One creative after the other: its own luck times what its group asks for."""

    def group(values: list[float]) -> Floats:
        return np.array(values, np.float64)[group_ix]

    def luck(draw: Draw, sigma: float) -> Floats:
        return chance.lognormal(chance.uniforms(streams, draw)[0], sigma)

    quality = np.array([row.quality for row in ads], np.float64)
    seconds = np.array([max(row.duration_seconds, 1.0) for row in ads], np.float64)
    ctr = group([g.ctr for g in groups]) * quality * luck(Draw.CREATIVE_CTR, goals.CTR_SPREAD)
    cvr = group([g.cvr for g in groups]) * luck(Draw.CREATIVE_CVR, goals.CVR_SPREAD)
    hook = goals.HOOK + goals.HOOK_SPREAD * chance.normals(streams, Draw.CREATIVE_HOOK)
    hook = np.clip(hook * group([g.goal.hook for g in groups]), 0.1, 0.75)
    engaged = group([g.goal.engagement for g in groups])
    engaged *= luck(Draw.CREATIVE_ENGAGEMENT, goals.ENGAGEMENT_SPREAD)
    survival, rank = _survival(np.where(is_video, hook, 0.0), seconds)
    appeal = quality * luck(Draw.CREATIVE_PRICE, goals.PRICE_SPREAD)
    return _Rates(
        ctr=np.minimum(ctr * np.where(is_video, 1.0, goals.IMAGE_CTR), 0.5),
        cvr=np.minimum(cvr, 0.5),
        engagement=np.minimum(np.array(goals.ENGAGEMENT)[:, None] * engaged, 0.5),
        survival=survival,
        rank=rank,
        price=group([g.goal.price for g in groups]) / appeal,
    )


def _results(
    rates: _Rates, viewed: Floats, is_video: Bools, group_ix: Ints, groups: Sequence[GroupRates]
) -> Floats:
    """Chance of the result the group is after, per impression (per thousand where that is it)."""
    order = list(Result)
    table = {
        Result.IMPRESSION: np.full_like(rates.ctr, _PER_THOUSAND),
        Result.CLICK: rates.ctr,
        Result.VIEW_2S: np.where(is_video, viewed[0], rates.ctr),
        Result.VIEW_6S: np.where(is_video, viewed[1], rates.ctr),
        Result.CONVERSION: rates.ctr * np.where(rates.cvr > 0, rates.cvr, 1.0),
        Result.FOLLOW: np.where(is_video, viewed[0], funnel.IMAGE_ENGAGED) * rates.engagement[3],
        Result.PROFILE_VISIT: np.full_like(rates.ctr, goals.PROFILE_VISITS),
    }
    code = np.array([order.index(g.goal.result) for g in groups], np.int64)[group_ix]
    stacked: Floats = np.stack([table[result] for result in order])
    return stacked[code, np.arange(len(code))]


def _survival(hook: Floats, seconds: Floats) -> tuple[Floats, Ints]:
    """Share still watching at play and at the six thresholds sorted by time, and their places.

    Weibull through the hook at 2 s: S(t) = PLAYED * (hook / PLAYED) ^ ((t/2)^k). Equal times get
    equal shares to the bit, so 6 s of a 24 s video is the same people as its first quarter.
    """
    parts = np.array([0.25, 0.5, 0.75, 1.0])[:, None] * seconds
    times = np.concatenate((np.minimum([[2.0], [6.0]], seconds), parts))
    order = np.argsort(times, axis=0, kind="stable")
    rank = np.argsort(order, axis=0, kind="stable")
    growth = numeric.exp(goals.RETENTION_SHAPE * numeric.log(times / 2.0))
    video = hook > 0
    steepness = numeric.log(np.where(video, hook, 1.0) / goals.PLAYED)
    share = goals.PLAYED * numeric.exp(growth * steepness) * video
    sorted_share = np.take_along_axis(share, order, axis=0)
    return np.concatenate((goals.PLAYED * video[None, :], sorted_share)), rank


def _billing(is_video: Bools, group_ix: Ints, groups: Sequence[GroupRates]) -> NDArray[np.int8]:
    """Billing codes per ad; an image has no views to sell, so it goes by impressions."""
    codes = np.array([_billing_code(g) for g in groups], np.int8)[group_ix]
    views = (codes == Billing.CPV_2S) | (codes == Billing.CPV_6S)
    return np.where(views & ~is_video, Billing.CPM, codes).astype(np.int8)


def _billing_code(group: GroupRates) -> Billing:
    if group.billing_event == "CPV" and group.goal.result is Result.VIEW_2S:
        return Billing.CPV_2S
    return _BILLING[group.billing_event]
