"""Questions that are asked hour by hour and differ in a moment only: composed once, by the ORM."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Stand for the moment while the statement is composed; nothing happened then.
SOME_TIME = datetime(1901, 1, 1, tzinfo=UTC)
SOME_DAY = date(1901, 1, 1)


class Asked:
    """The rows of a queryset of values about a moment.

    `ask` makes the queryset and uses the moment as it is: it is not asked for each moment anew.
    """

    def __init__(self, ask: Callable[[Any], QuerySet[Any, Any]], some: date) -> None:
        self._ask, self._some = ask, some
        self._composed: tuple[str, Sequence[Any]] | None = None

    def rows(self, moment: date) -> list[tuple[Any, ...]]:
        if self._composed is None:
            self._composed = self._ask(self._some).query.sql_with_params()
        statement, values = self._composed
        with connection.cursor() as cursor:
            cursor.execute(statement, [moment if each == self._some else each for each in values])
            return cursor.fetchall()

    def firsts(self, moment: date) -> list[Any]:
        """The first value of each row."""
        return [row[0] for row in self.rows(moment)]
