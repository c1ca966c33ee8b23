"""A jump is asked for twice at once, and its worker is killed -9 wherever it happens to be."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump
from bizcenter.clock.services import cancel_jump, start_jump
from bizcenter.lib import jobs
from bizcenter.practice import tasks
from campaigns.models import DeliveryCursor
from campaigns.services import deliver_until
from tests.factories.accounts import Cast
from tests.flows.test_killed_worker import kill_in_the_charge

from .histories import history
from .test_double_delivery import in_thread
from .test_killed_workers import make_world

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
HOURS = 40
ROOT = Path(__file__).parents[2]
WORKER = """
import sys, django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from bizcenter.practice.tasks import run_jump
run_jump(int(sys.argv[2]))
"""


def environment() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def fall_silent() -> None:
    Jump.objects.update(heartbeat_at=timezone.now() - Jump.SILENCE - timedelta(seconds=1))


def test_asked_for_twice_at_once_it_is_one_jump(
    cast: Cast, client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(jobs, "enqueue", lambda name, **kwargs: sent.append(name))
    browsers, start = [client_of(cast.tom) for _ in range(2)], Barrier(2)
    answers: list[Any] = []

    def press(browser: Client) -> int:
        start.wait()
        wanted = {"target": "2026-11-03T05:00:00+00:00"}
        return browser.post("/practice/clock/jump/", wanted).status_code

    for thread in [in_thread(lambda each=each: press(each), answers) for each in browsers]:
        thread.join()

    assert answers == [302, 302]
    assert Jump.objects.count() == 1
    assert sent == ["practice.run_jump"]


@pytest.fixture
def killed(ad_account: AdAccount, at: datetime) -> tuple[Jump, list[AdAccount]]:
    """A jump whose worker was killed in the midst of its first hour, which it delivered for two
    accounts together; somebody else has delivered one of them."""
    accounts = make_world(ad_account, at, "Hurt")
    jump = start_jump(target=at + HOURS * HOUR, actor=None)
    command = [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(jump.pk)]
    kill_in_the_charge(accounts[-1], lambda: subprocess.Popen(command, cwd=ROOT, env=environment()))
    assert set(DeliveryCursor.objects.values_list("next_slot", flat=True)) == {at}
    deliver_until(ad_account_id=accounts[0].pk, until=at + HOUR)
    return jump, accounts


def test_after_a_kill_the_jump_goes_on_where_it_was(
    killed: tuple[Jump, list[AdAccount]], at: datetime
) -> None:
    jump, accounts = killed
    places = set(DeliveryCursor.objects.values_list("next_slot", flat=True))
    assert places == {at, at + HOUR}
    assert clock.now() == at
    calm = make_world(accounts[0], at, "Calm")
    for account in calm:
        deliver_until(ad_account_id=account.pk, until=at + HOURS * HOUR)

    tasks.resume_jump()
    assert clock.now() == at
    fall_silent()
    tasks.resume_jump()

    jump.refresh_from_db()
    assert (jump.state, clock.now()) == (Jump.State.DONE, at + HOURS * HOUR)
    assert [history(each) for each in accounts] == [history(each) for each in calm]


def test_after_a_kill_the_jump_can_be_cancelled(
    killed: tuple[Jump, list[AdAccount]], at: datetime
) -> None:
    jump, _ = killed
    cancel_jump(jump_id=jump.pk)
    assert clock.running_jump() is not None  # its worker may still live
    fall_silent()

    cancel_jump(jump_id=jump.pk)

    assert clock.running_jump() is None
    assert clock.now() == at + HOUR
    assert DeliveryCursor.objects.latest("next_slot").next_slot == at + HOUR


def test_a_jump_whose_workers_are_killed_at_random_ends_as_if_none_had_been(
    ad_account: AdAccount, at: datetime
) -> None:
    calm, hurt = (make_world(ad_account, at, name) for name in ("Calm", "Hurt"))
    for account in calm:
        deliver_until(ad_account_id=account.pk, until=at + HOURS * HOUR)
    jump = start_jump(target=at + HOURS * HOUR, actor=None)

    script = (sys.executable, "-m", "tests.races.killed_jump")
    done = subprocess.run(
        [*script, connection.settings_dict["NAME"], str(jump.pk), "3"],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 3
    jump.refresh_from_db()
    assert (jump.state, clock.now()) == (Jump.State.DONE, at + HOURS * HOUR)
    for account in hurt:
        # Whoever took two workers in a row rests, and catches up after the jump.
        deliver_until(ad_account_id=account.pk, until=at + HOURS * HOUR)
    for one, other in zip(calm, hurt, strict=True):
        expected, found = history(one), history(other)
        assert len(expected["log"]) > 20
        for part, rows in expected.items():
            assert found[part] == rows, (one.name, part)
