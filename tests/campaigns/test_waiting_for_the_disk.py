"""An hour need not be on the disk before the next begins; the last one of a delivery is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection

from adaccounts.models import AdAccount
from campaigns.delivery import tick
from campaigns.models import DeliveryCursor
from campaigns.services import deliver_or_note, deliver_slot, deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """For each hour, whether its commit waits; on a server whose commits do."""
    found: list[bool] = []
    run = tick.run

    def noted(cursors: list[DeliveryCursor]) -> None:
        with connection.cursor() as database:
            database.execute("SHOW synchronous_commit")
            found.append(database.fetchone() == ("on",))
        run(cursors)

    monkeypatch.setattr(tick, "run", noted)
    with connection.cursor() as database:
        database.execute("SET synchronous_commit TO on")
        yield found
        database.execute("RESET synchronous_commit")


@pytest.fixture
def shop(ad_account: AdAccount, at: datetime) -> AdAccount:
    fund(ad_account, 500_000, at)
    approve(make_tree(ad_account, at).ad, at)
    return ad_account


def test_only_the_last_hour_waits(shop: AdAccount, at: datetime, waits: list[bool]) -> None:
    deliver_until(ad_account_id=shop.pk, until=at + 3 * HOUR)

    assert waits == [False, False, True]


def test_an_hour_delivered_by_itself_waits(
    shop: AdAccount, at: datetime, waits: list[bool]
) -> None:
    deliver_slot(ad_account_id=shop.pk, slot=at)

    assert waits == [True]


def test_a_shard_leaves_it_to_the_note_of_its_progress(
    shop: AdAccount, at: datetime, waits: list[bool]
) -> None:
    deliver_or_note(ad_account_ids=[shop.pk], until=at + 2 * HOUR)

    assert waits == [False, False]
    with connection.cursor() as database:
        database.execute("SHOW synchronous_commit")
        assert database.fetchone() == ("on",)


def test_what_a_shard_delivered_is_on_the_disk(
    shop: AdAccount, at: datetime, waits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing has waited in the shard before, so that it has no row yet."""
    written = []
    run = tick.run

    def noted(cursors: list[DeliveryCursor]) -> None:
        run(cursors)
        written.append(log_position("insert"))

    monkeypatch.setattr(tick, "run", noted)
    deliver_or_note(ad_account_ids=[shop.pk], until=at + 2 * HOUR)

    assert len(written) == 2
    assert log_position("flush") > written[-1]


def log_position(kind: str) -> int:
    """Bytes of the server's log that are written, or on the disk."""
    with connection.cursor() as database:
        database.execute(f"SELECT pg_current_wal_{kind}_lsn() - '0/0'::pg_lsn")
        (found,) = database.fetchone()
    return int(found)
