"""`manage.py up`: builds what is missing, prepares the database, runs the stack until stopped."""

import argparse
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence

from bizcenter.launch import interrupts
from bizcenter.launch.children import Child, stop_leftovers, wait_for
from bizcenter.launch.frontend import ensure_bundle
from bizcenter.launch.homes import is_free
from bizcenter.launch.places import PYTHON, ROOT, DataFolder, data_folder
from bizcenter.launch.processes import COMMANDS, command
from bizcenter.launch.python_env import ensure_packages
from bizcenter.launch.say import Step, Stop, line, note
from bizcenter.launch.stack import InUse, Stack, check_platform, locked
from bizcenter.launch.supervisor import Supervisor
from bizcenter.launch.tools import wait_or_end

READY_SECONDS = 90


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py up", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="where the pages are (8000)")
    parser.add_argument("--data", metavar="FOLDER", help="where everything is kept (var/)")
    parser.add_argument("--no-demo", action="store_true", help="begin empty, without demo data")
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: give a number up to 65535")
    if int(text) < 1024 and os.geteuid() != 0:
        raise argparse.ArgumentTypeError(f"only root may use port {text}: give one above 1023")
    return int(text)


def up(argv: Sequence[str]) -> int:
    """The stack ran until somebody stopped it; every failure to start is one sentence."""
    options = arguments(argv)
    interrupts.install()
    check_platform(os.environ)
    data = data_folder(options.data)
    data.make()
    try:
        with locked(data, "up"):
            stop_leftovers(data)
            if not is_free(options.port):
                raise Stop(
                    f"Port {options.port} is in use: stop the program that has it, or choose "
                    f"another one, for example --port {options.port + 1}."
                )
            return _run(options, data)
    except InUse as error:
        raise Stop(_in_use(error, data)) from error
    except interrupts.Interrupted:
        line("\nStopped.")
        return 130


def _in_use(error: InUse, data: DataFolder) -> str:
    if error.holder == "up":
        return (
            f"Understudy already runs on the data folder {data.path}: stop it first, "
            "or give another folder with --data and another --port."
        )
    return f"Another command is using the data folder {data.path}: wait until it has ended."


def _run(options: argparse.Namespace, data: DataFolder) -> int:
    ensure_packages()
    ensure_bundle()
    stack = Stack(data, os.environ)
    supervisor = None
    try:
        if stack.servers:
            with Step("Starting " + " and ".join(server.title for server in stack.servers)):
                stack.start()
        env = _child_environment(stack, options.port)
        card = prepare(env, demo=not options.no_demo)
        supervisor = Supervisor(stack.servers, _children(data, env))
        with Step("Starting the web server and the background workers"):
            supervisor.start_children()
            _wait_for_page(options.port, supervisor)
        stack.publish(env)
        _greet(options.port, data, card)
        supervisor.run_for_ever()
    except interrupts.Interrupted:
        if supervisor is None:
            raise
        note("Stopping ...")
    finally:
        stack.withdraw()
        if supervisor is not None:
            supervisor.stop()
        stack.stop()
    note("Stopped.")
    return 0


def _child_environment(stack: Stack, port: int) -> dict[str, str]:
    env = stack.environment()
    given = env.get("GUNICORN_CMD_ARGS", "")
    env["GUNICORN_CMD_ARGS"] = f"{given} --bind 127.0.0.1:{port}".strip()
    env.setdefault("SITE_URL", f"http://localhost:{port}")
    env["PYTHONUNBUFFERED"] = "1"
    return env


def prepare(env: Mapping[str, str], *, demo: bool) -> str:
    """The database fits the code and the static files are collected; returns the demo card."""
    reading, writing = os.pipe()
    argv = [str(PYTHON), "-m", "django", "prepare", "--card", str(writing)]
    process = subprocess.Popen(
        argv if demo else [*argv, "--no-demo"],
        env={**env, "DJANGO_SETTINGS_MODULE": "bizcenter.settings"},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        pass_fds=(writing,),
        process_group=0,
    )
    os.close(writing)
    with open(reading) as card:
        if wait_or_end(process):
            raise Stop(
                "The database could not be prepared; the lines above say why "
                "(run the same command again once that is repaired)."
            )
        return card.read()


def _children(data: DataFolder, env: Mapping[str, str]) -> list[Child]:
    return [
        Child(name=name, argv=command(name, str(PYTHON)), env=env, data=data, cwd=ROOT)
        for name in COMMANDS
    ]


def _wait_for_page(port: int, supervisor: Supervisor) -> None:
    web = next(one.child for one in supervisor.watched if one.child.name == "web")

    def answers_or_died() -> bool:
        return _answers(port) or web.exit_status() is not None

    if not wait_for(answers_or_died, READY_SECONDS, interrupts.pause) or web.exit_status():
        raise Stop(f"The web server does not start ({web.last_words()}); see {web.log}.")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _greet(port: int, data: DataFolder, card: str) -> None:
    address = f"http://localhost:{port}/"
    line()
    line(f"  Understudy runs at {address}")
    line(f"  Logs are in {data.logs}. Ctrl-C stops everything.")
    line()
    line(card.rstrip())
    line()
