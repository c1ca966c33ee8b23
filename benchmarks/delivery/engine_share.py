"""How much of an hour's time from claim to commit the engine takes, by the processor's clock.

In an ordinary account the engine and the database take turns; in a very large one the engine works
beside the database, and its seconds count all the same.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter, thread_time
from typing import Any

from benchmarks import _size, _world
from campaigns.delivery import ahead
from campaigns.services import deliver_until

from ._figures import facts_of, figure

HOURS = 12
GROUPS, ADS = 10, 10


def main() -> Iterable[dict[str, Any]]:
    person = _world.owner()
    for campaigns in _size.pick(quick=(1,), usual=(1, 9, 100)):
        ads = campaigns * GROUPS * ADS
        account = _world.account(person, f"Bench {ads}", top_ups=max(1, campaigns // 5))
        _world.fill(account, campaigns=campaigns, groups=GROUPS, ads=ADS, budget=200_00)
        first = _world.START + timedelta(hours=1)
        end = first + timedelta(hours=HOURS)
        deliver_until(ad_account_id=account.pk, until=first)
        with engine_seconds() as parts:
            began = perf_counter()
            deliver_until(ad_account_id=account.pk, until=end)
            taken = perf_counter() - began
        facts_of([account.pk], first, end, ads=ads)
        engine = sum(parts[:HOURS])  # a large account's next hour has been begun, too
        name = f"engine_share_of_{ads}_ads"
        yield figure(name, engine * 1000 / HOURS, taken * 1000 / HOURS, engine / taken, "ms")


@contextmanager
def engine_seconds() -> Iterator[list[float]]:
    """Processor seconds of each call of the engine while this lasts, in whatever thread."""
    simulate, parts = ahead.simulate, []

    def timed(*args: Any, **options: Any) -> Any:
        began = thread_time()
        outcome = simulate(*args, **options)
        parts.append(thread_time() - began)
        return outcome

    ahead.simulate = timed
    try:
        yield parts
    finally:
        ahead.simulate = simulate
