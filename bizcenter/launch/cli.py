"""What `manage.py` does with its arguments: the project's own commands, and all of Django's."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bizcenter.launch.say import Stop, line


def main(argv: Sequence[str]) -> int:
    """Run one command; every failure that is not a bug ends in one sentence and status 1."""
    if os.name != "posix":
        line("Understudy runs on Linux and macOS: on Windows, use WSL or Docker.")
        return 1
    from bizcenter.launch.commands import run

    try:
        return run(list(argv))
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
    except OSError as error:
        # What installers and servers say is translated where they run; this is the rest.
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(f"\n{sentence}", file=sys.stderr)
    return 1


def _sentence(error: OSError) -> str | None:
    from bizcenter.launch.tools import disk_full

    where = Path(os.fsdecode(error.filename)) if error.filename else Path.cwd()
    if error.errno == errno.ENOSPC:
        return str(disk_full(where))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return f"{where} cannot be written ({error.strerror}): run this as the user who owns it."
    return None
