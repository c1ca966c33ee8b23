"""Reads about ad accounts and the people in them."""

from .accounts import (
    accounts_of_business,
    is_managed_by,
    levels_by_user,
    managed_as_member,
    managers_of,
    own_managers_of,
)
from .people import (
    Reach,
    accounts_within_reach,
    assets_within_reach,
    preset_of,
    reach_of_invitations,
    reach_of_members,
    role_in_words,
)

__all__ = [
    "Reach",
    "accounts_of_business",
    "accounts_within_reach",
    "assets_within_reach",
    "is_managed_by",
    "levels_by_user",
    "managed_as_member",
    "managers_of",
    "own_managers_of",
    "preset_of",
    "reach_of_invitations",
    "reach_of_members",
    "role_in_words",
]
