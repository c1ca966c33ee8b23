"""A fast clock does not run away while nobody works; a clock in real time stays real."""

from datetime import UTC, datetime, timedelta

import pytest

from bizcenter.clock import queries as clock
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import keep_pace, set_clock

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 2, 15, tzinfo=UTC)


def place(rate: int) -> PracticeClock:
    return set_clock(at=THEN, rate=rate)


def test_a_fast_clock_runs_while_the_workers_beat() -> None:
    row = place(PracticeClock.MINUTE_AN_HOUR)

    assert row.reading(row.real_anchor + timedelta(seconds=30)) == THEN + timedelta(minutes=30)


def test_a_night_without_workers_is_a_minute_of_a_fast_clock() -> None:
    row = place(PracticeClock.MINUTE_AN_HOUR)
    morning = row.real_anchor + timedelta(hours=10)

    assert row.reading(morning) == THEN + timedelta(hours=1)

    keep_pace(real=morning)

    assert clock.clock().reading(morning) == THEN + timedelta(hours=1)
    later = morning + timedelta(seconds=10)
    assert clock.clock().reading(later) == THEN + timedelta(hours=1, minutes=10)


def test_beating_does_not_move_a_clock_that_runs() -> None:
    row = place(PracticeClock.MINUTE_A_DAY)
    for second in (5, 10, 15):
        keep_pace(real=row.real_anchor + timedelta(seconds=second))

    reading = clock.clock().reading(row.real_anchor + timedelta(seconds=20))
    assert reading == THEN + timedelta(seconds=20 * 1440)


def test_a_clock_in_real_time_went_on_overnight() -> None:
    row = place(PracticeClock.REAL)
    morning = row.real_anchor + timedelta(hours=10)
    keep_pace(real=morning)

    assert clock.clock().reading(morning) == THEN + timedelta(hours=10)
