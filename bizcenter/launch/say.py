"""What the person at the terminal reads: short progress lines, and one sentence at a stop."""

import sys
import time
from types import TracebackType
from typing import TextIO


class Stop(Exception):
    """The command cannot go on; the message is one sentence saying why and what to do."""


_on_stderr = False


def progress_on_stderr() -> None:
    """For commands whose output somebody may want to use: an API token, figures."""
    global _on_stderr
    _on_stderr = True


def _out() -> TextIO:
    return sys.stderr if _on_stderr else sys.stdout


def line(text: str = "") -> None:
    print(text, file=_out(), flush=True)


def note(text: str) -> None:
    """A line about the running stack, with the time of day."""
    line(f"{time.strftime('%H:%M:%S')}  {text}")


class Step:
    """`with Step("Installing Python packages"):` prints the line, and how long it took."""

    current: "Step | None" = None

    def __init__(self, title: str) -> None:
        self.title = title
        self.started = time.monotonic()
        self.on_terminal = _out().isatty()
        self.shown = -1

    def tick(self) -> None:
        """Show that time passes, where the line can be written again."""
        seconds = int(time.monotonic() - self.started)
        if self.on_terminal and seconds != self.shown:
            self.shown = seconds
            print(f"\r  {self.title} ... {seconds or ''}", end="", file=_out(), flush=True)

    def __enter__(self) -> "Step":
        Step.current = self
        self.tick()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        Step.current = None
        start = "\r" if self.on_terminal else ""
        if error is None:
            seconds = time.monotonic() - self.started
            line(f"{start}  {self.title} ({seconds:.1f} s)    ")
        elif self.on_terminal:
            line()


def tick() -> None:
    if Step.current is not None:
        Step.current.tick()
