"""An hour of delivery for 10,000 active ads, committed with its charge, against a COPY of its rows.

A whole account-local day and the first hour of the next, so the day's close is in it. After each
hour the same rows are copied, as ready-made binary data, into a table of the same columns, indexes
and checks, and committed: that is the baseline. Before, one hour warms both up.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from time import perf_counter
from typing import Any

from django.db import connection

from adaccounts.models import AdAccount
from campaigns.models import DayFact, HourFact
from campaigns.services import deliver_slot

from . import _world

CAMPAIGNS, GROUPS, ADS = 100, 10, 10
ACTIVE = CAMPAIGNS * GROUPS * ADS
HOUR = timedelta(hours=1)
HOURS = 25
TABLE, COPY = HourFact._meta.db_table, "raw_copy_of_hours"


def main() -> Iterable[dict[str, Any]]:
    account = _world.account(_world.owner(), "Bench", top_ups=20)
    _world.fill(account, campaigns=CAMPAIGNS, groups=GROUPS, ads=ADS, budget=200_00)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {COPY} (LIKE {TABLE} INCLUDING ALL)")
    rows, delivering, raw = 0, 0.0, 0.0
    for number in range(HOURS + 1):
        slot = _world.START + number * HOUR
        taken = deliver(account, slot)
        count, copied = copy(slot)
        assert count >= 0.9 * ACTIVE, f"only {count} ads delivered in hour {number}"
        if number:
            rows, delivering, raw = rows + count, delivering + taken, raw + copied
    assert DayFact.objects.count() >= 0.9 * ACTIVE
    yield {
        "name": "delivery_rows_per_second",
        "value": round(rows / delivering),
        "baseline": round(rows / raw),
        "ratio": round(raw / delivering, 3),
        "unit": "rows/s",
    }


def deliver(account: AdAccount, slot: datetime) -> float:
    """Seconds for the hour, commit included."""
    began = perf_counter()
    assert deliver_slot(ad_account_id=account.pk, slot=slot)
    return perf_counter() - began


def copy(slot: datetime) -> tuple[int, float]:
    """How many rows the hour has, and the seconds to copy and commit them raw."""
    data = BytesIO()
    with connection.cursor() as cursor:
        chosen = cursor.mogrify(f"SELECT * FROM {TABLE} WHERE slot = %s", [slot]).decode()
        cursor.copy_expert(f"COPY ({chosen}) TO STDOUT (FORMAT binary)", data)
        data.seek(0)
        began = perf_counter()
        cursor.copy_expert(f"COPY {COPY} FROM STDIN (FORMAT binary)", data, 1 << 20)
        return cursor.rowcount, perf_counter() - began
