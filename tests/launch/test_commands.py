"""Which command gets which environment, and what `bench` prints."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from bizcenter.launch import commands
from bizcenter.management.commands import bench

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], Mapping[str, str]]]:
    """What the process would have gone on as."""
    calls: list[tuple[list[str], Mapping[str, str]]] = []

    def become(argv: list[str], env: Mapping[str, str]) -> int:
        calls.append((argv, env))
        return 0

    monkeypatch.setattr(commands, "_become", become)
    monkeypatch.setattr(commands, "ensure_packages", lambda: None)
    monkeypatch.setattr(commands, "progress_on_stderr", lambda: None)
    return calls


def test_with_servers_of_ones_own_nothing_is_started(
    became: list[tuple[list[str], Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in commands.NEEDED:
        monkeypatch.setenv(name, f"my own {name}")

    assert commands.run(["migrate", "--data", "elsewhere", "--check"]) == 0

    [(argv, env)] = became
    assert argv == ["migrate", "--check"]
    assert env["DATABASE_URL"] == "my own DATABASE_URL"


def test_commands_without_a_database_start_no_servers(
    became: list[tuple[list[str], Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")

    assert commands.run(["collectstatic", "--no-input"]) == 0

    assert became[0][1]["DATABASE_URL"] == commands.UNUSED["DATABASE_URL"]


def test_the_data_folder_is_taken_from_anywhere_in_the_line() -> None:
    assert commands._without_data(["--data=a", "shell"]) == ("a", ["shell"])
    assert commands._without_data(["api_token", "m@x.example", "--data", "b"]) == (
        "b", ["api_token", "m@x.example"]
    )  # fmt: skip


def test_results_can_be_used_by_a_script() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "version"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0
    assert done.stdout.strip().startswith("5.2")


def figures() -> Iterator[dict[str, Any]]:
    yield {"name": "rows", "value": 50.0, "baseline": 200.0, "unit": "rows/s"}


def test_a_figure_is_one_json_line_with_its_ratio(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "available", lambda: ["delivery"])
    monkeypatch.setattr(
        bench.importlib, "import_module", lambda name: SimpleNamespace(main=figures)
    )
    monkeypatch.setattr(bench, "scratch_database", nullcontext)

    call_command("bench")

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "name": "rows", "value": 50.0, "baseline": 200.0, "ratio": 0.25, "unit": "rows/s"
    }  # fmt: skip


def test_an_unknown_benchmark_is_named_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"no benchmark speed; there are: delivery, pages\."):
        bench.chosen("speed", ["delivery", "pages"])


def test_these_tests_run_with_the_settings_of_tests() -> None:
    assert settings.SETTINGS_MODULE == "tests.settings"
