"""Who the people of a targeting are: by age and gender, by system, by country.

The audience report and the account's overlap are made of these shares. Sizes are whole numbers, so
sums do not depend on the order of anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Self

import numpy as np

from campaigns.delivery import market
from campaigns.delivery.plan import Ints
from campaigns.delivery.rows import GroupRow

AGE_NAMES, GENDER_NAMES = tuple(market.AGES), tuple(market.GENDERS)
CELLS = len(AGE_NAMES) * len(GENDER_NAMES)  # of age x gender, the gender changing first
SYSTEM_CELLS = len(market.SYSTEMS)

# How cells click and convert relative to each other, per thousand: practice constants.
_AGE_CLICKS = (1080, 1050, 1000, 970, 940, 960)
_AGE_CONVERTS = (500, 850, 1150, 1200, 1050, 900)
_GENDER_CLICKS = (1040, 970, 1000)
_GENDER_CONVERTS = (1080, 930, 950)
CELL_CLICKS: Ints = np.array(
    [age * gender // 1000 for age in _AGE_CLICKS for gender in _GENDER_CLICKS], np.int64
)
CELL_CONVERTS: Ints = np.array(
    [age * gender // 1000 for age in _AGE_CONVERTS for gender in _GENDER_CONVERTS], np.int64
)
SYSTEM_CLICKS: Ints = np.array([1000, 1000], np.int64)
SYSTEM_CONVERTS: Ints = np.array([900, 1200], np.int64)


class Targets(NamedTuple):
    """Per group g and country k of its plan, how many people are where."""

    countries: tuple[str, ...]  # [k]
    cells: Ints  # [g, k, CELLS] people
    systems: Ints  # [g, SYSTEM_CELLS] people, to a thousandth
    by_country: Ints  # [g, k] people

    @classmethod
    def of(cls, groups: Sequence[GroupRow], countries: tuple[str, ...], audience: Ints) -> Self:
        """From the rows and how many people each reaches in each country."""
        column = {code: place for place, code in enumerate(countries)}
        cells = np.zeros((len(groups), len(countries), CELLS), np.int64)
        systems = np.zeros((len(groups), SYSTEM_CELLS), np.int64)
        for place, row in enumerate(groups):
            ages, devices = tuple(sorted(row.age_groups)), tuple(sorted(row.operating_systems))
            for code in set(row.countries):
                people = audience[place, column[code]]
                cells[place, column[code]] = people * _age_gender(code, ages, row.gender) // 1000
                systems[place] += people * _systems(code, devices) // 1000
        return cls(countries, cells, systems, audience)

    @property
    def age_gender(self) -> Ints:
        """[g, CELLS] people in all countries."""
        total: Ints = self.cells.sum(axis=1)
        return total


def everybody(countries: Sequence[str]) -> Ints:
    """[k, CELLS] people of whole countries, whoever targets them."""
    people = [
        market.COUNTRIES[code].people * _age_gender(code, (), "") // 1000 for code in countries
    ]
    return np.array(people, np.int64).reshape(len(countries), CELLS)


@lru_cache(maxsize=4096)
def _age_gender(country: str, ages: tuple[str, ...], gender: str) -> Ints:
    """[CELLS] per thousand of those targeted in the country."""
    genders = market.chosen_genders((gender,) if gender else ())
    sizes = [
        of_age * market.GENDERS[name][0]
        if (not ages or age in ages) and (not genders or name in genders)
        else 0
        for age, (of_age, _) in market.ages_of(country).items()
        for name in GENDER_NAMES
    ]
    return _per_thousand(sizes)


@lru_cache(maxsize=1024)
def _systems(country: str, chosen: tuple[str, ...]) -> Ints:
    """[SYSTEM_CELLS] per thousand of those targeted in the country."""
    sizes = market.systems_of(country)
    return _per_thousand(
        [sizes[name][0] if not chosen or name in chosen else 0 for name in market.SYSTEMS]
    )


def _per_thousand(sizes: Sequence[int]) -> Ints:
    """At least one in a thousand for every cell that has people."""
    found = np.array(sizes, np.int64)
    return np.maximum(found * 1000 // max(int(found.sum()), 1), (found > 0).astype(np.int64))
