"""Audience sizes and reach, as pages and reports show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.delivery import market
from campaigns.delivery.funnel import reach
from campaigns.delivery.market import audience_size

PEOPLE = st.integers(0, 3 * 10**8)


def test_the_audience_is_the_sum_of_its_countries() -> None:
    both = audience_size(["US", "GB"])

    assert both == audience_size(["US"]) + audience_size(["GB"])
    assert audience_size(["US", "US"]) == audience_size(["US"]) == 135_800_000


@pytest.mark.parametrize("country", sorted(market.COUNTRIES))
def test_narrower_targeting_reaches_fewer_and_the_parts_make_the_whole(country: str) -> None:
    everybody = audience_size([country])
    ages = [audience_size([country], [age]) for age in market.AGES]
    systems = [audience_size([country], (), (), [system]) for system in market.SYSTEMS]

    assert sum(ages) == pytest.approx(everybody, rel=1e-5)
    assert sum(systems) == pytest.approx(everybody, rel=1e-5)
    assert audience_size([country], list(market.AGES)) == everybody
    assert 0 < audience_size([country], ["AGE_18_24"], ["GENDER_MALE"], ["IOS"]) < min(ages[1:3])


def test_all_genders_include_those_whose_gender_is_not_known() -> None:
    parts = audience_size(["US"], (), ["GENDER_FEMALE"]) + audience_size(
        ["US"], (), ["GENDER_MALE"]
    )

    assert parts < audience_size(["US"], (), ["GENDER_UNLIMITED"]) == audience_size(["US"])


def test_the_week_of_viewers_is_average_one_with_a_quiet_night() -> None:
    week = market.WEEK

    assert week.mean() == pytest.approx(1000, abs=1)
    assert week[:48].argmin() // 2 == 4
    assert week[:48].argmax() // 2 == 20
    assert sum(market.HOURS) == 24_000
    assert sum(market.WEEKDAYS) == 7_000
    assert sum(market.MONTH_PRICE) == pytest.approx(12, abs=0.1)


@given(st.integers(1, 10**9), PEOPLE.filter(bool))
def test_reach_lies_between_one_and_both_impressions_and_audience(shown: int, people: int) -> None:
    assert 1 <= reach(shown, people) <= min(shown, people)


@given(st.integers(0, 10**9), st.integers(0, 10**9), PEOPLE)
def test_reach_grows_with_impressions_and_is_at_most_the_sum_of_parts(
    one: int, two: int, people: int
) -> None:
    together = reach(one + two, people)

    assert together >= max(reach(one, people), reach(two, people))
    assert together <= reach(one, people) + reach(two, people)


def test_reach_approaches_the_audience_and_frequency_grows() -> None:
    assert reach(0, 1000) == 0
    assert reach(10, 10**8) == 10
    assert reach(10_000, 10_000) == pytest.approx(4_600, rel=0.02)
    assert reach(10**15, 1_000_000) > 990_000


def test_a_wide_audience_is_shown_to_likely_people_first() -> None:
    month = 750_000  # what 200 dollars a day buy

    assert 1.08 < month / reach(month, 135_800_000) < 1.3
    assert month / reach(month, 2_000_000) > 2
