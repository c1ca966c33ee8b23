"""Worker processes that deliver beside each other, seen from the process that measures."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection


class Worker:
    """One process, ready and waiting. `resting` is the memory in bytes it has held until then."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "benchmarks.delivery._worker",
                connection.settings_dict["NAME"],
            ],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self.resting = self.answer()["peak"]

    def ask(self, account_ids: list[int], until: datetime) -> None:
        """It begins to deliver these accounts, one after the other."""
        assert self._process.stdin is not None
        line = json.dumps({"accounts": account_ids, "until": until.isoformat()})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What it says once it is done."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the worker has stopped"
        return json.loads(line)

    def stop(self) -> None:
        """It ends with its input."""
        self._process.communicate(timeout=60)


@contextmanager
def workers(number: int) -> Iterator[list[Worker]]:
    with ExitStack() as stack:
        made = []
        for _ in range(number):
            made.append(Worker())
            stack.callback(made[-1].stop)
        yield made


def deliver(crew: list[Worker], account_ids: list[int], until: datetime) -> float:
    """Seconds until the last of them is done; the accounts are dealt out evenly."""
    began = perf_counter()
    for place, worker in enumerate(crew):
        worker.ask(account_ids[place :: len(crew)], until)
    for worker in crew:
        worker.answer()
    return perf_counter() - began
