"""Hours of delivery of a large account, committed and charged, against a COPY of their rows.

A whole account-local day and the first hours of the next, so the day's close is in it. Five hours
are delivered one after the other; then the same rows (facts, late conversions, logs, and of a day
that closed its totals and its people) are copied and committed, table by table: the baseline.
The second figure has only the hours' facts in its baseline. One hour before warms both up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter, sleep
from typing import Any

from adaccounts.models import AdAccount
from benchmarks import _size, _world
from campaigns.models import DayFact, DeliveryCursor, HourFact
from campaigns.services import deliver_until

from . import _raw
from ._figures import facts_of, figure

HOUR = timedelta(hours=1)
BLOCK, BLOCKS = 5, 5
GROUPS, ADS = 10, 10


@dataclass
class Taken:
    """Rows of facts, and seconds."""

    rows: int = 0
    delivering: float = 0.0
    copying: float = 0.0
    copying_facts: float = 0.0


def main() -> Iterable[dict[str, Any]]:
    campaigns = _size.pick(quick=2, usual=100)
    ads = campaigns * GROUPS * ADS
    account = _world.account(_world.owner(), "Bench", top_ups=max(1, campaigns // 5))
    _world.fill(account, campaigns=campaigns, groups=GROUPS, ads=ADS, budget=200_00)
    with _raw.tables():
        block(account, _world.START, 1, ads, Taken())
        taken = Taken()
        for number in range(BLOCKS):
            block(account, _world.START + HOUR + number * BLOCK * HOUR, BLOCK, ads, taken)
    assert DayFact.objects.filter(ad_account_id=account.pk).count() >= 0.9 * ads
    speed = taken.rows / taken.delivering
    for name, seconds in (
        ("rows_per_second", taken.copying),
        ("rows_per_second_against_facts_alone", taken.copying_facts),
    ):
        yield figure(name, speed, taken.rows / seconds, seconds / taken.delivering, "rows/s")


def block(account: AdAccount, first: datetime, hours: int, ads: int, taken: Taken) -> None:
    """So many hours from `first` are delivered, and then copied."""
    day = DeliveryCursor.objects.get(pk=account.pk).open_day
    end = first + hours * HOUR
    began = perf_counter()
    delivered = deliver_until(ad_account_id=account.pk, until=end)
    taken.delivering += perf_counter() - began
    assert delivered == hours
    sleep(0.1)  # what was begun for the next hour must not disturb the baseline
    taken.rows += facts_of([account.pk], first, end, ads=ads)
    for number in range(hours):
        for model in _raw.BY_HOUR:
            _, seconds = _raw.copy(model, slot=first + number * HOUR, ad_account_id=account.pk)
            taken.copying += seconds
            taken.copying_facts += seconds if model is HourFact else 0.0
    if account.day_of(end) != day:
        for model in _raw.BY_DAY:
            taken.copying += _raw.copy(model, day=day, ad_account_id=account.pk)[1]
