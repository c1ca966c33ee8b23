"""How many people saw ads: estimated from impressions and audience, for anybody over any range.

Reach does not add up: somebody who sees two ads, or one ad on two days, is one person. So it is
always worked out from the impressions of the whole range and the audience of the whole entity,
never from reaches. An ad group reaches what it is targeted at; of several, people are counted once
where they overlap by chance inside a country. A frequency cap spreads impressions over
more people (`often`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg

from bizcenter.lib import money

from ..delivery.market import COUNTRIES, contact_shape
from ..delivery.places import targets_of
from ..delivery.rows import GroupRow
from ..models import AdGroup
from .labels import Floats, Ints, largest, pairs, sums
from .often import NO_CAPS, Caps
from .totals import METRICS, Totals

Shown = Mapping[tuple[int, int], int]  # impressions by ad group and span of days of its cap
_TASTES = ("languages", "interests", "behaviours")
_GROUP = {
    "pks": "pk",
    "campaigns": "campaign_id",
    "accounts": "ad_account_id",
    "caps": "frequency_cap",
    "days": "frequency_days",
    "starts": "start_at",
    "offsets": "ad_account__utc_offset_minutes",
}
_TARGETING = ("countries", "age_groups", "gender", "operating_systems", *_TASTES)


def estimate(impressions: Ints | Floats, audience: Ints) -> Ints:
    """People among each audience who saw so many impressions: negative binomial contacts.

    Between 1 and the impressions (0 without any), never above the audience, growing with both, and
    for parts of one audience never more than the parts' together.
    """
    people, shape = np.maximum(audience, 1).astype(np.float64), contact_shape(audience)
    share = -np.expm1(-shape * np.log1p(impressions / (shape * people)))
    found = np.clip(np.minimum(np.ceil(people * share), people), 1, np.maximum(impressions, 1))
    return np.where(impressions > 0, found, 0).astype(np.int64)


@dataclass(frozen=True, eq=False)
class People:
    """Whom the ad groups of some accounts address: a row a group, sorted by id, and a column a
    country; `whole` has everybody of each country."""

    ids: Ints
    campaigns: Ints
    accounts: Ints
    by_country: Ints
    whole: Ints
    caps: Caps = NO_CAPS

    @classmethod
    def of(cls, ad_account_ids: Any) -> Self:
        """As the groups are targeted now; one query. Groups of the same targeting come together."""
        kinds = list(
            AdGroup.objects.filter(ad_account_id__in=ad_account_ids)
            .order_by()
            .values(*_TARGETING)
            .annotate(**{alias: ArrayAgg(name, order_by="pk") for alias, name in _GROUP.items()})
            .values_list(*_GROUP, *_TARGETING)
        )
        targets = targets_of([_row(n, kind[len(_GROUP) :]) for n, kind in enumerate(kinds)])
        kind_of = np.repeat(np.arange(len(kinds)), [len(kind[0]) for kind in kinds])
        ids, campaigns, accounts = (
            np.array([each for kind in kinds for each in kind[column]], np.int64)
            for column in range(3)
        )
        caps = Caps.of(each for kind in kinds for each in zip(*_capped(kind), strict=True))
        order = np.argsort(ids)
        whole = np.array([COUNTRIES[code].people for code in targets.countries], np.int64)
        people = targets.by_country[kind_of[order]]
        return cls(ids[order], campaigns[order], accounts[order], people, whole, caps)

    def reached(self, shown: Shown) -> int:
        """By these ad groups together."""
        groups, spans = np.array(list(shown), np.int64).reshape(-1, 2).T
        impressions = np.array(list(shown.values()), np.int64)
        return int(self.reach(np.zeros_like(groups), groups, impressions, 1, spans)[0])

    def reach(
        self, owners: Ints, groups: Ints, impressions: Ints, count: int, spans: Ints | None = None
    ) -> Ints:
        """By each of `count` owners, to whom belong impressions of ad groups, in the `spans` of
        days of their caps (all in one unless said).

        From the small to the large: an owner's part of an ad group, of a campaign, of an account,
        and all of it. Each reaches what its impressions reach in its own audience, not fewer than
        its largest part, and never more than its parts do together.
        """
        seen = impressions > 0
        spans = np.zeros_like(owners) if spans is None else spans
        owners, groups, impressions, spans = (
            column[seen] for column in (owners, groups, impressions, spans)
        )
        reach = np.zeros(count, np.int64)
        if not len(owners):
            return reach
        place = np.searchsorted(self.ids, groups)
        firsts, whose = pairs(owners, place)
        owners, place = owners[firsts], place[firsts]
        audience = self.by_country[place].sum(axis=1)
        free, least = self.caps.spread(
            whose, groups, spans, impressions, audience, contact_shape(audience)
        )
        shown = sums(whose, impressions, len(firsts))
        found = np.minimum(np.maximum(estimate(free, audience), least), shown)
        if len(np.unique(owners)) < len(owners):
            before = np.arange(len(owners))
            for label in (self.campaigns[place], self.accounts[place], np.zeros_like(place)):
                firsts, whose = pairs(owners, label)
                parts = sums(whose[before], found, len(firsts))
                part = largest(whose[before], found, len(firsts))
                union = estimate(np.bincount(whose, free), self._union(whose, place))
                found = np.maximum(np.minimum(union, parts), part)
                before = firsts
            owners = owners[before]
        reach[owners] = found
        return reach

    def _union(self, whose: Ints, place: Ints) -> Ints:
        """People who are in any of the audiences of each, which overlap by chance."""
        total = np.zeros(int(whose.max()) + 1, np.int64)
        for country, everybody in enumerate(self.whole):
            outside = np.log1p(-np.minimum(self.by_country[place, country] / everybody, 1 - 1e-12))
            missing = np.bincount(whose, outside, len(total))
            total += np.rint(-everybody * np.expm1(missing)).astype(np.int64)
        return total


@dataclass(frozen=True)
class Reached(Totals):
    """Totals with the people they reached, told by what each ad group has `shown`.

    Added up, the people are those of both together; added to what nobody was counted for, they
    are not known (None) any more. `known` is their number where it was worked out already.
    """

    people: People | None = field(default=None, repr=False, compare=False)
    shown: Shown | None = field(default=None, repr=False, compare=False)
    known: int | None = None

    @classmethod
    def by(cls, totals: Totals, people: People, shown: Shown, known: int | None = None) -> Self:
        counts: dict[str, Any] = {metric: getattr(totals, metric) for metric in METRICS}
        return cls(**counts, people=people, shown=shown, known=known)

    def __add__(self, other: Totals) -> Totals:
        both = super().__add__(other)
        if self.people is None or self.shown is None:
            return both
        if isinstance(other, Reached) and other.shown is not None:
            return Reached.by(both, self.people, added(self.shown, other.shown))
        return both if other.impressions else Reached.by(both, self.people, self.shown)

    __radd__ = __add__

    @cached_property
    def reach(self) -> int | None:
        if self.known is not None or self.people is None or self.shown is None:
            return self.known
        return self.people.reached(self.shown)

    @property
    def frequency(self) -> Decimal | None:
        """Impressions per person reached."""
        return money.ratio(self.impressions, self.reach or 0)

    @property
    def cost_per_1000_reached(self) -> Decimal | None:
        """In minor units."""
        return money.ratio(self.spend, self.reach or 0, 1000)


def added(*many: Shown) -> Shown:
    """What the ad groups showed in all of these."""
    found: dict[tuple[int, int], int] = {}
    for shown in many:
        for key, impressions in shown.items():
            found[key] = found.get(key, 0) + impressions
    return found


def _capped(kind: Sequence[Any]) -> Sequence[Any]:
    """What Caps takes of each ad group of the kind."""
    values = dict(zip(_GROUP, kind, strict=False))
    return [values[alias] for alias in ("pks", "caps", "days", "starts", "offsets")]


def _row(key: int, targeting: Sequence[Any]) -> GroupRow:
    countries, ages, gender, systems, *tastes = targeting
    known = [code for code in countries if code in COUNTRIES]
    wanted = dict(zip(_TASTES, tastes, strict=True))
    return GroupRow(key, 0, known, ages, gender, systems, **wanted)
