"""The private PostgreSQL and Valkey: closed to strangers, and their data outlives a kill -9."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from bizcenter.launch import homes
from bizcenter.launch.homes import Home
from bizcenter.launch.identity import User
from bizcenter.launch.places import DataFolder
from bizcenter.launch.say import Stop
from bizcenter.launch.stack import Stack
from bizcenter.launch.supervisor import Supervisor

pytestmark = [pytest.mark.stack, pytest.mark.filterwarnings("ignore:This process")]


@pytest.fixture
def stack(data: DataFolder) -> Iterator[Stack]:
    """Both servers, running."""
    stack = Stack(data, {})
    stack.start()
    try:
        yield stack
    finally:
        stack.stop()


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def test_the_servers_answer_who_has_the_password_and_nobody_else(stack: Stack) -> None:
    env = stack.environment()

    assert ask(env["DATABASE_URL"], "SELECT lower('ÄÖ'), current_setting('fsync')") == [
        ("äö", "on")
    ]
    with redis.Redis.from_url(env["REDIS_URL"]) as broker:
        assert broker.ping()

    for stranger in ("postgres://understudy@", "postgres://understudy:guess@", "postgres://root@"):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            ask(f"{stranger}127.0.0.1:{stack.servers[0].port}/postgres", "SELECT 1")
    with socket.create_connection(("127.0.0.1", stack.servers[1].port), timeout=5) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(100).startswith(b"-NOAUTH")


def test_passwords_lie_in_no_argument_list_and_no_readable_file(stack: Stack) -> None:
    for server in stack.servers:
        process = server.child.process
        assert process is not None
        assert server.password not in " ".join(map(str, server.child.argv))
    for path in (stack.data.memory, stack.data.path / "servers" / "valkey.conf"):
        assert path.stat().st_mode & 0o077 == 0
    assert (stack.data.path / "servers").stat().st_mode & 0o077 == 0


def test_killed_servers_come_back_with_their_data(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    env = stack.environment()
    ask(env["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS number")
    supervisor = Supervisor(stack.servers, [])

    for server in stack.servers:
        assert server.child.process is not None
        os.kill(server.child.process.pid, signal.SIGKILL)
        server.child.process.wait()
    supervisor.look_after()

    assert ask(env["DATABASE_URL"], "SELECT number FROM kept") == [(42,)]
    with redis.Redis.from_url(env["REDIS_URL"]) as broker:
        assert broker.ping()
    said = capsys.readouterr().out
    assert "postgres stopped (killed by SIGKILL); starting it again now" in said
    assert "valkey runs again" in said


def test_a_later_start_finds_data_passwords_and_key_again(stack: Stack) -> None:
    first = stack.environment()
    ask(first["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS number")
    stack.stop()

    again = Stack(stack.data, {})
    again.start()
    try:
        second = again.environment()
        assert ask(second["DATABASE_URL"], "SELECT number FROM kept") == [(42,)]
        assert second["SECRET_KEY"] == first["SECRET_KEY"]
    finally:
        again.stop()


def test_servers_from_outside_are_used_as_they_are(data: DataFolder) -> None:
    outside = {"DATABASE_URL": "postgres://there", "REDIS_URL": "redis://there", "SECRET_KEY": "k"}

    stack = Stack(data, outside)

    assert stack.servers == []
    assert stack.environment() == outside | {"DATA_DIR": str(data.path)}
    assert not (data.path / "servers").exists()


def test_a_user_who_cannot_enter_gets_a_folder_elsewhere(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Outsider(User):
        def can(self, check: object) -> bool:
            return False

    outsider = Outsider(os.getuid(), os.getgid())
    monkeypatch.setattr(homes, "server_user", lambda existing: outsider)
    monkeypatch.setattr(homes, "ELSEWHERE", (tmp_path,))

    first, second = Home(data), Home(data)

    assert first.path.parent.parent == tmp_path
    assert first.path.stat().st_mode & 0o777 == 0o700
    assert second.path == first.path
    assert not (data.path / "servers").exists()


def test_a_data_folder_of_somebody_else_is_refused(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.remember(secret_key="theirs")
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)

    with pytest.raises(Stop, match="belongs to another user"):
        data.make()
