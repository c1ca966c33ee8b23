"""A closed day divided: all ways add up, parts stay parts in every cell, and nobody is made up."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery.breakdown import SPLIT_METRICS, Day, Parts, split
from campaigns.delivery.plan import METRICS, Billing
from campaigns.delivery.segments import CELLS, SYSTEM_CELLS, Targets

from .test_money import BILLED

SEEDS = st.integers(0, 2**32 - 1)
COUNTRIES = ("BR", "JP", "US")
RANGES = (
    slice(0, CELLS),
    slice(CELLS, CELLS + SYSTEM_CELLS),
    slice(CELLS + SYSTEM_CELLS, None),
)
WITHIN = (
    ("clicks", "impressions"), ("video_views", "impressions"), ("watched_2s", "video_views"),
    ("watched_6s", "watched_2s"), ("views_p100", "watched_6s"), ("after_click", "clicks"),
    ("view_conversions", "watched_6s"),
)  # fmt: skip


def targets(dice: Random, groups: int) -> Targets:
    """Some groups leave out ages, a system or a country."""

    def people() -> int:
        return dice.choice((0, 1, 40, dice.randrange(10**8)))

    cells = np.array(
        [[[people() for _ in range(CELLS)] for _ in COUNTRIES] for _ in range(groups)], np.int64
    )
    systems = np.array([[people() for _ in range(SYSTEM_CELLS)] for _ in range(groups)], np.int64)
    cells[:, 0, 0] += 1  # each reaches somebody
    systems[:, 0] += 1
    return Targets(COUNTRIES, cells, systems, cells.sum(axis=2))


def counts(dice: Random, billing: int) -> dict[str, int]:
    """An ad's day: few or many, with all of a part in it, some or nobody."""
    made = dict.fromkeys(METRICS, 0)

    def part(whole: int) -> int:
        return dice.choice((0, whole, dice.randint(0, whole), dice.randint(0, whole) // 50))

    made["impressions"] = dice.choice((1, dice.randrange(1, 60), dice.randrange(1, 10**7)))
    for name, whole in WITHIN:
        made[name] = part(made[whole])
    made["conversions"] = made.pop("after_click") + made["view_conversions"]
    made["conversion_value_micros"] = made["conversions"] * dice.randrange(1, 10**8)
    made["spend"] = dice.randrange(10**6) if made[BILLED[Billing(billing)]] else 0
    return made


def make_day(seed: int, ads: int = 5) -> tuple[Day, Targets]:
    dice = Random(seed)
    billing = [dice.choice(list(Billing)) for _ in range(ads)]
    rows = [counts(dice, code) for code in billing]
    day = Day(
        seed=dice.randrange(2**62),
        number=20_000 + dice.randrange(400),
        ordinal=np.array(dice.sample(range(1, 90), ads), np.int64),
        billing=np.array(billing, np.int64),
        group_ix=np.array([dice.randrange(3) for _ in range(ads)], np.int64),
        counts=np.array([[row[name] for row in rows] for name in METRICS], np.int64),
    )
    return day, targets(dice, 3)


def cells_of(parts: Parts) -> dict[str, np.ndarray]:
    """[cell, ad] by metric, with the conversions after a click."""
    found = dict(zip(SPLIT_METRICS, parts.values, strict=True))
    found["after_click"] = found["conversions"] - found["view_conversions"]
    return found


@settings(max_examples=50, deadline=None)
@given(SEEDS)
def test_every_way_of_dividing_adds_up_to_the_day(seed: int) -> None:
    day, whom = make_day(seed)

    parts = split(day, whom)

    assert sorted(ad for part in parts for ad in part.ads.tolist()) == list(range(5))
    for part in parts:
        for metric, cells in zip(SPLIT_METRICS, part.values, strict=True):
            total = day.counts[METRICS.index(metric)][part.ads]
            for each in RANGES:
                assert (cells[each].sum(axis=0) == total).all(), metric


@settings(max_examples=50, deadline=None)
@given(SEEDS)
def test_in_every_cell_parts_are_parts_of_wholes(seed: int) -> None:
    for part in split(*make_day(seed)):
        cells = cells_of(part)
        for name, whole in WITHIN:
            assert (cells[name] >= 0).all(), name
            assert (cells[name] <= cells[whole]).all(), (name, whole)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_nobody_is_shown_anything_who_is_not_targeted(seed: int) -> None:
    day, whom = make_day(seed)

    for part in split(day, whom):
        group, at = day.group_ix[part.ads], [COUNTRIES.index(code) for code in part.countries]
        sizes = (whom.age_gender[group], whom.systems[group], whom.by_country[group][:, at])
        people = np.concatenate(sizes, axis=1).T
        assert (people[RANGES[2]] > 0).all()
        for cells in part.values:
            assert (cells[people == 0] == 0).all()


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_money_follows_the_billed_events_to_within_one_unit(seed: int) -> None:
    day, whom = make_day(seed)

    for part in split(day, whom):
        cells = cells_of(part)
        for place, ad in enumerate(part.ads.tolist()):
            events = cells[BILLED[Billing(day.billing[ad])]][:, place]
            spend = cells["spend"][:, place]
            for each in RANGES:
                whole = int(events[each].sum())
                exact = int(spend[each].sum()) * events[each].astype(float)
                assert (np.abs(spend[each] * float(whole) - exact) <= whole).all()


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_who_else_is_in_the_day_and_in_what_order_changes_nobody(seed: int) -> None:
    day, whom = make_day(seed)
    together = {}
    for part in split(day, whom):
        for place, ad in enumerate(part.ads.tolist()):
            together[ad] = part.values[:, :, place].tolist()

    for ad in range(5):
        names = ("ordinal", "billing", "group_ix")
        one = {name: getattr(day, name)[[ad]] for name in names}
        (alone,) = split(replace(day, **one, counts=day.counts[:, [ad]]), whom)
        assert alone.values[:, :, 0].tolist() == together[ad]


def test_a_large_day_is_divided_in_proportion_to_the_people() -> None:
    sizes = np.arange(1, CELLS + 1, dtype=np.int64) * 1000
    whom = Targets(("US",), sizes[None, None, :], np.array([[600, 400]]), sizes.sum()[None, None])
    row = dict.fromkeys(METRICS, 0) | {"impressions": 10_000_000, "clicks": 200_000}
    day = Day(
        seed=9,
        number=20_000,
        ordinal=np.array([1]),
        billing=np.array([Billing.CPM]),
        group_ix=np.array([0]),
        counts=np.array([[row[name]] for name in METRICS], np.int64),
    )

    (part,) = split(day, whom)
    shown, clicks = part.values[0, :, 0], part.values[1, :, 0]

    assert shown[:CELLS] / 10**7 == pytest.approx(sizes / sizes.sum(), rel=0.01)
    assert shown[RANGES[1]] / 10**7 == pytest.approx([0.6, 0.4], rel=0.001)
    rates = clicks[:CELLS] / shown[:CELLS]
    assert rates[0] == pytest.approx(1.08 * 1.04 / (0.96 * 1.0) * rates[-1], rel=0.06)
