"""The practice clock: everybody sees it, only trainers turn it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import advance_jump, begin_hour, note_progress, start_jump
from bizcenter.lib import jobs
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
    ("target", "said"),
    [
        ("", "Choose a date and a time"),
        ("yesterday", "valid date"),
        ("2026-11-02T15:00Z", "after the present practice time"),
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


def words(html: str) -> str:
    """What is read on the page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def test_progress_tells_the_hour_its_accounts_and_the_time_left(
    cast: Cast, trainer: Client, at: datetime
) -> None:
    jump = start_jump(target=at + timedelta(hours=10), actor=cast.tom)
    advance_jump(jump_id=jump.pk, to=at + timedelta(hours=4))
    begin_hour(jump_id=jump.pk)
    just_begun = words(trainer.get("/practice/clock/progress/").content.decode())
    Jump.objects.update(began_at=timezone.now() - timedelta(minutes=9))
    note_progress(jump_id=jump.pk, accounts_left=40)
    note_progress(jump_id=jump.pk, accounts_left=20)

    shown = words(trainer.get("/practice/clock/progress/").content.decode())

    assert "looking for what falls due" in just_begun
    assert "known in a moment" in just_begun
    assert "Mon 2 Nov, 19:00 – 20:00 UTC: 20 of 40 ad accounts delivered" in shown
    assert "45 %" in shown  # 4.5 of 10 hours in 9 minutes
    assert "about 11 minutes" in shown


def test_who_has_asked_for_the_end_sees_when_it_comes(
    cast: Cast, trainer: Client, at: datetime
) -> None:
    jump = start_jump(target=at + timedelta(hours=10), actor=cast.tom)
    begin_hour(jump_id=jump.pk)

    told = trainer.post(f"/practice/clock/jump/{jump.pk}/cancel/", follow=True).content.decode()
    shown = trainer.get("/practice/clock/progress/").content.decode()
    Jump.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=30))
    silent = trainer.get("/practice/clock/progress/").content.decode()
    trainer.post(f"/practice/clock/jump/{jump.pk}/cancel/")

    assert "The jump ends after the hour it is in." in told
    assert "Cancelling after this hour" in shown
    assert "The clock will stand at 2 Nov, 16:00 UTC." in words(shown)
    assert "Cancel the jump" not in shown
    assert "No worker has given a sign of life" in silent
    assert "Cancel the jump" in silent
    assert clock.running_jump() is None
    assert clock.now() == at + timedelta(hours=1)


def test_a_double_click_is_one_jump(cast: Cast, trainer: Client, sent: list, at: datetime) -> None:
    wanted = {"target": "2026-11-02T16:00:00+00:00"}

    answers = [trainer.post("/practice/clock/jump/", wanted) for _ in range(2)]
    advance_jump(jump_id=Jump.objects.get().pk, to=at + timedelta(hours=1))
    answers.append(trainer.post("/practice/clock/jump/", wanted))

    assert [answer.status_code for answer in answers] == [302] * 3
    assert len(sent) == Jump.objects.count() == 1


def test_a_jump_elsewhere_is_refused_while_one_runs(
    cast: Cast, trainer: Client, sent: list, at: datetime
) -> None:
    start_jump(target=at + timedelta(hours=10), actor=cast.tom)

    answer = trainer.post("/practice/clock/jump/", {"target": "2026-11-02T16:00Z"})

    assert answer.status_code == 422
    assert "A jump is already running" in answer.content.decode()


def test_a_page_that_is_loaded_again_shows_the_same_jump(
    cast: Cast, trainer: Client, sent: list, at: datetime
) -> None:
    trainer.post("/practice/clock/jump/", {"target": "2026-11-03T16:00Z"}, follow=True)
    before = Jump.objects.get()

    pages = [trainer.get("/practice/clock/").content.decode() for _ in range(2)]

    assert all("Jumping to Tue 3 Nov 2026, 16:00 UTC" in page for page in pages)
    assert Jump.objects.get().heartbeat_at == before.heartbeat_at
    assert len(sent) == 1


def test_the_frame_shows_a_running_jump_to_everybody(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    jump = start_jump(target=at + timedelta(hours=10), actor=cast.tom)
    advance_jump(jump_id=jump.pk, to=at + timedelta(hours=5))

    assert "jump 50 %" in client_of(cast.ana).get("/notifications/").content.decode()
    assert "jump 50 %" in client_of(cast.ana).get("/practice/clock/chip/").content.decode()
