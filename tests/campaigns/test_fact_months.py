"""Facts lie in months that are made before they are needed, and are final."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from adaccounts.models import AdAccount
from campaigns.delivery import partitions
from campaigns.models import DayFact, HourFact
from campaigns.services import deliver_until, prepare_months
from campaigns.tasks import keep_facts
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree
from tests.factories.facts import months, stand_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def running(account: AdAccount, at: datetime, budget: int = 500_000) -> AdAccount:
    fund(account, budget, at)
    approve(make_tree(account, at).ad, at)
    return account


def test_delivery_goes_on_into_a_month_that_nobody_prepared(
    ad_account: AdAccount, at: datetime
) -> None:
    running(ad_account, at)
    stand_at(ad_account, datetime(2027, 8, 31, 20, 0, tzinfo=UTC))
    assert "2027-09" not in months(HourFact)

    deliver_until(ad_account_id=ad_account.pk, until=datetime(2027, 9, 1, 6, 0, tzinfo=UTC))

    slots = set(HourFact.objects.values_list("slot__month", flat=True))
    assert slots == {8, 9}
    assert DayFact.objects.get().day == date(2027, 8, 31)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM campaigns_hourfact_2027_09")
        assert cursor.fetchone()[0] == HourFact.objects.filter(slot__month=9).count()


def test_preparing_months_twice_changes_nothing(at: datetime, db: None) -> None:
    prepare_months(at=at)
    before = {model: months(model) for model in (*partitions.BY_HOUR, *partitions.BY_DAY)}
    prepare_months(at=at)

    assert {"2026-11", "2026-12", "2027-01", "2027-02"} <= before[HourFact]
    assert {model: months(model) for model in before} == before


@pytest.mark.django_db(transaction=True)
def test_workers_that_come_to_a_month_together_make_it_once() -> None:
    start, errors = Barrier(4), []
    month = date(2031, 5, 1)

    def work() -> None:
        try:
            start.wait()
            partitions.ensure(month)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    for model in (*partitions.BY_HOUR, *partitions.BY_DAY):
        assert "2031-05" in months(model)
        partitions.drop(model, month)


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_facts_waits_for_a_new_month() -> None:
    """While an hour is being written, its transaction open, another process makes a month."""
    month = date(2031, 6, 1)
    made = Thread(target=lambda: (partitions.ensure(month), connection.close()))

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE campaigns_hourfact IN ROW EXCLUSIVE MODE")
        cursor.execute("SELECT count(*) FROM campaigns_hourfact")
        made.start()
        made.join(timeout=20)
        waited = made.is_alive()
    made.join()

    assert not waited
    for model in (*partitions.BY_HOUR, *partitions.BY_DAY):
        partitions.drop(model, month)


@pytest.mark.parametrize("model", [HourFact, DayFact])
def test_what_was_delivered_is_final(ad_account: AdAccount, at: datetime, model: Any) -> None:
    running(ad_account, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + DAY)
    before = list(model.objects.values())

    for change in (lambda: model.objects.update(spend=0), model.objects.all().delete):
        with (
            pytest.raises(IntegrityError, match="what was delivered is final"),
            transaction.atomic(),
        ):
            change()

    assert list(model.objects.values()) == before != []


@pytest.mark.parametrize(
    "table",
    [m._meta.db_table for m in (*partitions.BY_HOUR, *partitions.BY_DAY)],
)
def test_every_month_of_every_table_guards_its_facts(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype & 27 FROM pg_trigger WHERE tgrelid = %s::regclass",
            [f"{table}_2026_11"],
        )
        row, before, delete, update = 1, 2, 8, 16
        assert (row | before | delete | update,) in cursor.fetchall()


def test_the_workers_look_after_the_months(ad_account: AdAccount, practice_clock: Any) -> None:
    keep_facts()

    assert {"2027-01", "2027-02"} <= months(HourFact)


def test_facts_from_before_there_were_months_are_carried_over(db: None) -> None:
    """And back again; the last and the first moment of a month in UTC are in their months."""
    migration = import_module("campaigns.migrations.0006_facts_by_month")
    counts = migration.COLUMNS.replace(" ", "").split(",")
    columns = ", ".join(f"{name} bigint NOT NULL" for name in map(str.strip, counts))
    moments = ["2025-12-31 23:30+00", "2026-02-28 23:59:59+00", "2026-03-01 00:00+00"]
    values = ", ".join(str(place) for place in range(len(counts)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before; SET LOCAL search_path = before")
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
        cursor.execute(
            f"CREATE TABLE campaigns_hourfact ({columns}, slot timestamptz NOT NULL, "
            "PRIMARY KEY (ad_id, slot), CONSTRAINT c CHECK (spend >= 0));"
            "CREATE INDEX hours_of_account ON campaigns_hourfact (ad_account_id, slot)"
        )
        for moment in moments:
            cursor.execute(f"INSERT INTO campaigns_hourfact VALUES ({values}, %s)", [moment])
        table = ("campaigns_hourfact", "slot", migration.HOUR_INDEX)

        cursor.execute(migration.partitioned(*table))

        cursor.execute(
            "SELECT tableoid::regclass::text, view_conversions FROM campaigns_hourfact "
            "ORDER BY slot"
        )
        assert cursor.fetchall() == [
            ("campaigns_hourfact_2025_12", 0),
            ("campaigns_hourfact_2026_02", 0),
            ("campaigns_hourfact_2026_03", 0),
        ]
        cursor.execute(migration.whole(*table))
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        cursor.execute("SELECT * FROM campaigns_hourfact ORDER BY slot")
        rows = cursor.fetchall()
        assert [row[:-1] for row in rows] == [tuple(range(len(counts)))] * 3
        assert [row[-1] for row in rows] == [datetime.fromisoformat(each) for each in moments]
        cursor.execute("RESET search_path")
