"""How long facts are kept: by whole months, and never less than what is still open."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from adaccounts.models import AdAccount
from campaigns.delivery import partitions
from campaigns.models import DayFact, HourFact, HourLog, LateConversion
from campaigns.queries import performance
from campaigns.services import deliver_until, drop_old_facts, keeping
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree
from tests.factories.facts import months, stand_at

DAY = timedelta(days=1)
NOVEMBER = date(2026, 11, 1)


def running(account: AdAccount, at: datetime) -> AdAccount:
    fund(account, 500_000, at)
    approve(make_tree(account, at).ad, at)
    return account


def test_old_hours_go_and_days_stay(ad_account: AdAccount, at: datetime, settings: Any) -> None:
    running(ad_account, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * DAY)
    period = {
        "ad_account_ids": [ad_account.pk],
        "first_day": NOVEMBER,
        "last_day": NOVEMBER + 2 * DAY,
    }
    before = performance.totals(**period)
    stand_at(ad_account, datetime(2027, 12, 15, 15, 0, tzinfo=UTC))
    settings.KEEP_HOURS_MONTHS = 13

    kept = drop_old_facts(at=datetime(2027, 12, 31, 23, 0, tzinfo=UTC))
    assert HourFact.objects.exists()
    assert "campaigns_hourfact_2026_11" not in kept

    stand_at(ad_account, datetime(2028, 1, 15, 15, 0, tzinfo=UTC))
    dropped = drop_old_facts(at=datetime(2028, 1, 1, 0, 0, tzinfo=UTC))

    assert {"campaigns_hourfact_2026_11", "campaigns_hourlog_2026_11"} <= set(dropped)
    assert not any("day" in name or "late" in name for name in dropped)
    assert not HourFact.objects.exists()
    assert {"2026-11"} <= months(DayFact) & months(LateConversion)
    assert performance.totals(**period) == before != performance.Totals()
    assert drop_old_facts(at=datetime(2028, 1, 1, 0, 0, tzinfo=UTC)) == []


def test_an_account_that_is_behind_keeps_its_month(
    ad_account: AdAccount, at: datetime, settings: Any
) -> None:
    settings.KEEP_HOURS_MONTHS = settings.KEEP_DAYS_MONTHS = 1
    running(ad_account, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + DAY)

    dropped = drop_old_facts(at=at + 900 * DAY)

    assert all(name.endswith("2026_10") for name in dropped)
    assert HourFact.objects.exists()


def test_days_go_too_where_that_is_wanted(
    ad_account: AdAccount, at: datetime, settings: Any
) -> None:
    settings.KEEP_DAYS_MONTHS = 24
    running(ad_account, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY)
    assert DayFact.objects.exists()
    stand_at(ad_account, at + 900 * DAY)

    drop_old_facts(at=at + 900 * DAY)

    assert not DayFact.objects.exists()
    assert not {"2026-11"} & (months(DayFact) | months(LateConversion) | months(HourLog))


@pytest.mark.django_db(transaction=True)
def test_a_month_that_somebody_is_reading_is_left_for_the_next_time(
    at: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who delivers waits behind the one who waits for the reader."""
    settings.KEEP_HOURS_MONTHS = 1
    monkeypatch.setattr(keeping, "_BRIEF", "100ms")
    partitions.ensure(date(2020, 5, 1))
    dropped: list[list[str]] = []

    def drop() -> None:
        dropped.append(drop_old_facts(at=datetime(2020, 8, 1, tzinfo=UTC)))
        connection.close()

    with transaction.atomic():
        assert not HourFact.objects.filter(slot__lt=at).exists()
        thread = Thread(target=drop)
        thread.start()
        thread.join()
    drop()

    assert "campaigns_hourfact_2020_05" not in dropped[0]
    assert "campaigns_hourfact_2020_05" in dropped[1]
    for model in (DayFact, LateConversion):
        assert "2020-05" in months(model)
    settings.KEEP_DAYS_MONTHS = 1
    drop()
    assert "2020-05" not in months(DayFact) | months(LateConversion) | months(HourLog)
