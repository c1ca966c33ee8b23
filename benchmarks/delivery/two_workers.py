"""Two worker processes that deliver disjoint ad accounts against one that delivers as many.

Two equal sets of accounts with the same seed and the same ads, so both do the same work, a few
hours of one set and then the same hours of the other. Accounts are ordinary ones: the worker that
is alone does not have the engine work beside the database either.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from benchmarks import _size, _world

from ._figures import facts_of, figure
from ._workers import deliver, workers

ADS = 100
BLOCK, BLOCKS = 3, 4


def main() -> Iterable[dict[str, Any]]:
    accounts = _size.pick(quick=2, usual=12, full=24)
    person = _world.owner()
    sets = [[_account(person, f"{name} {n}") for n in range(accounts)] for name in ("One", "Two")]
    first = _world.START + timedelta(hours=1)
    taken = [0.0, 0.0]
    with workers(3) as (alone, *pair):
        crews = [[alone], pair]
        for crew, ids in zip(crews, sets, strict=True):
            deliver(crew, ids, first)
        for block in range(BLOCKS):
            until = first + timedelta(hours=(block + 1) * BLOCK)
            for place in (0, 1) if block % 2 else (1, 0):
                taken[place] += deliver(crews[place], sets[place], until)
    for ids in sets:
        rows = facts_of(ids, first, until, ads=ADS * accounts)
    one, two = taken
    yield figure("two_workers_rows_per_second", rows / two, rows / one, one / two, "rows/s")


def _account(person: Any, name: str) -> int:
    account = _world.account(person, name, top_ups=1)
    _world.fill(account, campaigns=1, groups=10, ads=ADS // 10, budget=200_00)
    return account.pk
