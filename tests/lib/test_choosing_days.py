"""The date range people choose on every page."""

from datetime import date

import pytest

from bizcenter.lib import periods
from bizcenter.lib.periods import Period

TODAY = date(2026, 3, 1)
BORN = date(2026, 1, 12)


def chosen(**parameters: str) -> Period:
    return periods.chosen(parameters, today=TODAY, earliest=BORN)


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("today", date(2026, 3, 1), date(2026, 3, 1)),
        ("yesterday", date(2026, 2, 28), date(2026, 2, 28)),
        ("last_7", date(2026, 2, 23), date(2026, 3, 1)),
        ("last_28", date(2026, 2, 2), date(2026, 3, 1)),
        ("this_month", date(2026, 3, 1), date(2026, 3, 1)),
        ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
        ("lifetime", BORN, TODAY),
    ],
)
def test_a_preset_means_the_days_it_says(preset: str, start: date, end: date) -> None:
    assert chosen(range=preset) == Period(start, end, preset)


def test_without_a_choice_the_last_14_days_are_shown() -> None:
    assert chosen().preset == "last_14"
    assert chosen().length == 14


def test_two_days_of_ones_own() -> None:
    period = chosen(range="custom", start="2026-02-10", end="2026-02-12")

    assert (period.start, period.end, period.label) == (
        date(2026, 2, 10),
        date(2026, 2, 12),
        "Custom",
    )


@pytest.mark.parametrize(
    "parameters",
    [
        {"range": "last_9999"},
        {"range": "custom", "start": "yesterday", "end": "2026-02-30"},
        {"range": "custom", "start": "2026-02-01"},
        {"range": "<script>"},
        {"range": "custom", "start": "0001-01-01", "end": "0001-01-02"},
    ],
)
def test_nonsense_in_the_address_shows_the_usual_days(parameters: dict[str, str]) -> None:
    assert chosen(**parameters).preset == "last_14"


def test_days_the_wrong_way_round_change_places_and_the_future_is_cut_off() -> None:
    period = chosen(range="custom", start="2030-01-01", end="2026-02-27")

    assert (period.start, period.end) == (date(2026, 2, 27), TODAY)


def test_the_span_before_is_as_long_and_ends_the_day_before() -> None:
    assert chosen(range="last_7").before() == Period(date(2026, 2, 16), date(2026, 2, 22))


def test_a_period_can_be_written_into_a_link_and_read_back() -> None:
    custom = chosen(range="custom", start="2026-02-10", end="2026-02-12")

    assert chosen(**custom.query) == custom
    assert chosen(**chosen(range="last_month").query) == chosen(range="last_month")


def test_a_period_names_each_of_its_days_once() -> None:
    assert list(chosen(range="last_7").days())[-1] == TODAY
    assert len(list(chosen(range="last_7").days())) == 7
