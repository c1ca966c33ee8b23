"""A whole simulated day of many accounts, its close, breakdowns and books included, by one worker
process, against a raw COPY of its hour facts alone; and the memory that worker needs for it.

Full size is 100,000 active ads and takes minutes: a hundred ad accounts of ten campaigns with ten
ad groups of ten ads each, which is what a large agency runs. They are delivered as a jump does
it: ten of these accounts together.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from benchmarks import _size, _world
from campaigns.models import DayBreakdown, DayFact, HourFact

from . import _raw
from ._figures import MOST_MUST_DELIVER, facts_of, figure
from ._workers import workers

DAY = timedelta(days=1)
MOST_MEMORY = 1 << 30


def main() -> Iterable[dict[str, Any]]:
    accounts, ads = _size.pick(quick=(2, 100), usual=(6, 1000), full=(100, 1000))
    person = _world.owner()
    ids = []
    for number in range(accounts):
        account = _world.account(person, f"Bench {number}", top_ups=max(1, ads // 250))
        _world.fill(account, campaigns=max(1, ads // 100), groups=10, ads=10, budget=200_00)
        ids.append(account.pk)
    with workers(1) as (worker,):
        worker.ask(ids, _world.START + DAY)
        answer = worker.answer()
    assert answer["hours"] == 24 * accounts
    facts_of(ids, _world.START, _world.START + DAY, ads=accounts * ads)
    for model in (DayFact, DayBreakdown):
        assert model.objects.count() >= MOST_MUST_DELIVER * accounts * ads, model
    copying = 0.0
    with _raw.tables():
        for hour in range(24):
            copying += _raw.copy(HourFact, slot=_world.START + timedelta(hours=hour))[1]
    name = f"day_of_{accounts * ads}_ads"
    yield figure(name, answer["seconds"], copying, answer["seconds"] / copying, "seconds")
    peak, resting = answer["peak"], worker.resting
    assert peak < MOST_MEMORY, f"the worker held {peak >> 20} MB"
    yield figure(f"{name}_memory", peak / 2**20, resting / 2**20, peak / resting, "MB")
