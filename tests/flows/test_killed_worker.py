"""A worker is killed -9 between an hour's facts and their charge: nothing is lost or doubled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from adaccounts.models import AdAccount
from billing.models import LedgerAccount, Posting
from billing.queries import spend_by_campaign, spendable_balance
from campaigns.models import Ad, DeliveryCursor, HourFact
from campaigns.services import deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad, make_tree

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.stack]
HOURS = 8
HOUR = timedelta(hours=1)
WORKER = """
import sys, django
django.setup()
from campaigns.queries.shards import shard_of
from campaigns.tasks import deliver_shard
deliver_shard(shard_of(int(sys.argv[1])), sys.argv[2])
"""


def funded_account(twin_of: AdAccount, at: datetime) -> AdAccount:
    """An account with the seed, the money and the ads that every other one here has."""
    account = make_ad_account(twin_of.business_center, None, at, name="Twin", seed=11)
    fund(account, 60_000, at)
    for _ in range(2):
        tree = make_tree(account, at)
        approve(tree.ad, at)
        approve(make_ad(tree.group, at), at)
    return account


def facts(account: AdAccount) -> list[tuple]:
    """Every count of every hour, by the ad's ordinal instead of its id."""
    ordinals = dict(Ad.objects.filter(ad_account=account).values_list("pk", "ordinal"))
    own = ("ad_id", "slot", "ad_account_id", "campaign_id", "ad_group_id")
    counts = [f.name for f in HourFact._meta.concrete_fields if f.name not in (*own, "pk")]
    rows = HourFact.objects.filter(ad_account_id=account.pk).values_list("ad_id", "slot", *counts)
    return sorted((ordinals[ad_id], *rest) for ad_id, *rest in rows)


def start_worker(account: AdAccount, until: datetime) -> subprocess.Popen:
    own = urlsplit(os.environ["DATABASE_URL"])
    url = own._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(account.pk), until.isoformat()],
        cwd=Path(__file__).parents[2],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": url,
        },
    )


def waiting_for_a_lock() -> bool:
    """Does somebody in this database wait for a row that somebody else has locked?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def kill_in_the_charge(account: AdAccount, start: Callable[[], subprocess.Popen[bytes]]) -> None:
    """The worker is killed when it has written the hour's facts of the account and not charged."""
    with transaction.atomic():
        # The charge needs this row after the facts are written: the worker waits there.
        costs = LedgerAccount.objects.filter(ad_account=account, kind=LedgerAccount.Kind.COST)
        costs.select_for_update().get()
        worker = start()
        try:
            deadline = time.monotonic() + 60
            while not waiting_for_a_lock():
                assert worker.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()


@pytest.fixture
def accounts(ad_account: AdAccount, at: datetime) -> tuple[AdAccount, AdAccount]:
    return funded_account(ad_account, at), funded_account(ad_account, at)


def test_killed_between_facts_and_charge(
    accounts: tuple[AdAccount, AdAccount], at: datetime
) -> None:
    hurt, undisturbed = accounts
    deliver_until(ad_account_id=hurt.pk, until=at + 3 * HOUR)
    before = facts(hurt)

    kill_in_the_charge(hurt, lambda: start_worker(hurt, at + HOURS * HOUR))
    assert facts(hurt) == before
    assert DeliveryCursor.objects.get(pk=hurt.pk).next_slot == at + 3 * HOUR

    for account in accounts:
        deliver_until(ad_account_id=account.pk, until=at + HOURS * HOUR)

    assert facts(hurt) == facts(undisturbed) != []
    spent = sum(HourFact.objects.filter(ad_account_id=hurt.pk).values_list("spend", flat=True))
    assert spendable_balance(ad_account=hurt) == 60_000 - spent
    day = hurt.day_of(at)
    ledger = spend_by_campaign(ad_account=hurt, first_day=day, last_day=day + timedelta(days=1))
    assert sum(ledger.values()) == spent
    assert Posting.objects.filter(ad_account=hurt, kind="spend").count() == HOURS
