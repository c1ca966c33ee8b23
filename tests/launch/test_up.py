"""`manage.py up` from a shell: started, used from a second terminal, hurt, stopped, started."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from bizcenter.launch.children import start_mark
from bizcenter.launch.homes import free_port
from bizcenter.launch.places import DataFolder
from tests.launch.stacks import ENV, NAMES, ROOT, STARTING, Up, start, until

pytestmark = pytest.mark.stack


@pytest.fixture
def launch(data: DataFolder) -> Iterator[Callable[[], Up]]:
    """Starts stacks, all on one data folder; whatever happens, none outlives the test."""
    started: list[Up] = []

    def launched() -> Up:
        started.append(start(data))
        started[-1].wait_for_address()
        return started[-1]

    yield launched
    for up in started:
        up.stop()


def test_the_life_of_a_stack(launch: Callable[[], Up]) -> None:
    running = launch()
    first = running.pids()
    assert set(first) == NAMES
    with urllib.request.urlopen(f"http://localhost:{running.port}/healthz") as answer:
        assert answer.status == 200

    # A second terminal reaches the running database, and cannot start the stack once more.
    shown = running.manage("shell", "-v0", "-c", "from django.db import connection as c; print(c)")
    assert shown.returncode == 0, shown.stderr
    again = running.manage("up", "--port", str(free_port(None)))
    assert again.returncode == 1
    assert "already runs on the data folder" in again.stderr

    # A killed process is started again, and this is said.
    os.kill(first["beat"], signal.SIGKILL)
    until(lambda: "beat runs again" in running.log.read_text(), 30, running)
    assert running.pids()["beat"] != first["beat"]

    # What a killed supervisor leaves does not hinder the next start, and that is quick.
    left = running.pids().values()
    running.process.kill()
    running.process.wait()
    second = launch()
    assert second.steps() == ["Starting PostgreSQL and Valkey", STARTING]
    assert [start_mark(pid) for pid in left] == [None] * len(NAMES)

    # Ctrl-C ends everything.
    last = second.pids().values()
    assert second.stop() == 0
    assert [start_mark(pid) for pid in last] == [None] * len(NAMES)
    assert second.pids() == {}


def test_a_taken_port_is_one_sentence(data: DataFolder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        up = [sys.executable, "manage.py", "up", "--port", str(port), "--data", str(data.path)]
        done = subprocess.run(up, cwd=ROOT, env=ENV, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {port} is in use: stop the program that has it, or choose another one, "
        f"for example --port {port + 1}."
    )


def test_without_a_stack_a_command_brings_its_own_servers(data: DataFolder) -> None:
    ask = [sys.executable, "manage.py", "migrate", "--check", "--data", str(data.path)]

    done = subprocess.run(ask, cwd=ROOT, env=ENV, capture_output=True, text=True)

    assert done.returncode == 1, "Nothing was migrated in this folder yet."
    assert "Traceback" not in done.stderr
    assert list(data.records.iterdir()) == []
