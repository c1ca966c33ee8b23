"""Ctrl-C and SIGTERM: noted when they arrive, acted on where the work can be left cleanly."""

import signal
import time
from types import FrameType

from bizcenter.launch.say import tick


class Interrupted(BaseException):
    """Somebody asked to stop; raised only from `check`, never in the middle of a line."""


_asked = False


def _note(number: int, frame: FrameType | None) -> None:
    global _asked
    _asked = True


def install() -> None:
    """From now on signals that ask to stop are noted instead of ending the process at once."""
    global _asked
    _asked = False
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Under nohup a closed terminal means nothing, and stays so.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _note)


def check() -> None:
    if _asked:
        raise Interrupted


def pause(seconds: float) -> None:
    """Wait, and raise Interrupted as soon as somebody asks to stop."""
    until = time.monotonic() + seconds
    while True:
        check()
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(0.1, left))
        tick()
