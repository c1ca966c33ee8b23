"""Runs an installer quietly: output goes to a log, a failure becomes one sentence."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bizcenter.launch import interrupts
from bizcenter.launch.places import BOOT, ROOT
from bizcenter.launch.say import Stop

_NETWORK = re.compile(
    r"ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Connection refused|timed out"
    r"|Name or service not known|name resolution|dns error|NewConnectionError|Max retries"
    r"|error sending request|[Cc]ould not connect|Network is unreachable|Failed to fetch"
    r"|No matching distribution|HTTP status|tunnel|certificate",
)


class Failed(Exception):
    """A tool ended with an error; `output` is what it said."""

    def __init__(self, title: str, output: str, log: Path) -> None:
        super().__init__(title)
        self.title, self.output, self.log = title, output, log

    def sentence(self) -> Stop:
        """The one thing to tell, with what to do about it."""
        if "No space left on device" in self.output or "ENOSPC" in self.output:
            return disk_full(ROOT)
        if _NETWORK.search(self.output):
            return Stop(
                f"{self.title} failed because a download did not work: check the network (proxy, "
                f"package index) and run the same command again; details are in {self.log}."
            )
        return Stop(f"{self.title} failed; {self.log} says why.")


def disk_full(where: Path) -> Stop:
    return Stop(f"The disk that holds {where} is full: free about 1 GB there, then run this again.")


def run_tool(title: str, argv: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """Run to the end in its own process group and return the output; raises Failed."""
    BOOT.mkdir(exist_ok=True)
    log = BOOT / (re.sub(r"\W+", "-", title.lower()) + ".log")
    with log.open("w+", errors="replace") as output:
        try:
            process = subprocess.Popen(
                argv,
                cwd=ROOT,
                env=dict(os.environ if env is None else env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        except OSError as error:
            raise Failed(title, f"{argv[0]}: {error}", log) from error
        status = wait_or_end(process)
        output.seek(0)
        said = output.read()
    if status:
        raise Failed(title, said, log)
    return said


def wait_or_end(process: subprocess.Popen[bytes]) -> int:
    """Its exit status; when somebody asks to stop meanwhile, its whole group is ended first."""
    try:
        while process.poll() is None:
            interrupts.pause(0.05)
    except interrupts.Interrupted:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        raise
    return process.returncode
