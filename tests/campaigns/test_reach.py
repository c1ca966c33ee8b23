"""People reached: estimated for anybody over any range from own impressions and own audience."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.delivery import funnel
from campaigns.delivery.market import contact_shape
from campaigns.queries.often import Cap, Caps, as_if_free
from campaigns.queries.reach import Ints, People, estimate

COUNTRIES = np.array([26_000_000, 2_300_000], np.int64)
numbers = st.integers(0, 50_000_000)


def ints(values: Any) -> Ints:
    return np.array(values, np.int64)


def one(impressions: int, audience: int) -> int:
    return int(estimate(ints([impressions]), ints([audience]))[0])


@st.composite
def accounts(draw: st.DrawFn) -> tuple[People, Ints, Ints]:
    """Ad groups of some campaigns with their audiences, and what two halves of a range showed."""
    size = draw(st.integers(1, 8))
    shares = st.tuples(*(st.integers(0, int(people)) for people in COUNTRIES))
    by_country = ints(draw(st.lists(shares, min_size=size, max_size=size)))
    campaigns = ints(draw(st.lists(st.integers(1, 3), min_size=size, max_size=size)))
    halves = (ints(draw(st.lists(numbers, min_size=size, max_size=size))) for _ in range(2))
    ids = np.arange(size) + 10
    most = draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
    caps = Caps(tuple(Cap(10 + n, often, 7, 0) for n, often in enumerate(most) if often))
    return People(ids, campaigns, campaigns % 2, by_country, COUNTRIES, caps), *halves


@given(impressions=numbers, more=numbers, audience=st.integers(0, 200_000_000))
def test_reach_lies_between_one_and_the_impressions_and_never_falls(
    impressions: int, more: int, audience: int
) -> None:
    found = one(impressions, audience)

    assert min(impressions, 1) <= found <= min(impressions, max(audience, 1))
    assert found <= one(impressions + more, audience) <= found + one(more, audience)
    assert found <= one(impressions, audience + more)


@given(impressions=numbers, audience=st.integers(1, 200_000_000))
def test_reach_is_what_the_engine_means_by_it(impressions: int, audience: int) -> None:
    assert abs(one(impressions, audience) - funnel.reach(impressions, audience)) <= 1


@given(accounts())
def test_a_whole_reaches_at_least_its_largest_part_and_at_most_all_of_them_together(
    found: tuple[People, Ints, Ints],
) -> None:
    people, shown, _ = found
    size = len(shown)
    groups = people.reach(np.arange(size), people.ids, shown, size)
    campaigns = people.reach(people.campaigns, people.ids, shown, 4)
    account = people.reach(np.zeros(size, np.int64), people.ids, shown, 1)

    for campaign in range(4):
        own = groups[people.campaigns == campaign]
        assert own.max(initial=0) <= campaigns[campaign] <= own.sum()
    assert campaigns.max() <= account[0] <= campaigns.sum()
    assert account[0] <= shown.sum()
    keys = [(group, 0) for group in people.ids.tolist()]
    assert account[0] == people.reached(dict(zip(keys, shown.tolist(), strict=True)))


@given(accounts())
def test_a_longer_range_reaches_no_fewer_and_an_ad_group_no_more_than_its_days_together(
    found: tuple[People, Ints, Ints],
) -> None:
    people, monday, tuesday = found
    size = len(monday)
    for owners in (np.arange(size), people.campaigns, np.zeros(size, np.int64)):
        days = [people.reach(owners, people.ids, day, 10) for day in (monday, tuesday)]
        both = people.reach(owners, people.ids, monday + tuesday, 10)
        assert (both >= np.maximum(*days)).all()
        if owners is not people.campaigns and size == len(set(owners.tolist())):
            assert (both <= days[0] + days[1]).all()


@given(accounts())
def test_the_parts_of_an_ad_group_come_together_however_they_are_divided(
    found: tuple[People, Ints, Ints],
) -> None:
    people, first, second = found
    size = len(first)
    twice, both = np.tile(people.ids, 2), np.concatenate((first, second))
    owners = np.tile(people.campaigns, 2)
    ads = people.reach(np.arange(2 * size), twice, both, 2 * size)
    groups = people.reach(np.tile(np.arange(size), 2), twice, both, size)

    assert (groups <= ads[:size] + ads[size:]).all()
    assert (
        people.reach(owners, twice, both, 4)
        == people.reach(people.campaigns, people.ids, first + second, 4)
    ).all()


@given(audience=st.integers(1, 200_000_000), part=st.floats(0, 1), most=st.integers(1, 50))
def test_a_frequency_cap_spreads_impressions_over_more_people(
    audience: int, part: float, most: int
) -> None:
    """Whatever the cap lets through in one of its spans of days."""
    impressions = int(part * audience * most)
    whole = ints([max(audience, 200_000_000)])
    free = People(ints([1]), ints([7]), ints([5]), ints([[audience]]), whole)
    capped = replace(free, caps=Caps((Cap(1, most, 7, 0),)))

    without, within = (each.reached({(1, 0): impressions}) for each in (free, capped))

    assert impressions <= within * most
    assert without <= within <= min(impressions, audience)
    if without * most < impressions or (most <= 3 and part > 0.1 and audience > 100_000):
        assert without < within
    assert capped.reached({(1, 0): impressions, (1, 1): 1}) >= within  # a longer range


@given(accounts(), st.lists(st.integers(-1, 2), min_size=8, max_size=8))
def test_with_caps_too_a_longer_range_reaches_no_fewer_and_no_more_than_its_parts(
    found: tuple[People, Ints, Ints], later: list[int]
) -> None:
    people, first, second = found
    size = len(first)
    twice, both = np.tile(people.ids, 2), np.concatenate((first, second))
    spans = np.concatenate((np.zeros(size, np.int64), ints(later[:size])))
    nobody = np.zeros(2 * size, np.int64)

    whole = people.reach(nobody, twice, both, 1, spans)[0]

    for half, span in ((first, spans[:size]), (second, spans[size:])):
        assert people.reach(nobody[:size], people.ids, half, 1, span)[0] <= whole
    assert whole <= people.reach(np.arange(2 * size), twice, both, 2 * size, spans).sum()


def test_a_cap_counts_in_spans_of_days_from_the_start() -> None:
    evening, ahead = datetime(2026, 11, 2, 20, tzinfo=UTC), 330
    caps = Caps.of([(2, 3, 7, evening, ahead), (1, None, None, evening, ahead)])

    first = date(2026, 11, 3)  # on the account's clock
    days = [first + timedelta(days=n) for n in (-1, 0, 6, 7, 13, 14)]
    assert [caps.block(2, day) for day in days] == [-1, 0, 0, 1, 1, 2]
    assert [caps.block(1, day) for day in days] == [0] * 6


@given(most=st.integers(1, 50), audience=st.integers(1, 200_000_000), part=st.floats(0, 0.9))
def test_what_a_cap_leaves_is_what_was_shown(most: int, audience: int, part: float) -> None:
    """The sum over people of what each saw, drawn from the same contacts and cut off at the cap."""
    shown = max(1, int(part * audience * most))
    each, shapes = np.array([shown / audience]), contact_shape(ints([audience]))
    times_as_many = float(as_if_free(each, shapes, ints([most]))[0])
    mean, shape = times_as_many * shown / audience, float(shapes[0])

    left, chance, least = 0.0, (1 + mean / shape) ** -shape, 0.0
    for times in range(most):
        least += chance
        left += 1 - least
        chance *= (shape + times) / (times + 1) * mean / (shape + mean)

    assert times_as_many >= 1
    assert left * audience == pytest.approx(shown, rel=1e-4) or times_as_many > 1e20


def test_people_in_two_audiences_are_counted_once() -> None:
    shares = [[13_000_000], [13_000_000]]
    people = People(ints([1, 2]), ints([7, 7]), ints([5, 5]), ints(shares), COUNTRIES[:1])
    endless = ints([10**17, 10**17])

    # Half of the country each: three quarters are in one or the other.
    both = people.reach(ints([0, 0]), people.ids, endless, 1)
    assert both.tolist() == estimate(ints([2 * 10**17]), ints([19_500_000])).tolist()
