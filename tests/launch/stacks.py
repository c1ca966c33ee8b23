"""A stack started from a shell, as the tests of `manage.py up` look at it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bizcenter.launch.homes import free_port
from bizcenter.launch.places import DataFolder

ROOT = Path(__file__).resolve().parents[2]
STARTING = "Starting the web server and the background workers"
NAMES = {"postgres", "valkey", "web", "worker", "beat"}
# The tests' own servers must not reach the product that is started here.
HIDDEN = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "DJANGO_SETTINGS_MODULE", "DATA_DIR"}
ENV = {name: value for name, value in os.environ.items() if name not in HIDDEN}


@dataclass
class Up:
    process: "subprocess.Popen[str]"
    data: DataFolder
    port: int

    @property
    def log(self) -> Path:
        return self.data.path.parent / "up.log"

    def pids(self) -> dict[str, int]:
        return {
            path.stem: json.loads(path.read_text())["pid"]
            for path in self.data.records.glob("*.json")
        }

    def steps(self) -> list[str]:
        """What it had to do before it could say its address."""
        return re.findall(r"^  (.+) \(\d+\.\d s\)", self.log.read_text(), re.M)

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "manage.py", *arguments, "--data", str(self.data.path)]
        return subprocess.run(command, cwd=ROOT, env=ENV, capture_output=True, text=True)

    def wait_for_address(self) -> None:
        until(lambda: f"runs at http://localhost:{self.port}/" in self.log.read_text(), 120, self)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def start(data: DataFolder) -> Up:
    """Begin to start a stack without demo data, which other stories look at."""
    port = free_port(None)
    command = [sys.executable, "manage.py", "up", "--no-demo", "--port", str(port)]
    with (data.path.parent / "up.log").open("w") as out:
        process = subprocess.Popen(
            [*command, "--data", str(data.path)],
            cwd=ROOT,
            env=ENV,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Up(process, data, port)


def until(true: Callable[[], object], seconds: float, up: Up) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert up.process.poll() is None, up.log.read_text()
        assert time.monotonic() < end, up.log.read_text()
        time.sleep(0.05)
