"""Processes are kept running, stopped with all their children, and found again after a crash."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bizcenter.launch import children
from bizcenter.launch.children import Child, start_mark, stop_leftovers
from bizcenter.launch.places import DataFolder
from bizcenter.launch.supervisor import Supervisor

pytestmark = [pytest.mark.stack, pytest.mark.filterwarnings("ignore:This process")]

Make = Callable[..., Child]


@pytest.fixture
def make(data: DataFolder) -> Make:
    def child(script: str, name: str = "web") -> Child:
        return Child(
            name=name, argv=["/bin/sh", "-c", script], env=os.environ, data=data, cwd=data.path
        )

    return child


def until(true: Callable[[], object], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    return start_mark(pid) is None


def test_a_dead_process_is_started_again_and_this_is_said(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    child = make("echo I cannot go on; exit 3")
    supervisor = Supervisor([], [child])
    supervisor.start_children()

    until(lambda: child.exit_status() == 3)
    supervisor.look_after()
    until(lambda: child.log.read_text().count("I cannot go on") == 2)
    until(lambda: child.exit_status() == 3)
    supervisor.look_after()

    said = capsys.readouterr().out
    assert f"web stopped (exit status 3; {child.log} says why); starting it again now" in said
    assert "web runs again" in said
    assert "starting it again in 1 s" in said
    supervisor.stop()


def test_a_process_that_dies_of_a_full_disk_says_so(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    child = make("echo write failed: No space left on device; exit 1")
    supervisor = Supervisor([], [child])
    supervisor.start_children()
    until(lambda: child.exit_status() is not None)

    supervisor.look_after()

    assert "is full: free about 1 GB there" in capsys.readouterr().out
    supervisor.stop()


def test_stopping_ends_the_whole_group(make: Make, data: DataFolder) -> None:
    child = make("sleep 60 & echo $! > grandchild; wait")
    supervisor = Supervisor([], [child])
    supervisor.start_children()
    note = data.path / "grandchild"
    until(lambda: note.exists() and note.read_text().strip())

    supervisor.stop()

    until(lambda: is_gone(int(note.read_text())))
    assert not child.record.exists()


def test_one_that_does_not_listen_is_ended_by_force(make: Make) -> None:
    child = make("trap '' TERM; echo deaf; while :; do sleep 0.1; done")
    child.start()
    until(lambda: "deaf" in child.log.read_text())

    child.ask_to_stop()
    child.wait_stopped(0.2)

    assert child.exit_status() == -9


def test_children_end_when_the_supervisor_is_killed(data: DataFolder) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from bizcenter.launch.children import Child\n"
        "from bizcenter.launch.places import DataFolder\n"
        f"data = DataFolder(Path({str(data.path)!r}))\n"
        "Child('web', ['/bin/sleep', '60'], os.environ, data, data.path).start()\n"
        "os.kill(os.getpid(), 9)\n"
    )

    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    pid = json.loads((data.records / "web.json").read_text())["pid"]

    stop_leftovers(data)
    until(lambda: is_gone(pid))
    assert list(data.records.iterdir()) == []


def test_what_a_crash_left_running_is_stopped_by_the_next_start(
    make: Make, data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_libc", None)
    leftover = make("sleep 60", name="worker")
    leftover.start()
    assert leftover.process is not None

    # Nobody waits for the child while it is being stopped, as after a real crash.
    leftover_pid = leftover.process.pid
    assert stop_leftovers(data) == ["worker"]

    leftover.process.wait()
    assert is_gone(leftover_pid)
    assert stop_leftovers(data) == []


def test_a_stranger_with_a_recycled_process_number_is_left_alone(data: DataFolder) -> None:
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    entry = {"pid": stranger.pid, "mark": "an earlier process", "signal": 15}
    (data.records / "web.json").write_text(json.dumps(entry))

    assert stop_leftovers(data) == []

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
