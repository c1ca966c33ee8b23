"""Background work is asked for by name; every name, and every argument with it, exists."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from bizcenter.celery import app

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("accounts", "adaccounts", "assets", "billing", "bizcenter", "campaigns", "reporting")


def enqueued() -> Iterator[tuple[str, ast.Call]]:
    """Every `jobs.enqueue("name", ...)` in the product, with where it stands."""
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("enqueue"):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


@pytest.fixture(scope="module", autouse=True)
def _tasks_are_found() -> None:
    app.loader.import_default_modules()


def test_every_job_that_is_asked_for_is_a_registered_task() -> None:
    asked = {place: ast.literal_eval(call.args[0]) for place, call in enqueued()}

    assert asked, "the search itself must find something"
    assert {place: name for place, name in asked.items() if name not in app.tasks} == {}


def test_every_job_gets_the_arguments_its_task_takes() -> None:
    for place, call in enqueued():
        task = app.tasks[ast.literal_eval(call.args[0])]
        given = {keyword.arg: None for keyword in call.keywords}
        try:
            inspect.signature(task.run).bind(**given)
        except TypeError as error:
            pytest.fail(f"{place}: {task.name}: {error}")


def test_everything_on_the_beat_is_a_registered_task() -> None:
    planned = {name: entry["task"] for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}

    assert {name: task for name, task in planned.items() if task not in app.tasks} == {}
