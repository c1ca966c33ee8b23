"""Starting background work by name, once the transaction that asks for it has committed."""

from typing import Any

from django.db import transaction

from bizcenter.celery import app


def enqueue(name: str, **kwargs: Any) -> None:
    """Send the task `name` after commit; nothing is sent on rollback; eager in tests."""
    transaction.on_commit(lambda: app.tasks[name].apply_async(kwargs=kwargs))
