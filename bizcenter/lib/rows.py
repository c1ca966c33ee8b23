"""Model instances out of hand-written statements: for the few that run before every hour of every
ad account, where composing the statement takes longer than the database takes to answer it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models

M = TypeVar("M", bound=models.Model)


@cache
def columns(model: type[models.Model], alias: str) -> str:
    """All columns of the model's table, in the order in which `instance` takes them."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


@cache
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def instance(model: type[M], values: Sequence[Any]) -> M:
    """The model's row with these `columns`; for models whose values need no conversion."""
    return model.from_db(DEFAULT_DB_ALIAS, _names(model), values)


def width(model: type[models.Model]) -> int:
    """How many `columns` there are."""
    return len(_names(model))
