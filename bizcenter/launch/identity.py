"""Who the private servers run as: ourselves, or an existing unprivileged user when we are root.

No user is made and no permission changed: PostgreSQL refuses to run as root, that is all.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bizcenter.launch.say import Stop

CANDIDATES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class User:
    uid: int
    gid: int

    def for_popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, check: Callable[[], bool]) -> bool:
        """Whether the check succeeds for this user, tried in a process that became them."""
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
                status = 0 if check() else 1
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    def own(self, made: Path | int) -> None:
        """Give them a folder, or an open file, that we have just made where only we can write."""
        os.chown(made, self.uid, self.gid)


def server_user(existing: Path | None = None) -> User | None:
    """None means ourselves. A folder that has an owner already keeps them."""
    if os.geteuid() != 0:
        return None
    if existing is not None and existing.exists() and existing.stat().st_uid != 0:
        owner = existing.stat()
        return User(owner.st_uid, owner.st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        user = User(entry.pw_uid, entry.pw_gid)
        if user.can(lambda: True):
            return user
    raise Stop(
        "PostgreSQL does not run as root and there is no other user to run it as: start this as an "
        "ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
    )


def version_of(program: Path, user: User | None) -> str | None:
    """What `--version` says when the user starts the program, or None when they cannot."""
    as_user = user.for_popen() if user else {}
    try:
        done = subprocess.run(
            [program, "--version"],
            cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
            capture_output=True,
            text=True,
            check=False,
            **as_user,
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
