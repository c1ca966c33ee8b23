"""The commands of `manage.py`: ours by name, everything else is Django's."""

import argparse
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from bizcenter.launch import interrupts
from bizcenter.launch.frontend import ensure_bundle
from bizcenter.launch.places import PYTHON, ROOT, VENV, data_folder
from bizcenter.launch.python_env import ensure_packages
from bizcenter.launch.say import line, progress_on_stderr
from bizcenter.launch.stack import check_platform, environment_for_command, temporary_stack
from bizcenter.launch.up import up

# Django commands that touch no database: they get settings that load, but no servers.
OFFLINE = frozenset(
    {
        *("help", "version", "--help", "--version", "-h", "check", "collectstatic", "findstatic"),
        *("compilemessages", "makemessages", "diffsettings", "startapp"),
        "calibrate",
    }
)
NEEDED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
UNUSED = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "for commands that keep no secret",
}
HELP = """Understudy's own commands:
  up         build what is missing and run everything (--port, --data, --no-demo)
  test       run the test suite on servers of its own; arguments go to pytest
  bench      run the benchmarks; one JSON line a figure
  lint       ruff, the formatter's check, mypy
  bootstrap  only build the environment (--dev) and the front end (--no-frontend)
"""


def run(argv: list[str]) -> int:
    """Run one command line and return its exit status."""
    own: dict[str, Callable[[Sequence[str]], int]] = {
        "up": up,
        "test": test,
        "bench": bench,
        "lint": lint,
        "bootstrap": bootstrap,
    }
    if argv and argv[0] in own:
        return own[argv[0]](argv[1:])
    if not argv or argv == ["help"]:
        line(HELP)
    return django(argv)


def bootstrap(argv: Sequence[str]) -> int:
    """Everything that needs the network is built; nothing is started."""
    parser = argparse.ArgumentParser(prog="manage.py bootstrap", description=bootstrap.__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--no-frontend", action="store_true", help="leave out the front end")
    options = parser.parse_args(argv)
    check_platform(os.environ)
    interrupts.install()
    try:
        ensure_packages(development=options.dev)
        if not options.no_frontend:
            ensure_bundle()
    except interrupts.Interrupted:
        return 130
    return 0


def test(argv: Sequence[str]) -> int:
    """pytest's exit status, after a run on a private PostgreSQL and Valkey."""
    if status := bootstrap(["--dev"]):
        return status
    try:
        with temporary_stack(durable=False) as env:
            # The variable would win over the settings that pytest is configured with.
            env["DJANGO_SETTINGS_MODULE"] = "tests.settings"
            return _foreground([str(PYTHON), "-m", "pytest", *argv], env)
    except interrupts.Interrupted:
        return 130


def bench(argv: Sequence[str]) -> int:
    """The benchmarks, on private servers that keep what they are told, as in production."""
    progress_on_stderr()
    if status := bootstrap([]):
        return status
    try:
        with temporary_stack(durable=True) as env:
            return _foreground([str(PYTHON), "-m", "django", "bench", *argv], env)
    except interrupts.Interrupted:
        return 130


def lint(argv: Sequence[str]) -> int:
    """ruff, its formatter's check and mypy; the first failure's exit status."""
    if status := bootstrap(["--dev", "--no-frontend"]):
        return status
    checks = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "."])
    env = {**UNUSED, **os.environ}
    for check in checks:
        if status := subprocess.run([PYTHON, "-m", *check], cwd=ROOT, env=env).returncode:
            return status
    return 0


def django(argv: Sequence[str]) -> int:
    """A Django command in the project's environment, on the running or a temporary stack."""
    progress_on_stderr()
    chosen, rest = _without_data(argv)
    ensure_packages()
    if all(os.environ.get(name) for name in NEEDED):
        return _become(rest, os.environ)
    if not rest or rest[0] in OFFLINE or "--help" in rest:
        return _become(rest, {**UNUSED, **os.environ})
    check_platform(os.environ)
    interrupts.install()
    try:
        with environment_for_command(data_folder(chosen)) as env:
            return _foreground([str(PYTHON), "-m", "django", *rest], env)
    except interrupts.Interrupted:
        return 130


def _without_data(argv: Sequence[str]) -> tuple[str | None, list[str]]:
    """--data FOLDER is ours; Django's parser never sees it."""
    chosen: str | None = None
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--data":
            chosen = next(words, None)
        elif word.startswith("--data="):
            chosen = word.removeprefix("--data=")
        else:
            rest.append(word)
    return chosen, rest


def _settings(env: Mapping[str, str]) -> dict[str, str]:
    """`python -m django` names neither settings nor the checkout by itself."""
    path = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    return {"DJANGO_SETTINGS_MODULE": "bizcenter.settings", **env, "PYTHONPATH": path}


def _become(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """This very process goes on as Django, in the project's environment."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        arguments = [str(PYTHON), "-m", "django", *argv]
        os.execve(PYTHON, arguments, _settings(env))
    os.environ.update(_settings(env))
    sys.argv = ["manage.py", *argv]
    runpy.run_module("django", run_name="__main__")
    return 0


def _foreground(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Run where the terminal's keys reach it; it hears Ctrl-C itself and ends on its own."""
    process = subprocess.Popen(argv, env=_settings(env), cwd=ROOT)
    try:
        while process.poll() is None:
            interrupts.pause(0.1)
    except interrupts.Interrupted:
        for number, seconds in ((None, 5), (signal.SIGTERM, 10), (signal.SIGKILL, 10)):
            if number is not None:
                process.send_signal(number)
            try:
                process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        raise
    return process.returncode
