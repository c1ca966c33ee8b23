"""Frequency caps as reach knows them: how often people see an ad group in which days at most.

In each `days` days from its start (in account time, as delivery counts them) a capped ad group is
shown to nobody more than `most` times; so the same impressions reach more people than without.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, Self, cast

import numpy as np

from .labels import Floats, Ints, largest, pairs, sums

_EPOCH = date(1970, 1, 1)
_MOST_TIMES, _HALVINGS = 64.0, 40  # logarithm of the largest factor


class Cap(NamedTuple):
    """Of one ad group; `first_day` since 1970."""

    group: int
    most: int
    days: int
    first_day: int


@dataclass(frozen=True, eq=False)
class Caps:
    """Of some ad groups, sorted by id."""

    rows: tuple[Cap, ...] = ()

    @classmethod
    def of(cls, groups: Iterable[tuple[int, int | None, int | None, datetime, int]]) -> Self:
        """From id, cap, its days, start, and minutes by which the account is ahead of UTC."""
        return cls(
            tuple(
                Cap(group, most, days or 1, _day_number((start + timedelta(minutes=ahead)).date()))
                for group, most, days, start, ahead in sorted(groups, key=lambda each: each[0])
                if most is not None
            )
        )

    @property
    def groups(self) -> list[int]:
        return [cap.group for cap in self.rows]

    def block(self, group: int, day: date) -> int:
        """Which of the group's spans of days the day lies in; 0 for a group without a cap."""
        cap = self._by_group.get(group)
        return 0 if cap is None else (_day_number(day) - cap.first_day) // cap.days

    def spread(
        self,
        whose: Ints,
        groups: Ints,
        spans: Ints,
        impressions: Ints,
        audience: Ints,
        shape: Floats,
    ) -> tuple[Floats, Ints]:
        """For each audience (`shape`: how evenly it sees ads), to `whose` belong impressions of ad
        groups in spans: how many reach as many people without a cap, and how many for sure.
        """
        firsts, part = pairs(whose, spans)
        shown, owner = sums(part, impressions, len(firsts)), whose[firsts]
        most, free = self._most(groups[firsts]), shown.astype(np.float64)
        capped = most > 0
        few, of, shown = most[capped], owner[capped], shown[capped]
        free[capped] = shown * as_if_free(shown / np.maximum(audience[of], 1), shape[of], few)
        least: Ints = np.minimum(largest(of, -(-shown // few), len(audience)), audience)
        return cast(Floats, np.bincount(owner, free, len(audience))), least

    def _most(self, groups: Ints) -> Ints:
        """0 for a group without a cap."""
        if not self.rows:
            return np.zeros(len(groups), np.int64)
        ids, most = self._columns
        place = np.minimum(np.searchsorted(ids, groups), len(ids) - 1)
        return np.where(ids[place] == groups, most[place], 0)

    @cached_property
    def _by_group(self) -> dict[int, Cap]:
        return {cap.group: cap for cap in self.rows}

    @cached_property
    def _columns(self) -> tuple[Ints, Ints]:
        table = np.array([cap[:2] for cap in self.rows], np.int64)
        return table[:, 0], table[:, 1]


NO_CAPS = Caps()


def as_if_free(each: Floats, shape: Floats, most: Ints) -> Floats:
    """How many times as many impressions would reach as many people if they went on where a cap of
    `most` ends; `each` is what there are a person. Who has seen enough leaves the rest to others.

    Contacts are negative binomial, as in reach.estimate, and the factor is found by halving.
    """
    if not len(each):
        return np.zeros(0)
    low, high = np.zeros(len(each)), np.full(len(each), _MOST_TIMES)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_short = _seen(each * np.exp(middle), shape, most) < each
        low, high = np.where(is_short, middle, low), np.where(is_short, high, middle)
    return cast(Floats, np.exp(low))


def _seen(each: Floats, shape: Floats, most: Ints) -> Floats:
    """Impressions a person, of `each`, when those after the first `most` are left out."""
    chance = np.exp(-shape * np.log1p(each / shape))  # of seeing it so many times, first of none
    more = -np.expm1(-shape * np.log1p(each / shape))  # of seeing it more often
    found: Floats = np.zeros(len(each))
    for times in range(int(most.max())):
        found += np.where(times < most, more, 0.0)
        chance = chance * (shape + times) / (times + 1) * (each / (shape + each))
        more = more - chance
    return found


def _day_number(day: date) -> int:
    return (day - _EPOCH).days
