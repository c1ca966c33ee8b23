"""A worker process of its own: told by lines on its input which accounts to deliver until when, in
the batches in which shards deliver them.

Run as `python -m benchmarks.delivery._worker DATABASE`; answers each line with one of its own.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter

import django


def peak() -> int:
    """The most memory this program has held so far, in bytes.

    Not getrusage's: that begins with what the process that started this one held.
    """
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def main(database: str) -> None:
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from campaigns.delivery import compiled
    from campaigns.queries.shards import batches_to_try
    from campaigns.services import deliver_or_note

    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    compiled.compile_all()  # as workers do before their first hour
    say({"peak": peak()})
    for line in sys.stdin:
        asked = json.loads(line)
        until = datetime.fromisoformat(asked["until"])
        own, hours, began = set(asked["accounts"]), 0, perf_counter()
        for batch in batches_to_try(until=until, real=timezone.now()):
            if mine := [key for key in batch if key in own]:
                hours += deliver_or_note(ad_account_ids=mine, until=until)
        say({"seconds": perf_counter() - began, "hours": hours, "peak": peak()})


def say(answer: dict[str, float]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
