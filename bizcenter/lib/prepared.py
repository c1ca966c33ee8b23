"""Hand-written statements that a connection parses and plans once instead of each time: for the few
that run before every hour of every ad account, where planning takes as long as the work itself.

They belong to the session, so a pooler that gives each transaction another session will not do.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from django.db import connection

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by the driver's connection


class Prepared:
    """`statement` with its parameters as $1, $2 and so on, of these `types`."""

    def __init__(self, statement: str, *types: str) -> None:
        self.statement, self.types = statement, types
        body = f"{_in_brackets(types)} AS {statement}"
        self._name = f"prepared_{sha256(body.encode()).hexdigest()[:16]}"
        self._prepare = f"PREPARE {self._name}{body}"
        # A list of nothing but nulls has no type of its own.
        self._execute = f"EXECUTE {self._name}{_in_brackets(f'%s::{each}' for each in types)}"

    def rows(self, *values: Any, after: Call | None = None) -> list[tuple[Any, ...]]:
        """What it returns for these values of its parameters. The call that it comes after goes in
        the same message to the database, and what that returns is lost; where no transaction is
        open, the message is one."""
        calls: list[Call] = [*([after] if after else []), (self, *values)]
        with connection.cursor() as cursor:
            known = _known.setdefault(connection.connection, set())
            for called, *_ in calls:
                if called._name not in known:
                    with connection.wrap_database_errors:
                        cursor.cursor.execute(called._prepare)
                    known.add(called._name)
            message = "; ".join(called._execute for called, *_ in calls)
            cursor.execute(message, [value for _, *given in calls for value in given])
            return cursor.fetchall() if cursor.description else []


Call: TypeAlias = tuple[Prepared, *tuple[Any, ...]]  # with the values of its parameters


def _in_brackets(parts: Iterable[str]) -> str:
    listed = ", ".join(parts)
    return f" ({listed})" if listed else ""
