"""Delivery workers that are killed at random, as a script: python -m tests.races.killed_workers.

Workers are forked from one warm process and share all accounts. Each kills itself at some statement
of its own, before or after the database has answered; beside that the parent kills one now and
then, wherever it is: in the engine, while copying, in the middle of a commit. A new one takes the
place of each, until every account is delivered. Prints how many were killed.
"""

import os
import signal
import sys
import time
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

WORKERS = 2
ENOUGH_SECONDS = 240
HOURS_AT_RISK = 100  # of each account
HOUR = timedelta(hours=1)


class Doom:
    """Around every statement of a worker: counts down to the one at which it dies."""

    def __init__(self, dice: Random) -> None:
        self.left = dice.randrange(20, 500)
        self.is_answered = dice.random() < 0.5

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.left -= 1
        if self.left == 0 and not self.is_answered:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = execute(*statement)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def work(dice: Random, ids: list[int], until: datetime) -> None:
    """Hour after hour of whichever accounts; now and then an hour that is done already."""
    from django.db import connection

    from campaigns.models import DeliveryCursor
    from campaigns.queries.shards import accounts_behind
    from campaigns.services import deliver_hour

    with connection.execute_wrapper(Doom(dice)):
        while behind := [each for each in accounts_behind(until=until) if each in ids]:
            chosen = dice.sample(behind, dice.randint(1, len(behind)))
            slot = DeliveryCursor.objects.values_list("next_slot", flat=True).get(pk=chosen[0])
            for _ in range(dice.randint(1, 6)):
                if slot + HOUR <= until:
                    deliver_hour(ad_account_ids=chosen, slot=slot)
                slot += dice.choice((HOUR, HOUR, HOUR, timedelta(0)))
    connection.close()


def spawn(seed: int, number: int, ids: list[int], until: datetime) -> int:
    """A new worker's process id."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work(Random(seed * 1000 + number), ids, until)
        except BaseException as error:
            print(f"worker {number}: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return child


def main(database: str, until: datetime, seed: int, ids: list[int]) -> int:
    """How many workers were killed before everything was delivered; SystemExit when one failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connections

    from campaigns.services import deliver_until

    connections["default"].settings_dict["NAME"] = database
    for each in ids:  # the first hours of each, so that everything is loaded before the first fork
        deliver_until(ad_account_id=each, until=until - HOURS_AT_RISK * HOUR)
    connections.close_all()
    dice, started, killed = Random(seed), 0, 0
    alive: list[int] = []
    give_up = time.monotonic() + ENOUGH_SECONDS
    is_done, next_kill = False, time.monotonic() + 1.0
    while alive or not is_done:
        while len(alive) < WORKERS and not is_done:
            alive.append(spawn(seed, started, ids, until))
            started += 1
        time.sleep(0.01)
        if time.monotonic() > next_kill and not is_done:
            os.kill(dice.choice(alive), signal.SIGKILL)
            next_kill = time.monotonic() + dice.uniform(0.5, 2.5)
        for process in list(alive):
            found, status = os.waitpid(process, os.WNOHANG)
            if not found:
                continue
            alive.remove(process)
            killed += os.WIFSIGNALED(status)
            if not os.WIFSIGNALED(status):
                is_done = True
                if os.WEXITSTATUS(status):
                    raise SystemExit("a worker failed")
        if time.monotonic() > give_up:
            for process in alive:
                os.kill(process, signal.SIGKILL)
            raise SystemExit("not delivered in time")
    return killed


if __name__ == "__main__":
    _, name, end, number, *accounts = sys.argv
    print(main(name, datetime.fromisoformat(end), int(number), [int(each) for each in accounts]))
