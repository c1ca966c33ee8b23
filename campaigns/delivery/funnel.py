"""What people do with an impression: watch, click, engage, convert. Whole numbers, parts of wholes.

The seven watch levels (play, then six thresholds by time) are sampled as a tree: the middle one
first, then those around it given it. Three batches of draws instead of seven, same distribution.
"""

from __future__ import annotations

import numpy as np

from campaigns.delivery import compiled, market, numeric
from campaigns.delivery.chance import Draw
from campaigns.delivery.plan import METRICS, PLACE, Floats, Ints, Plan

_FATIGUE = 0.12  # loss of clicks per repeated contact
IMAGE_ENGAGED = 0.33  # share of an image's impressions that count as engaged views


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
    """Creative fatigue: 1 for a fresh creative, falling with the frequency it has reached."""
    factor = np.ones(len(impressions))
    shown = (impressions > 0).nonzero()[0]
    people = np.maximum(audience[shown], 1)
    each = impressions[shown] / people
    frequency = each / np.maximum(_reached(each, market.contact_shape(people)), 1e-9)
    factor[shown] = 1.0 / (1.0 + _FATIGUE * np.maximum(frequency - 1.0, 0.0))
    return factor


def sample(
    plan: Plan, rows: Ints, draws: Floats, mean_impressions: Floats, clicks_by: Floats
) -> Ints:
    """The hour's counts [metric of plan.METRICS, live ad] of the live ads `rows`, money and
    conversions still 0; the factor scales click rates."""
    counts = np.zeros((len(METRICS), len(rows)), np.int64)
    compiled.funnel(
        rows,
        draws[Draw.IMPRESSIONS],
        draws[Draw.VIEW_MIDDLE : Draw.FOLLOWS + 1],
        mean_impressions,
        clicks_by,
        plan.ctr,
        plan.profile_rate,
        plan.view_chance,
        plan.view_misses,
        plan.view_rank,
        plan.engagement,
        plan.engagement_misses,
        plan.is_video,
        IMAGE_ENGAGED,
        counts[PLACE["impressions"]],
        counts[PLACE["clicks"]],
        counts[PLACE["video_views"] : PLACE["likes"]],
        counts[PLACE["likes"] : PLACE["profile_visits"]],
        counts[PLACE["profile_visits"]],
    )
    return counts


def _reached(each: Floats, shape: Floats) -> Floats:
    """Part of the people who see anything when there are `each` impressions a person."""
    found: Floats = 1.0 - numeric.exp(-shape * numeric.log(1.0 + each / shape))
    return found


def reach(impressions: int, audience: int, *, most_each: int | None = None) -> int:
    """Estimated people among `audience` who saw `impressions`: negative binomial contacts, nobody
    more often than `most_each` (a frequency cap over the range asked).

    NOT additive: take an entity's own impressions and own audience for the range asked, never a sum
    of reaches. Between 1 and `impressions` (0 without any), never above the audience, monotone, and
    at most the sum of its parts where the parts share the audience; of a union, show the smaller.
    """
    if impressions <= 0 or audience <= 0:
        return min(max(impressions, 0), 1)
    shape = market.contact_shape(np.array([audience]))
    share = float(_reached(np.array([impressions / audience]), shape)[0])
    people = max(1, min(impressions, audience, -int(-(audience * share) // 1)))
    return people if most_each is None else max(people, min(audience, -(-impressions // most_each)))
