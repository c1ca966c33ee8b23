"""An hour that takes its worker with it does not hold up its shard, and is tried ever later."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock, start_jump
from bizcenter.practice.services import run_jump
from campaigns.models import DeliveryCursor, HourFact
from campaigns.queries.shards import accounts_behind, batches_to_try
from campaigns.services import deliver_or_note, deliver_shard
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
WORKER = """
import os, signal, sys, django
django.setup()
from campaigns.delivery import tick
from campaigns.services import deliver_shard
from datetime import datetime
run, deadly = tick._move_on, int(sys.argv[1])
def move_on(hours, end):
    if deadly in [hour.cursor.pk for hour in hours]:
        os.kill(os.getpid(), signal.SIGKILL)
    run(hours, end)
tick._move_on = move_on
deliver_shard(number=0, until=datetime.fromisoformat(sys.argv[2]))
"""


def work(deadly: AdAccount, until: datetime) -> int:
    """A worker delivers the shard; the end of an hour of `deadly` kills it. How it came out."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return subprocess.run(
        [sys.executable, "-c", WORKER, str(deadly.pk), until.isoformat()],
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": url._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
            "DELIVERY_SHARDS": "1",
        },
    ).returncode


def rest(account: AdAccount) -> timedelta:
    """How long the account is left alone; afterwards that time is over."""
    cursor = DeliveryCursor.objects.get(pk=account.pk)
    left_alone = cursor.try_again_at - cursor.attempted_at
    DeliveryCursor.objects.filter(pk=account.pk).update(
        attempted_at=cursor.attempted_at - left_alone
    )
    return left_alone


@pytest.fixture
def pair(ad_account: AdAccount, at: datetime, settings) -> list[AdAccount]:
    """The first of them has waited for an hour more than the second."""
    settings.DELIVERY_SHARDS = 1
    accounts = [ad_account, make_ad_account(ad_account.business_center, None, at, name="Other")]
    for account in accounts:
        fund(account, 90_000, at)
        approve(make_tree(account, at).ad, at)
    DeliveryCursor.objects.filter(pk=accounts[1].pk).update(next_slot=at + HOUR)
    set_clock(at=at + 3 * HOUR, rate=PracticeClock.PAUSED)
    return accounts


def test_the_others_go_on_and_it_is_tried_ever_later(
    pair: list[AdAccount], at: datetime, cast: Cast, client: Client
) -> None:
    deadly, other = pair
    cursor = DeliveryCursor.objects.get(pk=deadly.pk)

    assert work(deadly, at + 3 * HOUR) == -signal.SIGKILL
    cursor.refresh_from_db()
    assert (cursor.attempts, cursor.next_slot) == (1, at)
    assert work(deadly, at + 3 * HOUR) == -signal.SIGKILL  # it may have been the worker
    assert DeliveryCursor.objects.get(pk=other.pk).next_slot == at + 3 * HOUR  # it went first
    assert work(deadly, at + 3 * HOUR) == 0  # left alone now
    assert accounts_behind(until=at + 3 * HOUR) == [deadly.pk]

    rests = [rest(deadly)]
    assert work(deadly, at + 4 * HOUR) == -signal.SIGKILL
    assert DeliveryCursor.objects.get(pk=other.pk).next_slot == at + 4 * HOUR
    rests.append(rest(deadly))
    assert rests == [timedelta(seconds=30), timedelta(minutes=1)]

    client.force_login(cast.tom)
    shown = client.get(reverse("practice:clock")).content.decode()
    said = client.get("/readyz").json()["delivery"]
    assert f'{deadly.name} (<span class="num">{deadly.pk}</span>)' in shown
    assert "did not come back" in shown
    assert said == f"Behind: workers do not come back from ad account {deadly.pk}"


def test_who_was_delivered_with_it_goes_on_by_itself(pair: list[AdAccount], at: datetime) -> None:
    deadly, other = pair
    DeliveryCursor.objects.update(next_slot=at)  # both wait for the same hour

    assert work(deadly, at + 3 * HOUR) == -signal.SIGKILL
    assert set(DeliveryCursor.objects.values_list("next_slot", "attempts")) == {(at, 1)}
    assert not HourFact.objects.exists()
    assert work(deadly, at + 3 * HOUR) == -signal.SIGKILL  # the first of the two, by itself
    assert work(deadly, at + 3 * HOUR) == 0

    stands = dict(DeliveryCursor.objects.values_list("pk", "next_slot"))
    assert stands == {deadly.pk: at, other.pk: at + 3 * HOUR}
    attempts = dict(DeliveryCursor.objects.values_list("pk", "attempts"))
    assert attempts == {deadly.pk: 2, other.pk: 0}


def test_a_jump_goes_on_without_it_and_a_cure_lets_it_catch_up(
    pair: list[AdAccount], at: datetime, client: Client
) -> None:
    deadly, other = pair
    for _ in range(2):
        assert work(deadly, at + HOUR) == -signal.SIGKILL

    run_jump(jump_id=start_jump(target=at + 6 * HOUR, actor=None).pk)
    stands = dict(DeliveryCursor.objects.values_list("pk", "next_slot"))
    assert stands == {deadly.pk: at, other.pk: at + 6 * HOUR}
    assert not HourFact.objects.filter(ad_account_id=deadly.pk).exists()

    rest(deadly)
    assert deliver_shard(number=0, until=at + 6 * HOUR)
    cursor = DeliveryCursor.objects.get(pk=deadly.pk)
    assert (cursor.next_slot, cursor.attempts, cursor.attempted_at) == (at + 6 * HOUR, 0, None)
    assert client.get("/readyz").json()["delivery"] == "ok"


def test_the_rest_grows_to_ten_minutes(ad_account: AdAccount, at: datetime) -> None:
    rests = [
        DeliveryCursor(attempted_at=at, attempts=attempts).try_again_at - at
        for attempts in (2, 3, 4, 5, 6, 7, 400)
    ]

    assert [each.total_seconds() for each in rests] == [30, 60, 120, 240, 480, 600, 600]
    assert DeliveryCursor(attempted_at=at, attempts=1).try_again_at is None


def test_an_account_with_nothing_due_is_not_left_with_an_attempt(
    pair: list[AdAccount], at: datetime
) -> None:
    assert [deliver_or_note(ad_account_ids=[each.pk], until=at) for each in pair] == [0, 0]

    assert not DeliveryCursor.objects.exclude(attempts=0).exists()
    assert batches_to_try(until=at + HOUR, real=at) == [[pair[0].pk]]
