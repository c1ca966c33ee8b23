"""Hours of delivery for 10,000 active ads, committed and charged, against a COPY of their rows.

A whole account-local day and the first hours of the next, so the day's close is in it. Five hours
are delivered one after the other; then the same rows are copied, as ready-made binary data, into a
table of the same columns, indexes and checks, and committed hour by hour: that is the baseline.
One hour before warms both up.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from time import perf_counter, sleep
from typing import Any

from django.db import connection

from adaccounts.models import AdAccount
from campaigns.models import DayFact, HourFact
from campaigns.services import deliver_until

from . import _world

CAMPAIGNS, GROUPS, ADS = 100, 10, 10
ACTIVE = CAMPAIGNS * GROUPS * ADS
HOUR = timedelta(hours=1)
BLOCK, BLOCKS = 5, 5
TABLE, COPY = HourFact._meta.db_table, "raw_copy_of_hours"


def main() -> Iterable[dict[str, Any]]:
    account = _world.account(_world.owner(), "Bench", top_ups=20)
    _world.fill(account, campaigns=CAMPAIGNS, groups=GROUPS, ads=ADS, budget=200_00)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {COPY} (LIKE {TABLE} INCLUDING ALL)")
    block(account, _world.START, 1)
    rows, delivering, copying = 0, 0.0, 0.0
    for number in range(BLOCKS):
        first = _world.START + HOUR + number * BLOCK * HOUR
        count, taken, copied = block(account, first, BLOCK)
        rows, delivering, copying = rows + count, delivering + taken, copying + copied
    assert DayFact.objects.count() >= 0.9 * ACTIVE
    yield {
        "name": "delivery_rows_per_second",
        "value": round(rows / delivering),
        "baseline": round(rows / copying),
        "ratio": round(copying / delivering, 3),
        "unit": "rows/s",
    }


def block(account: AdAccount, first: datetime, hours: int) -> tuple[int, float, float]:
    """Rows, seconds to deliver them and seconds to copy them, for so many hours from `first`."""
    began = perf_counter()
    delivered = deliver_until(ad_account_id=account.pk, until=first + hours * HOUR)
    taken = perf_counter() - began
    assert delivered == hours
    sleep(0.1)  # what was begun for the next hour must not disturb the baseline
    copies = [copy(first + n * HOUR) for n in range(hours)]
    fewest = min(count for count, _ in copies)
    assert fewest >= 0.9 * ACTIVE, f"only {fewest} ads delivered in an hour"
    return sum(count for count, _ in copies), taken, sum(seconds for _, seconds in copies)


def copy(slot: datetime) -> tuple[int, float]:
    """How many rows the hour has, and the seconds to copy and commit them raw."""
    data = BytesIO()
    with connection.cursor() as cursor:
        chosen = cursor.mogrify(f"SELECT * FROM {TABLE} WHERE slot = %s", [slot]).decode()
        cursor.copy_expert(f"COPY ({chosen}) TO STDOUT (FORMAT binary)", data)
        data.seek(0)
        began = perf_counter()
        cursor.copy_expert(f"COPY {COPY} FROM STDIN (FORMAT binary)", data, data.getbuffer().nbytes)
        return cursor.rowcount, perf_counter() - began
