"""Asking PostgreSQL itself: what raw SQL may not write."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

Statement = tuple[str, list[Any]]


def run(*statements: Statement) -> None:
    """All of them, and the checks that a commit would make."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(constraint: str, *statements: Statement) -> None:
    """Running the statements fails by the constraint of this name."""
    with pytest.raises(IntegrityError) as caught:
        run(*statements)
    assert caught.value.__cause__.diag.constraint_name == constraint
