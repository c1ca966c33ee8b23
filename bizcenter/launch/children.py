"""A process that we start, watch and stop: in its own group, logged, and recorded on disk.

On Linux a child is told to stop when we vanish. Where that is not to be had, or fails, the record
(process number and start mark) lets the next start find and stop it, and nothing else.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bizcenter.launch.identity import User
from bizcenter.launch.places import DataFolder, write_private

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _ends_with_us(number: int) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask for a signal when we are gone."""
    if _libc is None:
        return None
    parent, libc = os.getpid(), _libc

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)

    return ask


def start_mark(pid: int) -> str | None:
    """Tells this process from a later one with the same number; None when there is none."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.parent.joinpath("self").exists():
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return None if fields[0] == "Z" else f"{boot}/{fields[19]}"
    shown = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() or None


@dataclass
class Child:
    """One process of the stack; `start` and `stop` may be called again and again."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    data: DataFolder
    cwd: Path
    user: User | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        return self.data.logs / f"{self.name}.log"

    @property
    def record(self) -> Path:
        return self.data.records / f"{self.name}.json"

    def start(self) -> None:
        as_user: dict[str, Any] = self.user.for_popen() if self.user else {}
        if self.log.exists() and self.log.stat().st_size > 10_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.argv,
                env=dict(self.env),
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=_ends_with_us(self.stop_signal),
                **as_user,
            )
        pid = self.process.pid
        entry = {"pid": pid, "mark": start_mark(pid), "signal": int(self.stop_signal)}
        write_private(self.record, json.dumps(entry))

    def exit_status(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self.process.poll() if self.process else 0

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self, seconds: float) -> None:
        """It and all of its group are gone, by force when the time is up."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.sweep()
        self.record.unlink(missing_ok=True)

    def sweep(self) -> None:
        """End what a dead leader left in its group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self) -> str:
        """The last line of its log, for the message that it died."""
        try:
            lines = self.log.read_bytes()[-4000:].decode(errors="replace").splitlines()
        except FileNotFoundError:
            return ""
        return next((text.strip() for text in reversed(lines) if text.strip()), "")


def stop_leftovers(data: DataFolder) -> list[str]:
    """Processes that a killed supervisor left running are stopped; returns their names."""
    order = {"web": 0, "worker": 1, "beat": 2}
    stopped = []
    for record in sorted(data.records.glob("*.json"), key=lambda one: order.get(one.stem, 9)):
        try:
            entry = json.loads(record.read_text())
        except ValueError:
            entry = {"pid": 0, "mark": None, "signal": 15}
        if _stop_recorded(entry):
            stopped.append(record.stem)
        record.unlink(missing_ok=True)
    return stopped


def _stop_recorded(entry: dict[str, Any], patience: float = 10.0) -> bool:
    pid, mark = entry["pid"], entry["mark"]
    if not mark or start_mark(pid) != mark:
        return False
    os.kill(pid, entry["signal"])
    until = time.monotonic() + patience
    while start_mark(pid) == mark:
        if time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            until += patience
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return True


def wait_for(ready: Callable[[], bool], seconds: float, pause: Callable[[float], None]) -> bool:
    """Whether it became true in time; `pause` may raise to give up early."""
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        pause(0.05)
    return True
