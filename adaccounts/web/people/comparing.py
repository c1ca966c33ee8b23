"""What each role may do, side by side, read from the tables that the doors use."""

from dataclasses import dataclass
from functools import cache

from accounts.permissions import BusinessPermission, Preset
from adaccounts.permissions import PRESET_LEVELS, Level, Permission


@dataclass(frozen=True)
class Line:
    """One thing that can be done, and where each preset may: everywhere, in chosen ones, not."""

    label: str
    cells: tuple[str, ...]


@cache
def comparison() -> list[Line]:
    business = [
        Line(
            permission.label,
            tuple("Yes" if permission in preset.standing.permissions else "" for preset in Preset),
        )
        for permission in BusinessPermission
    ]
    return [
        Line(permission.label, tuple(_in_accounts(preset, permission) for preset in Preset))
        for permission in Permission
    ] + business


def _in_accounts(preset: Preset, permission: Permission) -> str:
    if preset == Preset.ADMIN:
        return "In all ad accounts" if permission in Level.ADMIN.permissions else ""
    level = PRESET_LEVELS.get(preset)
    return "In chosen ad accounts" if level and permission in level.permissions else ""
