"""A jump whose workers are killed at random, as a script: python -m tests.races.killed_jump.

Each worker is forked from one warm process and kills itself at some statement of its own, before or
after the database has answered. The next goes on with the jump until it has ended. Prints how many
were killed.
"""

import os
import sys
from random import Random

import django

from tests.races.killed_workers import Doom

MOST = 200


def work(dice: Random, jump_id: int) -> None:
    from django.db import connection

    from bizcenter.practice.services import run_jump

    with connection.execute_wrapper(Doom(dice)):
        run_jump(jump_id=jump_id)
    connection.close()


def main(database: str, jump_id: int, seed: int) -> int:
    """How many workers were killed; SystemExit when one failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connections

    connections["default"].settings_dict["NAME"] = database
    for number in range(MOST):
        child = os.fork()
        if child == 0:
            try:
                work(Random(seed * 1000 + number), jump_id)
            except BaseException as error:
                print(f"worker {number}: {error!r}", file=sys.stderr, flush=True)
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            if os.WEXITSTATUS(status):
                raise SystemExit("a worker failed")
            return number
    raise SystemExit("the jump has not ended")


if __name__ == "__main__":
    _, name, jump, number = sys.argv
    print(main(name, int(jump), int(number)))
