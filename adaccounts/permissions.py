"""What a person may do in one ad account, and with one asset; the grants are kept by guardian.

A grant has a source (directly or by an asset group, as a member of the owner or of a partner).
What holds is the union of all sources, each while the person is a member there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import md5
from typing import Any

from django.contrib.auth.models import Permission as PermissionRow
from django.db.models import QuerySet, Subquery

from accounts.models import User
from accounts.permissions import Preset, Standing
from accounts.queries.presence import present_places
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)


class Permission(StrEnum):
    VIEW_REPORTS = "view_reports"
    MANAGE_CAMPAIGNS = "manage_campaigns"
    MANAGE_ACCOUNT = "manage_account"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Permission.VIEW_REPORTS: "View ads, performance and reports",
    Permission.MANAGE_CAMPAIGNS: "Create and edit campaigns",
    Permission.MANAGE_ACCOUNT: "Change the account's settings and its people",
}


class Level(StrEnum):
    ANALYST = "analyst"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def permissions(self) -> frozenset[Permission]:
        return _BY_LEVEL[self]

    @property
    def rank(self) -> int:
        """Higher may do more."""
        return len(self.permissions)


_BY_LEVEL = {
    Level.ANALYST: frozenset({Permission.VIEW_REPORTS}),
    Level.OPERATOR: frozenset({Permission.VIEW_REPORTS, Permission.MANAGE_CAMPAIGNS}),
    Level.ADMIN: frozenset(Permission),
}
if {str(permission) for permission in Permission} != {
    name for name, _ in AdAccount._meta.permissions
}:
    raise RuntimeError("The vocabulary and the model's permissions differ.")


class AssetPermission(StrEnum):
    USE_ASSET = "use_asset"
    MANAGE_ASSET = "manage_asset"

    @property
    def label(self) -> str:
        return "Use the asset in ads" if self == self.USE_ASSET else "Change the asset"


class AssetRole(StrEnum):
    USER = "user"
    MANAGER = "manager"

    @property
    def label(self) -> str:
        return "Use in ads" if self == self.USER else "Manage"

    @property
    def permissions(self) -> frozenset[AssetPermission]:
        if self == AssetRole.MANAGER:
            return frozenset(AssetPermission)
        return frozenset({AssetPermission.USE_ASSET})


if {str(permission) for permission in AssetPermission} != {
    name for name, _ in BusinessAsset._meta.permissions
}:
    raise RuntimeError("The vocabulary and the asset's permissions differ.")


def asset_role_of(held: Collection[str]) -> AssetRole | None:
    """The highest role whose permissions are all held."""
    return next((role for role in reversed(AssetRole) if role.permissions <= set(held)), None)


def assets_visible_to(
    user: User, permission: AssetPermission = AssetPermission.USE_ASSET
) -> QuerySet[BusinessAsset]:
    """The assets on which the person holds the permission, as one sub-select."""
    grants = BusinessAssetUserObjectPermission.objects.filter(
        user=user, permission__codename=permission.value, through__in=present_places(user)
    )
    return BusinessAsset.objects.filter(
        pk__in=grants.values("content_object_id"), removed_at__isnull=True
    )


def level_of(held: set[str]) -> Level | None:
    """The highest level whose permissions are all held."""
    return next((level for level in reversed(Level) if level.permissions <= held), None)


def row_of(permission: Permission) -> Subquery:
    """The permission's row as a value to compare with; joined, the planner would not know how many
    grants to expect."""
    rows = PermissionRow.objects.filter(
        codename=permission.value, content_type__app_label="adaccounts"
    )
    return Subquery(rows.values("pk")[:1])


def visible_to(user: User, permission: Permission = Permission.VIEW_REPORTS) -> QuerySet[AdAccount]:
    """The ad accounts in which the person holds the permission, as one sub-select."""
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user, permission=row_of(permission), through__in=present_places(user)
    )
    return AdAccount.objects.filter(pk__in=grants.values("content_object_id"))


def permissions_in(user: User, ad_account_id: int) -> set[str]:
    """The permissions the person holds in the ad account."""
    return set(
        AdAccountUserObjectPermission.objects.filter(
            user=user, content_object_id=ad_account_id, through__in=present_places(user)
        ).values_list("permission__codename", flat=True)
    )


@dataclass(frozen=True)
class Access:
    """What a person gets in a Business Center: presets fill it in, everything that gives access
    applies it. An Admin is Admin of every ad account and manages every asset, whatever is listed.
    """

    standing: Standing = field(default_factory=Standing)
    levels: Mapping[AdAccount, Level] = field(default_factory=dict)
    assets: Mapping[BusinessAsset, AssetRole] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """The same for the same access: a form carries it, to be known for outdated."""
        given: tuple[Mapping[Any, StrEnum], ...] = (self.levels, self.assets)
        listed = [sorted((row.pk, str(grade)) for row, grade in what.items()) for what in given]
        return md5(repr((self.standing, listed)).encode(), usedforsecurity=False).hexdigest()


PRESET_LEVELS = {
    Preset.ANALYST: Level.ANALYST,
    Preset.OPERATOR: Level.OPERATOR,
}


def preset_access(
    preset: Preset,
    ad_accounts: Iterable[AdAccount] = (),
    *,
    access_ends_at: datetime | None = None,
    assets: Mapping[BusinessAsset, AssetRole] | None = None,
) -> Access:
    """What the preset stands for, in the chosen ad accounts where it works on chosen ones."""
    level = PRESET_LEVELS.get(preset)
    return Access(
        standing=replace(preset.standing, access_ends_at=access_ends_at),
        levels={} if level is None else dict.fromkeys(ad_accounts, level),
        assets=assets or {},
    )
