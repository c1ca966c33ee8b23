"""What each role may do, side by side, read from the tables that the doors use."""

from dataclasses import dataclass
from functools import cache

from accounts.permissions import BusinessPermission, Preset
from adaccounts.permissions import PRESET_LEVELS, Level, Permission


@dataclass(frozen=True)
class Cell:
    """Where a preset may, in full and as short as a phone needs it."""

    full: str
    short: str


@dataclass(frozen=True)
class Line:
    """One thing that can be done, and where each preset may: everywhere, in chosen ones, not."""

    label: str
    cells: tuple[Cell | None, ...]


_YES = Cell("Yes", "Yes")
_IN_ALL = Cell("In all ad accounts", "All")
_IN_CHOSEN = Cell("In chosen ad accounts", "Chosen")


@cache
def comparison() -> list[Line]:
    business = [
        Line(
            permission.label,
            tuple(_YES if permission in preset.standing.permissions else None for preset in Preset),
        )
        for permission in BusinessPermission
    ]
    return [
        Line(permission.label, tuple(_in_accounts(preset, permission) for preset in Preset))
        for permission in Permission
    ] + business


def _in_accounts(preset: Preset, permission: Permission) -> Cell | None:
    if preset == Preset.ADMIN:
        return _IN_ALL if permission in Level.ADMIN.permissions else None
    level = PRESET_LEVELS.get(preset)
    return _IN_CHOSEN if level and permission in level.permissions else None
