"""What a person may do in one ad account: three levels of three permissions, kept by guardian."""

from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import User
from adaccounts.models import AdAccount, AdAccountUserObjectPermission


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


_BY_LEVEL = {
    Level.ANALYST: frozenset({Permission.VIEW_REPORTS}),
    Level.OPERATOR: frozenset({Permission.VIEW_REPORTS, Permission.MANAGE_CAMPAIGNS}),
    Level.ADMIN: frozenset(Permission),
}
if {str(permission) for permission in Permission} != {
    name for name, _ in AdAccount._meta.permissions
}:
    raise RuntimeError("The vocabulary and the model's permissions differ.")


def level_of(held: set[str]) -> Level | None:
    """The highest level whose permissions are all held."""
    return next((level for level in reversed(Level) if level.permissions <= held), None)


def visible_to(user: User, permission: Permission = Permission.VIEW_REPORTS) -> QuerySet[AdAccount]:
    """The ad accounts in which the person holds the permission, as one sub-select."""
    grants = AdAccountUserObjectPermission.objects.filter(
        user=user, permission__codename=permission.value
    )
    return AdAccount.objects.filter(pk__in=grants.values("content_object_id"))


def permissions_in(user: User, ad_account_id: int) -> set[str]:
    """The permissions the person holds in the ad account."""
    return set(
        AdAccountUserObjectPermission.objects.filter(
            user=user, content_object_id=ad_account_id
        ).values_list("permission__codename", flat=True)
    )
