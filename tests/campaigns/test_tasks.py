"""The beat's tasks: every account that is behind catches up, unless a jump does it."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock, start_jump
from campaigns import services, tasks
from campaigns.models import DeliveryCursor, StopState
from campaigns.queries.shards import shard_of
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import make_campaign, make_tree

HOUR = timedelta(hours=1)
ROOT = Path(__file__).parents[2]


def slots() -> set[datetime]:
    return set(DeliveryCursor.objects.values_list("next_slot", flat=True))


@pytest.fixture
def behind(ad_account: AdAccount, at: datetime) -> None:
    """Two accounts whose first campaign is three hours old."""
    make_campaign(ad_account, at)
    make_campaign(make_ad_account(ad_account.business_center, None, at, currency="JPY"), at)
    set_clock(at=at + 3 * HOUR, rate=PracticeClock.PAUSED)


@pytest.mark.django_db(transaction=True)
def test_every_account_that_is_behind_catches_up(behind: None, at: datetime) -> None:
    tasks.start_tick()

    assert slots() == {at + 3 * HOUR}


@pytest.mark.django_db(transaction=True)
def test_the_beat_leaves_delivery_to_a_running_jump(behind: None, at: datetime) -> None:
    start_jump(target=at + 9 * HOUR, actor=None)

    tasks.start_tick()

    assert slots() == {at}


@pytest.mark.django_db(transaction=True)
def test_what_a_slice_does_not_finish_is_queued_again(
    behind: None, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SLICE_SECONDS", 0)

    tasks.deliver_shard(shard_of(ad_account.pk), (at + 3 * HOUR).isoformat())

    assert DeliveryCursor.objects.get(ad_account=ad_account).next_slot == at + 3 * HOUR


def test_a_shard_is_queued_once_with_all_its_accounts(
    behind: None, monkeypatch: pytest.MonkeyPatch, settings, at: datetime
) -> None:
    settings.DELIVERY_SHARDS = 1
    queued: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.jobs, "enqueue", lambda name, **kwargs: queued.append(kwargs))

    tasks.start_tick()
    tasks.start_tick()

    assert [(call["number"], call["until"]) for call in queued] == [
        (0, (at + 3 * HOUR).isoformat())
    ]


@pytest.mark.django_db(transaction=True)
def test_a_requested_stop_is_taken_up_at_once_and_finished_when_due(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_tree(ad_account, at).campaign
    stop = services.request_stop(
        campaign=campaign, kind="pause", reason="other", note="",
        expected_version=None, actor=None, at=at,
    )  # fmt: skip
    stop.refresh_from_db()
    assert stop.state == StopState.PROCESSING

    set_clock(at=at + HOUR, rate=PracticeClock.PAUSED)
    tasks.settle_due()

    stop.refresh_from_db()
    assert stop.state == StopState.PAUSED


def test_a_worker_has_the_engine_loaded_before_it_makes_its_processes() -> None:
    script = (
        "import sys\n"
        "from celery.signals import worker_init\n"
        "from bizcenter.celery import app\n"
        "app.loader.init_worker()\n"
        "name = 'campaigns.delivery.kernel'\n"
        "before = name in sys.modules\n"
        "worker_init.send(sender=None)\n"
        "print(before, name in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)

    assert found.stdout == "False True\n", found.stderr
