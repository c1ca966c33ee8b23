"""Starting background work by name, once the transaction that asks for it has committed."""

from threading import Lock
from typing import Any

from celery import Task
from django.db import transaction

from bizcenter.celery import app

# For tasks that send mail: one that the mail server refused is tried again, later each time.
PATIENCE: dict[str, Any] = {
    "autoretry_for": (OSError,),
    "max_retries": 12,
    "retry_backoff": 10,
    # Less than the broker's visibility time-out: after that a waiting task is given out again.
    "retry_backoff_max": 600,
}
# Celery finds tasks once only: whoever comes while that is under way must wait for its end.
_finding = Lock()


def enqueue(name: str, **kwargs: Any) -> None:
    """Send the task `name` after commit; nothing is sent on rollback; eager in tests."""
    transaction.on_commit(lambda: task(name).apply_async(kwargs=kwargs))


def task(name: str) -> Task:
    """The task of that name; only a worker knows all of them without being asked."""
    if name not in app.tasks:
        with _finding:
            app.loader.import_default_modules()
    found: Task = app.tasks[name]
    return found
