"""Two people at once: two threads, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Runs the works at the same moment; each gives its answer, or the exception it raised."""
    start = Barrier(len(works), timeout=10)

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


class Meeting:
    """Holds each of two threads at a point until the other is there too; if a lock keeps the other
    away, goes on alone after a short while."""

    def __init__(self, seconds: float = 0.4) -> None:
        self._barrier = Barrier(2)
        self._seconds = seconds

    def wait(self) -> None:
        from threading import BrokenBarrierError

        try:
            self._barrier.wait(self._seconds)
        except BrokenBarrierError:
            return
