"""What people do with an impression: watch, click, engage, convert. Whole numbers, parts of wholes.

The seven watch levels (play, then six thresholds by time) are sampled as a tree: the middle one
first, then those around it given it. Three batches of draws instead of seven, same distribution.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaigns.delivery import chance, numeric
from campaigns.delivery.chance import Draw
from campaigns.delivery.plan import Bools, Floats, Ints, Plan

_FATIGUE = 0.12  # loss of clicks per repeated contact
_UNLEARNED = 0.72  # conversion rate before learning, relative to after
_LEARNED_AT = 50.0  # conversions
_LEARNING_SWING = 0.35  # spread (log) of the conversion rate before learning
_VALUE_SPREAD = 0.5  # standard deviation of a conversion's value relative to its mean
IMAGE_ENGAGED = 0.33  # share of an image's impressions that count as engaged views
_REACH_SHAPE = 0.9  # of the gamma distribution of contacts per person


class Counts(NamedTuple):
    """Per live ad, whole floats, in the order of plan.METRICS without money."""

    impressions: Floats
    clicks: Floats
    conversions: Floats
    conversion_value_micros: Floats
    view_conversions: Floats
    views: Floats  # [7, n]: play, 2 s, 6 s, 25, 50, 75, 100 %
    engagement: Floats  # [4, n]: likes, comments, shares, follows
    profile_visits: Floats


def view_tree(survival: Floats) -> Floats:
    """The seven conditional chances `sample` draws with, from the shares still watching."""
    s = survival
    pairs = (
        (s[3], np.ones_like(s[3])),  # middle, of impressions
        (s[1] - s[3], 1.0 - s[3]),  # low, of those that missed the middle
        (s[5], s[3]),  # high, of the middle
        (s[0] - s[1], 1.0 - s[1]),
        (s[2] - s[3], s[1] - s[3]),
        (s[4] - s[5], s[3] - s[5]),
        (s[6], s[5]),
    )
    tree = [part / np.where(whole > 0, whole, 1.0) for part, whole in pairs]
    chances: Floats = np.minimum(np.maximum(np.stack(tree), 0.0), 1.0)
    return chances


def click_factor(impressions: Ints, audience: Ints) -> Floats:
    """Creative fatigue: 1 for a fresh creative, falling with contacts per person."""
    return 1.0 / (1.0 + _FATIGUE * (impressions / np.maximum(audience, 1)))


def conversion_factor(results: Ints, learns: Bools, draws: Floats) -> Floats:
    """Learning phase: low and unsteady at first, 1 from fifty conversions on."""
    progress = np.where(learns, np.minimum(results / _LEARNED_AT, 1.0), 1.0)
    factor = _UNLEARNED + (1.0 - _UNLEARNED) * progress
    learning = (progress < 1.0).nonzero()[0]
    if learning.size:
        swing = _LEARNING_SWING * (1.0 - progress[learning])
        factor[learning] *= chance.lognormal(draws[Draw.LEARNING, learning], swing)
    return factor


def sample(
    plan: Plan,
    rows: Ints,
    draws: Floats,
    mean_impressions: Floats,
    clicks_by: Floats,
    conversions_by: Floats,
) -> Counts:
    """The hour's counts of the live ads `rows`; the factors scale click and conversion rates."""

    def wave(first: Draw, trials: tuple[Floats, ...], chances: tuple[Floats, ...]) -> Floats:
        u = draws[first : first + len(trials)].ravel()
        flat = chance.binomial(u, np.concatenate(trials), np.concatenate(chances))
        return flat.reshape(len(trials), len(rows))

    tree = plan.view_chance[:, rows]
    shown = chance.poisson(draws[Draw.IMPRESSIONS], mean_impressions)
    ctr = np.minimum(plan.ctr[rows] * clicks_by, 0.9)
    cvr = np.minimum(plan.cvr[rows] * conversions_by, 0.9)
    v3, clicks, profile = wave(
        Draw.VIEW_MIDDLE, (shown, shown, shown), (tree[0], ctr, plan.profile_rate[rows])
    )
    low, v5, conversions = wave(Draw.VIEW_LOW, (shown - v3, v3, clicks), (tree[1], tree[2], cvr))
    v1 = v3 + low
    play, v2, v4, v6 = wave(Draw.VIEW_0, (shown - v1, low, v3 - v5, v5), tuple(tree[3:]))
    levels = np.stack((v1 + play, v1, v3 + v2, v3, v5 + v4, v5, v6))
    views = np.take_along_axis(levels[1:], plan.view_rank[:, rows], axis=0)
    engaged = np.where(plan.is_video[rows], views[0], np.rint(shown * IMAGE_ENGAGED))
    engagement = wave(Draw.LIKES, (engaged,) * 4, tuple(plan.engagement[:, rows]))
    return Counts(
        impressions=shown,
        clicks=clicks,
        conversions=conversions,
        conversion_value_micros=_value(conversions, plan.value_micros[rows], draws),
        view_conversions=np.zeros_like(shown),
        views=np.concatenate((levels[:1], views)),
        engagement=engagement,
        profile_visits=profile,
    )


def _value(conversions: Floats, average: Ints, draws: Floats) -> Floats:
    """Value of the conversions together, in whole micros."""
    value = np.zeros_like(conversions)
    some = ((conversions > 0) & (average > 0)).nonzero()[0]
    if some.size:
        number = conversions[some]
        z = numeric.ndtri(draws[Draw.VALUE, some])
        each = np.maximum(1.0 + _VALUE_SPREAD * z / np.sqrt(number), 0.2)
        value[some] = np.rint(number * average[some] * each)
    return value


def reach(impressions: int, audience: int) -> int:
    """Estimated people among `audience` who saw `impressions`: negative binomial contacts.

    NOT additive: take an entity's own impressions and own audience for the range asked, never a sum
    of reaches. Between 1 and `impressions` (0 without any), never above the audience, monotone, and
    at most the sum of its parts where the parts share the audience; of a union, show the smaller.
    """
    if impressions <= 0 or audience <= 0:
        return min(max(impressions, 0), 1)
    base = np.array([1.0 + impressions / (_REACH_SHAPE * audience)])
    share = 1.0 - float(numeric.exp(-_REACH_SHAPE * numeric.log(base))[0])
    return max(1, min(impressions, audience, -int(-(audience * share) // 1)))
