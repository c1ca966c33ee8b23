"""Locks on a number instead of a row: for two parts of the product that must not lock each other's
rows. Row locks come first wherever a row will do.
"""

from collections.abc import Iterable

from .prepared import Prepared

HOLD = Prepared("SELECT pg_advisory_xact_lock(key) FROM unnest($1) AS key", "bigint[]")


def hold(key: int) -> None:
    """Nobody else holds `key` until this transaction ends; waits for who does."""
    hold_all([key])


def hold_all(keys: Iterable[int]) -> None:
    """The same of several, taken in the order of their numbers."""
    HOLD.rows(sorted(keys))
