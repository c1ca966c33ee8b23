"""The product as a stranger runs it: `manage.py up` in a folder of its own, on a free port."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 600


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Running:
    """A started stack: its address and what its first screen said."""

    url: str
    token: str
    output: str
    data: Path
    process: "subprocess.Popen[str]"

    def manage(self, *args: str) -> str:
        """A management command from a second terminal, against this stack's data folder."""
        done = subprocess.run(
            [sys.executable, "manage.py", *args, "--data", str(self.data)],
            cwd=ROOT,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self) -> int:
        """Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def _environment() -> dict[str, str]:
    """The tests' own servers and settings must not reach the product that they look at."""
    hidden = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def start(data: Path, *options: str) -> Running:
    """`manage.py up` has printed its address; raises AssertionError with its output if not."""
    port = free_port()
    log = data.parent / "up.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port), "--data", str(data), *options],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        text = log.read_text()
        if "runs at http" in text and (token := re.search(r"API token[^:]*: (\w+)", text)):
            return Running(f"http://localhost:{port}", token[1], text, data, process)
        if process.poll() is not None:
            break
        time.sleep(0.3)
    process.kill()
    raise AssertionError(f"`manage.py up` did not start:\n{log.read_text()}")


def chromium() -> str | None:
    """Debian's Chromium, or another that is installed."""
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
