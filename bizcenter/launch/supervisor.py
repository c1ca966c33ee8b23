"""Keeps the processes of the stack running, and stops them in order.

A process that dies is started again and this is said; one that keeps dying is given more and more
time in between, up to half a minute.
"""

import contextlib
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bizcenter.launch import interrupts
from bizcenter.launch.children import Child
from bizcenter.launch.say import Stop, note
from bizcenter.launch.servers import Server
from bizcenter.launch.tools import disk_full

LONGEST_DELAY = 30.0
STEADY_SECONDS = 60.0


@dataclass
class Watched:
    """One child and how often it has died lately."""

    child: Child
    start: Callable[[], None]
    is_server: bool = False
    delay: float = 0.0
    started_at: float = 0.0
    start_at: float | None = None


class Supervisor:
    """Watches servers (started already) and the product's own processes (started by it)."""

    def __init__(self, servers: Sequence[Server], children: Sequence[Child]) -> None:
        now = time.monotonic()
        self.watched = [
            Watched(server.child, server.start, is_server=True, started_at=now)
            for server in servers
        ] + [Watched(child, child.start) for child in children]

    def start_children(self) -> None:
        for one in self.watched:
            if not one.is_server:
                one.child.start()
                one.started_at = time.monotonic()

    def run_for_ever(self) -> None:
        """Returns only by interrupts.Interrupted."""
        while True:
            self.look_after()
            interrupts.pause(0.25)

    def look_after(self) -> None:
        """One round: notice who died, start again whose time has come."""
        for one in self.watched:
            if one.start_at is None:
                status = one.child.exit_status()
                if status is not None:
                    self._plan_restart(one, status)
            if one.start_at is not None and time.monotonic() >= one.start_at:
                self._restart(one)

    def _plan_restart(self, one: Watched, status: int) -> None:
        one.child.sweep()
        now = time.monotonic()
        if now - one.started_at > STEADY_SECONDS:
            one.delay = 0.0
        one.start_at = now + one.delay
        when = f"in {one.delay:.0f} s" if one.delay else "now"
        note(f"{one.child.name} stopped ({_reason(one.child, status)}); starting it again {when}")
        one.delay = min(LONGEST_DELAY, one.delay * 2 or 1.0)

    def _restart(self, one: Watched) -> None:
        one.start_at = None
        one.started_at = time.monotonic()
        try:
            one.start()
        except (Stop, OSError) as error:
            note(str(error))
            one.start_at = time.monotonic() + LONGEST_DELAY
            return
        note(f"{one.child.name} runs again")

    def stop(self) -> None:
        """Web, worker and beat first, then the servers they use; nothing is left behind."""
        children = [one.child for one in self.watched if not one.is_server]
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_stopped(20)


def _reason(child: Child, status: int) -> str:
    if status < 0:
        with contextlib.suppress(ValueError):
            return f"killed by {signal.Signals(-status).name}"
    said = child.last_words()
    if "No space left on device" in said:
        return str(disk_full(child.data.path)).rstrip(".")
    return f"exit status {status}; {child.log} says why"
