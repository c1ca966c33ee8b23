"""Workers are killed wherever they happen to be: what is delivered is as if none had been."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from adaccounts.models import AdAccount
from campaigns import services, tasks
from campaigns.models import BudgetMode, DeliveryCursor, HourFact, Objective
from campaigns.queries.shards import shard_of
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad, make_tree

from .histories import history
from .test_double_delivery import in_thread

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
SLOTS = 103  # of each of the two accounts
# A wallet that lasts, and one that runs dry.
WORLDS = (("USD", 900_000, 41), ("EUR", 60_000, 42))


def make_world(like: AdAccount, at: datetime, name: str) -> list[AdAccount]:
    """Two small accounts: sales beside traffic, a budget for all time, an ad still in review and
    a stop that falls due on the fourth day. The same whenever it is made."""
    accounts = []
    for currency, wallet, seed in WORLDS:
        account = make_ad_account(
            like.business_center, None, at, currency, name=f"{name} {currency}", seed=seed
        )
        fund(account, wallet, at)
        shop = make_tree(account, at, campaign={"objective": Objective.WEB_CONVERSIONS})
        visits = make_tree(account, at)
        final = make_tree(
            account, at, campaign={"budget_mode": BudgetMode.TOTAL, "budget": wallet // 4}
        )
        for tree in (shop, visits, final):
            approve(tree.ad, at)
            approve(make_ad(tree.group, at), at)
        make_ad(visits.group, at)
        services.request_stop(
            campaign=visits.campaign, kind="pause", reason="other", note="",
            expected_version=None, actor=None, at=at + 80 * HOUR,
        )  # fmt: skip
        accounts.append(account)
    return accounts


def test_two_hundred_slots_with_workers_killed_at_random(
    ad_account: AdAccount, at: datetime
) -> None:
    calm, troubled = (make_world(ad_account, at, name) for name in ("Calm", "Troubled"))
    until = at + SLOTS * HOUR
    for account in calm:
        services.deliver_until(ad_account_id=account.pk, until=until)

    script = (sys.executable, "-m", "tests.races.killed_workers")
    arguments = (connection.settings_dict["NAME"], until.isoformat(), "5")
    done = subprocess.run(
        [*script, *arguments, *(str(account.pk) for account in troubled)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 8, done.stdout
    for one, other in zip(calm, troubled, strict=True):
        expected, found = history(one), history(other)
        assert len(expected["log"]) > 50
        assert len(expected["days"]) > 5
        for part, rows in expected.items():
            assert found[part] == rows, (one.name, part)
    assert history(calm[0])["late"]
    assert history(calm[1])["balance"][0] < 200


def test_two_workers_at_one_account_at_once_deliver_it_once(
    ad_account: AdAccount, at: datetime
) -> None:
    once, twice = (make_world(ad_account, at, name)[0] for name in ("Once", "Twice"))
    until = at + 20 * HOUR
    services.deliver_until(ad_account_id=once.pk, until=until)
    answers: list[int | Exception] = []

    def run() -> int:
        return services.deliver_or_note(ad_account_ids=[twice.pk], until=until)

    for thread in [in_thread(run, answers) for _ in range(2)]:
        thread.join()

    cursor = DeliveryCursor.objects.get(pk=twice.pk)
    assert sum(answers) == 20
    assert (cursor.failed_at, cursor.attempts) == (None, 0)
    assert HourFact.objects.filter(ad_account_id=twice.pk).count() > 30
    assert history(twice) == history(once)


def test_hour_by_hour_and_one_leap_leave_the_same(ad_account: AdAccount, at: datetime) -> None:
    """In real time the beat asks for one hour after the other, often for nothing new."""
    slow, fast = (make_world(ad_account, at, name)[1] for name in ("Slow", "Fast"))
    services.deliver_until(ad_account_id=fast.pk, until=at + 30 * HOUR)

    for minutes in range(0, 30 * 60 + 1, 20):
        services.settle_due(ad_account_ids=[slow.pk], until=at + timedelta(minutes=minutes))
        tasks.deliver_shard(shard_of(slow.pk), (at + timedelta(minutes=minutes)).isoformat())

    assert history(slow) == history(fast)
