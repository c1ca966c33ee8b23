"""Reads about ad accounts and the people in them."""

from .accounts import (
    Grant,
    accounts_of_business,
    grants_in,
    is_managed_by,
    levels_by_user,
    managers_of,
    own_managers_of,
)
from .people import Person, people_of, preset_of, role_in_words

__all__ = [
    "Grant",
    "Person",
    "accounts_of_business",
    "grants_in",
    "is_managed_by",
    "levels_by_user",
    "managers_of",
    "own_managers_of",
    "people_of",
    "preset_of",
    "role_in_words",
]
