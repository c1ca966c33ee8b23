"""The engine's inner loops, compiled. To be called through `compiled`, which loads it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from campaigns.delivery import arithmetic
from campaigns.delivery.plan import Bools, Floats, Ints

Keys = NDArray[np.uint64]
_Loop = Callable[..., None]

_ARITHMETIC = sha256(Path(arithmetic.__file__).read_bytes()).hexdigest()[:12]


def _entry(*arguments: str) -> Callable[[_Loop], _Loop]:
    """Compiled at once for these arguments, and kept on disk where there is a place for it.

    Other arguments are refused: compiling for them in the midst of an hour would take seconds.
    """
    signature = f"void({', '.join(arguments)})"

    def compiled(function: _Loop) -> _Loop:
        if arithmetic.njit is None:
            return np.errstate(all="ignore")(function)
        # Numba compiles anew when this file changes; its file's name says which arithmetic is in it
        function.__qualname__ += "_" + _ARITHMETIC
        try:
            made: _Loop = arithmetic.njit(signature, cache=True, **arithmetic.OPTIONS)(function)
        except (OSError, RuntimeError):  # no folder can be written, or the disk is full
            made = arithmetic.njit(signature, **arithmetic.OPTIONS)(function)
        return made

    return compiled


@_entry("u8[::1]", "u8[::1]", "f8[:, ::1]")
def uniforms(streams: Keys, steps: Keys, found: Floats) -> None:
    for row in range(len(steps)):
        for i in range(len(streams)):
            found[row, i] = arithmetic.uniform(streams[i] + steps[row])


@_entry("f8[:]", "f8[:]", "f8[::1]")
def poisson(u: Floats, mean: Floats, count: Floats) -> None:
    for i in range(len(u)):
        count[i] = arithmetic.poisson(u[i], mean[i])


@_entry("f8[:]", "f8[:]", "f8[:]", "f8[::1]")
def binomial(u: Floats, trials: Floats, p: Floats, count: Floats) -> None:
    for i in range(len(u)):
        count[i] = arithmetic.binomial(u[i], trials[i], p[i])


@_entry(
    *("i8[::1]", "f8[::1]", "f8[:, ::1]", "f8[::1]", "f8[::1]", "f8[:]", "f8[:]", "f8[:, :]"),
    *("f8[:, :]", "i8[:, :]", "f8[:, :]", "f8[:, :]", "b1[:]", "f8"),
    *("i8[::1]", "i8[::1]", "i8[:, ::1]", "i8[:, ::1]", "i8[::1]"),
)
def funnel(
    rows: Ints,
    first: Floats,
    u: Floats,
    mean: Floats,
    clicks_by: Floats,
    ctr: Floats,
    profile_rate: Floats,
    tree: Floats,
    tree_misses: Floats,
    rank: Ints,
    engagement: Floats,
    engagement_misses: Floats,
    is_video: Bools,
    image_engaged: float,
    impressions: Ints,
    clicks: Ints,
    views: Ints,
    acts: Ints,
    profile_visits: Ints,
) -> None:
    """Fills the last five, per live ad: `views` [7] watch levels, `acts` [4] engagements.

    `u` are the draws from Draw.VIEW_MIDDLE on, `first` that of the impressions.
    """
    levels = np.empty(7)
    for i in range(len(rows)):
        ad = rows[i]
        shown = impressions[i] = arithmetic.poisson(first[i], mean[i])
        clicks[i] = arithmetic.binomial(u[1, i], shown, min(ctr[ad] * clicks_by[i], 0.9))
        profile_visits[i] = arithmetic.binomial(u[2, i], shown, profile_rate[ad])
        v3 = levels[3] = arithmetic.binomial(u[0, i], shown, tree[0, ad], tree_misses[0, ad])
        low = arithmetic.binomial(u[3, i], shown - v3, tree[1, ad], tree_misses[1, ad])
        v5 = levels[5] = arithmetic.binomial(u[4, i], v3, tree[2, ad], tree_misses[2, ad])
        v1 = levels[1] = v3 + low
        rest = arithmetic.binomial(u[6, i], shown - v1, tree[3, ad], tree_misses[3, ad])
        levels[0] = v1 + rest
        rest = arithmetic.binomial(u[7, i], low, tree[4, ad], tree_misses[4, ad])
        levels[2] = v3 + rest
        rest = arithmetic.binomial(u[8, i], v3 - v5, tree[5, ad], tree_misses[5, ad])
        levels[4] = v5 + rest
        levels[6] = arithmetic.binomial(u[9, i], v5, tree[6, ad], tree_misses[6, ad])
        views[0, i] = levels[0]
        for place in range(6):
            views[1 + place, i] = levels[1 + rank[place, ad]]
        engaged = levels[1 + rank[0, ad]] if is_video[ad] else np.rint(shown * image_engaged)
        for act in range(4):
            acts[act, i] = arithmetic.binomial(
                u[10 + act, i], engaged, engagement[act, ad], engagement_misses[act, ad]
            )


@_entry("u8[::1]", "u8", "i8[:]", "i8[:, :]", "i8[:, :]", "i8[:, ::1]")
def deal(
    streams: Keys, first: np.uint64, total: Ints, weights: Ints, room: Ints, cells: Ints
) -> None:
    """`cells` [cell, ad], zeros before; `room` without rows stands for room without end."""
    for i in range(len(streams)):
        left, weight, space = total[i], np.int64(0), np.int64(0)
        for cell in range(len(weights)):
            weight += weights[cell, i]
        for cell in range(len(room)):
            space += room[cell, i]
        state = streams[i] + first * arithmetic.GAMMA
        for cell in range(len(weights)):
            if left <= 0:
                break
            state += arithmetic.GAMMA
            own = weights[cell, i]
            given = np.int64(
                arithmetic.binomial(
                    arithmetic.uniform(state), np.float64(left), own / max(weight, 1)
                )
            )
            if len(room):
                space -= room[cell, i]
                given = max(min(given, room[cell, i]), left - space)
            cells[cell, i] = given
            left -= given
            weight -= own


@arithmetic.part
def _bid(
    part: float, spread: float, median: float, worth: float, least: float, most: float
) -> tuple[float, bool]:
    """z of a bid that spends `part` of what all auctions cost; whether its worth kept it lower."""
    z = spread + arithmetic.ndtri(min(max(part, 1e-9), 1.0 - 1e-9))
    z = min(max(z, least), most)
    if worth < 0.0:
        return z, False
    ceiling = max(arithmetic.log(worth / median) / spread, -8.0)
    return min(z, ceiling), ceiling < z


@_entry(
    *("u8[::1]", "u8[::1]", "f8[:]", "i8[:]", "i8[:]", "f8[::1]", "f8[::1]", "f8", "i8"),
    *("i8[:, ::1]", "f8[:, ::1]", "i8[::1]"),
)
def lumps(
    streams: Keys,
    firsts: Keys,
    number: Floats,
    within: Ints,
    average: Ints,
    up_to: Floats,
    parts: Floats,
    spread: float,
    few: int,
    made: Ints,
    draws: Floats,
    size: Ints,
) -> None:
    """Each ad's `number` dealt out to buckets: a few one by one, by `up_to`, many by `parts`.

    `made` [4, lump]: ad, bucket, how many, their value; `draws` [4, lump] of its own; `size` [1]
    how many lumps. `firsts` are the numbers of the draws for buckets, values and the four.
    """
    table = np.empty(len(parts))
    at = 0
    for i in range(len(streams)):
        table[:] = 0.0
        left = number[i]
        state = streams[i] + firsts[0] * arithmetic.GAMMA
        if left <= few:
            for _ in range(np.int64(left)):
                state += arithmetic.GAMMA
                table[np.searchsorted(up_to, arithmetic.uniform(state), side="right")] += 1.0
        else:
            for bucket in range(len(parts)):
                state += arithmetic.GAMMA
                come = arithmetic.binomial(arithmetic.uniform(state), left, parts[bucket])
                table[bucket] = come
                left -= come
        for bucket in range(min(len(parts), max(within[i], 1))):
            each = table[bucket]
            if each <= 0.0:
                continue
            step = np.uint64(bucket + 1)
            z = arithmetic.ndtri(
                arithmetic.uniform(streams[i] + (firsts[1] + step) * arithmetic.GAMMA)
            )
            factor = max(1.0 + spread * z / np.sqrt(each), 0.2)
            made[0, at], made[1, at], made[2, at] = i, bucket, np.int64(each)
            made[3, at] = np.int64(np.rint(each * average[i] * factor))
            for draw in range(4):
                draws[draw, at] = arithmetic.uniform(
                    streams[i] + (firsts[2 + draw] + step) * arithmetic.GAMMA
                )
            at += 1
    size[0] = at


@_entry(
    *("i8[::1]", "i8[:]", "f8[:]", "f8[:]", "f8[:]", "f8[:]", "i8[:]", "f8[:]", "f8[:]"),
    *("f8[:]", "f8[:]", "f8[::1]", "f8[::1]", "f8[:, ::1]"),
)
def auction(
    rows: Ints,
    group_ix: Ints,
    level: Floats,
    sigma: Floats,
    attention: Floats,
    price_factor: Floats,
    fixed_price: Ints,
    minutes: Floats,
    target: Floats,
    rate: Floats,
    worth: Floats,
    u: Floats,
    terms: Floats,
    made: Floats,
) -> None:
    """`made` [6, live ad]: impressions, price, auctions, part won, held by its bid, all bought.

    `worth` of a thousand impressions below 0 stands for no bid. `terms` are the model's constants:
    people-minutes of an auction, least and greatest z, spread of the noise.
    """
    (person_day, least, greatest, noise), group = terms, np.int64(-1)
    for i in range(len(rows)):
        ad = rows[i]
        if group != group_ix[ad]:  # ads of a group follow each other
            group = group_ix[ad]
            middle, spread = level[group], sigma[group]
            mean, half = arithmetic.exp(middle + 0.5 * spread * spread), arithmetic.exp(middle)
        usual, median = mean * price_factor[ad], half * price_factor[ad]
        chances = minutes[i] * attention[group] / person_day
        part = target[i] * 1000.0 / max(chances * usual, 1e-3)
        z, held = _bid(part, spread, median, worth[i], least, greatest)
        win, cpm = 1.0, np.float64(fixed_price[ad])
        if fixed_price[ad] <= 0:
            win = arithmetic.ndtr(z)
            cpm = usual * arithmetic.ndtr(z - spread) / win
        most, wanted = chances * win, target[i] * 1000.0 / cpm
        luck = arithmetic.exp(arithmetic.ndtri(u[i]) * noise - 0.5 * noise * noise)
        made[0, i] = min(most, wanted) * luck
        made[1, i] = max(np.floor(cpm / (1000.0 * rate[i])), 1.0)
        made[2, i], made[3, i] = chances, win
        made[4, i], made[5, i] = held, most < 0.9 * wanted or most <= 0.0
