"""What is shipped: lock files without addresses, reasons for dependencies, and the compose file."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bizcenter.launch.processes import COMMANDS, command

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    *("requirements.txt", "requirements-dev.txt", "package-lock.json"),
    *("bizcenter/launch/locks/uv.txt", "bizcenter/launch/locks/node.txt"),
]
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text()
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9._-]+)==(\S+)( ;[^\\]*)?", (ROOT / lock).read_text(), re.M)
    return {f"{name}{marker.strip()}": version for name, version, marker in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_name_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock.endswith(".txt")])
def test_every_locked_package_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())

    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_development_lock_holds_the_runtime_lock_unchanged() -> None:
    runtime, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert runtime.items() <= development.items()


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    for requirement in wanted:
        (line,) = (one for one in text.splitlines() if f'"{requirement}"' in one)
        assert re.search(r",\s+# \w.{3,}", line), f"{requirement} has no reason beside it"


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {re.split(r"[^a-z0-9._-]", name)[0] for name in pins("requirements.txt")}

    for requirement in project["project"]["dependencies"]:
        assert re.split(r"[<>=~ \[]", requirement)[0] in locked


def test_production_is_the_processes_of_up_and_their_servers(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"prepare", *COMMANDS, "postgres", "redis"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_container_runs_the_command_of_up(compose: dict[str, Any], name: str) -> None:
    assert shlex.split(compose["services"][name]["command"]) == command(name, "python")


def test_the_image_runs_the_web_command_of_up() -> None:
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]

    assert yaml.safe_load(last.removeprefix("CMD ")) == command("web", "python")


def test_the_image_runs_as_an_ordinary_user() -> None:
    text = (ROOT / "Dockerfile").read_text()

    assert re.search(r"^USER understudy$", text, re.M)
    assert text.index("USER understudy") < text.index('CMD ["python", "-m", "gunicorn"')


def test_the_image_holds_the_engine_compiled_for_any_processor_by_the_user_that_runs_it() -> None:
    text = (ROOT / "Dockerfile").read_text()
    (folder,) = re.findall(r"NUMBA_CACHE_DIR=(\S+)", text)

    assert re.search(rf"chown understudy .*{folder}$", text, re.M)
    assert "NUMBA_CPU_NAME=generic" in text
    assert text.index("USER understudy") < text.index("compiled.compile_all()")


@pytest.mark.parametrize("name", [*COMMANDS, "postgres", "redis"])
def test_every_service_that_stays_has_a_health_check(compose: dict[str, Any], name: str) -> None:
    assert compose["services"][name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", COMMANDS)
def test_processes_wait_for_servers_and_migrations(compose: dict[str, Any], name: str) -> None:
    waits = {
        service: entry["condition"]
        for service, entry in compose["services"][name]["depends_on"].items()
    }

    assert waits == {
        "prepare": "service_completed_successfully",
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }


def test_secrets_must_be_given() -> None:
    uses = re.findall(r"\$\{(\w+)([^}]*)\}", (ROOT / "docker-compose.yml").read_text())

    assert {name for name, _ in uses} >= SECRETS
    for name, rest in uses:
        assert name not in SECRETS or rest.startswith(":?"), f"{name} has a default"


def test_what_is_built_stays_out_of_the_image_and_the_repository() -> None:
    for file in (".dockerignore", ".gitignore"):
        lines = {line.strip("/") for line in (ROOT / file).read_text().splitlines()}
        assert {".venv", ".boot", "node_modules", "static/dist", "var"} <= lines
