"""The practice clock: everybody sees it, only trainers turn it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import advance_jump, start_jump
from bizcenter.lib import jobs
from bizcenter.practice.web.forms import month_end, next_day, next_hour
from tests.factories.accounts import Cast


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, int]]]:
    """The jobs that were asked for."""
    found: list[tuple[str, dict[str, int]]] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **kwargs: found.append((name, kwargs)))
    return found


@pytest.fixture
def trainer(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.tom)


def test_everybody_sees_the_time_and_only_trainers_the_buttons(
    cast: Cast, trainer: Client, client_of: Callable[..., Client]
) -> None:
    for_trainer = trainer.get("/practice/clock/").content.decode()
    for_analyst = client_of(cast.ana).get("/practice/clock/").content.decode()

    assert "Monday, 2 November 2026, 15:00" in for_trainer
    assert "Monday, 2 November 2026, 15:00" in for_analyst
    assert "Month end" in for_trainer
    assert "Month end" not in for_analyst


@pytest.mark.parametrize("rate", [0, 1, 60, 1440])
def test_a_trainer_changes_the_speed(trainer: Client, at: datetime, rate: int) -> None:
    trainer.post("/practice/clock/speed/", {"rate": rate})

    row = clock.clock()
    assert row.rate == rate
    assert row.reading(row.real_anchor) == at


@pytest.mark.parametrize("address", ["speed/", "jump/", "jump/1/cancel/"])
def test_others_cannot_turn_the_clock(
    cast: Cast, client_of: Callable[..., Client], address: str
) -> None:
    answer = client_of(cast.ben).post(f"/practice/clock/{address}", {"rate": 60, "leap": "day"})

    assert answer.status_code == 403
    assert "Turn the practice clock" in answer.content.decode()
    assert clock.clock().rate == PracticeClock.PAUSED


@pytest.mark.parametrize(
    ("leap", "target"),
    [
        ("hour", datetime(2026, 11, 2, 16, tzinfo=UTC)),
        ("day", datetime(2026, 11, 3, tzinfo=UTC)),
        ("month", datetime(2026, 12, 1, 12, tzinfo=UTC)),
    ],
)
def test_a_leap_starts_a_jump_and_its_work(
    trainer: Client, sent: list, at: datetime, leap: str, target: datetime
) -> None:
    trainer.post("/practice/clock/jump/", {"leap": leap})

    jump = Jump.objects.get()
    assert (jump.started_from, jump.target) == (at, target)
    assert sent == [("practice.run_jump", {"jump_id": jump.pk})]


def test_a_jump_goes_to_a_moment_of_the_trainers_choice(trainer: Client, sent: list) -> None:
    trainer.post("/practice/clock/jump/", {"target": "2026-11-05T08:30"})

    assert Jump.objects.get().target == datetime(2026, 11, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("", "Choose a date and a time"),
        ("yesterday", "valid date"),
        ("2026-11-01T00:00", "after the present practice time"),
        ("2028-01-01T00:00", "within the next 366 days"),
    ],
)
def test_a_jump_that_cannot_be_is_refused_at_the_field(
    trainer: Client, sent: list, target: str, said: str
) -> None:
    answer = trainer.post("/practice/clock/jump/", {"target": target})

    assert answer.status_code == 422
    assert said in answer.context["form"].errors["target"][0]
    assert sent == []


def test_a_running_jump_is_shown_polled_and_cancelled(
    cast: Cast, trainer: Client, at: datetime
) -> None:
    jump = start_jump(target=at + timedelta(hours=10), actor=cast.tom)
    advance_jump(jump_id=jump.pk, to=at + timedelta(hours=4))

    page = trainer.get("/practice/clock/").content.decode()
    fragment = trainer.get("/practice/clock/progress/").content.decode()
    trainer.post(f"/practice/clock/jump/{jump.pk}/cancel/")
    ended = trainer.get("/practice/clock/progress/")

    assert 'hx-trigger="every 2s"' in page
    assert "40 %" in fragment
    assert "<html" not in fragment
    assert ended.headers["HX-Refresh"] == "true"
    assert clock.now() == at + timedelta(hours=4)


def test_the_frame_shows_a_running_jump_to_everybody(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    jump = start_jump(target=at + timedelta(hours=10), actor=cast.tom)
    advance_jump(jump_id=jump.pk, to=at + timedelta(hours=5))

    assert "jump 50 %" in client_of(cast.ana).get("/notifications/").content.decode()
    assert "jump 50 %" in client_of(cast.ana).get("/practice/clock/chip/").content.decode()


def test_leaps_land_on_whole_hours_days_and_after_the_month_everywhere() -> None:
    late = datetime(2026, 12, 31, 23, 59, 30, tzinfo=UTC)

    assert next_hour(late) == next_day(late) == datetime(2027, 1, 1, tzinfo=UTC)
    assert month_end(late) == datetime(2027, 1, 1, 12, tzinfo=UTC)
