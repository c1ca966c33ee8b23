"""The private servers of one data folder, and the environment in which the product's code runs.

DATABASE_URL, REDIS_URL and SECRET_KEY given from outside always win; what is missing is provided.
"""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bizcenter.launch import interrupts
from bizcenter.launch.children import stop_leftovers
from bizcenter.launch.homes import Home
from bizcenter.launch.places import DataFolder, write_private
from bizcenter.launch.postgres import Postgres
from bizcenter.launch.python_env import is_musl
from bizcenter.launch.say import Stop, line
from bizcenter.launch.servers import Server
from bizcenter.launch.valkey import Valkey

URLS: dict[str, type[Server]] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


class InUse(Exception):
    """Another command holds the data folder; `holder` says which."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


def check_platform(env: Mapping[str, str]) -> None:
    """The private servers exist for this machine, or are not needed."""
    if is_musl() and not all(env.get(name) for name in URLS):
        raise Stop(
            "The private PostgreSQL and Valkey do not run on Alpine (musl): set DATABASE_URL and "
            "REDIS_URL to servers of your own."
        )


@contextmanager
def locked(data: DataFolder, holder: str) -> Iterator[None]:
    """Nobody else uses the data folder meanwhile; raises InUse when somebody does."""
    with data.lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise InUse(lock.read().strip()) from error
        lock.truncate(0)
        lock.write(holder)
        lock.flush()
        yield


class Stack:
    """The servers that nobody else provides, and the environment for everything we start."""

    def __init__(
        self, data: DataFolder, outside: Mapping[str, str], *, durable: bool = True
    ) -> None:
        self.data = data
        self.outside = outside
        missing = [server for name, server in URLS.items() if not outside.get(name)]
        self.home = Home(data) if missing else None
        self.servers = [server(self.home, durable=durable) for server in missing if self.home]

    def start(self) -> None:
        for server in self.servers:
            server.start()

    def stop(self) -> None:
        """Brokers first: nothing asks the database for anything any more."""
        for server in reversed(self.servers):
            server.child.ask_to_stop()
        for server in reversed(self.servers):
            server.child.wait_stopped(30)

    def environment(self) -> dict[str, str]:
        ours = {"DATA_DIR": str(self.data.path), "SECRET_KEY": _secret_key(self.data, self.outside)}
        for name, kind in URLS.items():
            for server in self.servers:
                if isinstance(server, kind):
                    ours[name] = server.url
        return dict(self.outside) | ours

    def publish(self, env: Mapping[str, str]) -> None:
        """Commands from a second terminal find the running stack."""
        shared = {name: env[name] for name in (*URLS, "SECRET_KEY", "SITE_URL")}
        write_private(self.data.environment, json.dumps(shared, indent=1))

    def withdraw(self) -> None:
        self.data.environment.unlink(missing_ok=True)


def _secret_key(data: DataFolder, outside: Mapping[str, str]) -> str:
    if given := outside.get("SECRET_KEY"):
        return given
    kept: str | None = data.recall().get("secret_key")
    if kept is None:
        kept = secrets.token_urlsafe(48)
        data.remember(secret_key=kept)
    return kept


@contextmanager
def environment_for_command(data: DataFolder) -> Iterator[dict[str, str]]:
    """The running stack's environment; without one, servers run for as long as the block."""
    data.make()
    told = False
    while True:
        try:
            with locked(data, "command"):
                stop_leftovers(data)
                data.environment.unlink(missing_ok=True)
                stack = Stack(data, os.environ)
                try:
                    stack.start()
                    yield stack.environment()
                finally:
                    stack.stop()
                return
        except InUse as use:
            if use.holder == "up" and data.environment.exists():
                shared: dict[str, str] = json.loads(data.environment.read_text())
                yield shared | dict(os.environ) | {"DATA_DIR": str(data.path)}
                return
            if not told:
                line("Waiting for another command that uses the same data folder ...")
                told = True
            interrupts.pause(0.2)


@contextmanager
def temporary_stack(*, durable: bool) -> Iterator[dict[str, str]]:
    """Servers in a folder that is gone afterwards, whatever DATABASE_URL and REDIS_URL say."""
    outside = {name: value for name, value in os.environ.items() if name not in URLS}
    path = Path(tempfile.mkdtemp(prefix="understudy-"))
    path.chmod(0o711)
    data = DataFolder(path)
    data.make()
    stack = None
    try:
        stack = Stack(data, outside, durable=durable)
        stack.start()
        yield stack.environment()
    finally:
        if stack is not None:
            stack.stop()
            if stack.home is not None:
                stack.home.remove()
        _remove(path)


def _remove(path: Path) -> None:
    """A child's last write can race with the removal; a second try is enough."""
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        time.sleep(0.2)
        shutil.rmtree(path, ignore_errors=True)
