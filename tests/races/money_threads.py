"""Two people at once: two threads, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Runs the works at the same moment; each gives its answer, or the exception it raised."""
    start = Barrier(len(works), timeout=20)

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


# With the lock in place the second thread cannot come, so the first does not wait for long.
LOCKED, UNLOCKED = 0.4, 20.0


class Meeting:
    """Holds a thread until the other is there too, or lets it go on after a while."""

    def __init__(self, seconds: float) -> None:
        self._barrier = Barrier(2)
        self._seconds = seconds

    def wait(self) -> None:
        with suppress(BrokenBarrierError):
            self._barrier.wait(self._seconds)
