"""What a membership allows in a Business Center, and the presets people choose from.

Two layers, as on the live platform: the role, and finance as a second, optional one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from accounts.models import Invitation, Membership

Role = Membership.Role
FinanceRole = Membership.FinanceRole


class BusinessPermission(StrEnum):
    MANAGE_MEMBERS = "manage_members"
    MANAGE_BUSINESS = "manage_business"
    CREATE_AD_ACCOUNTS = "create_ad_accounts"
    VIEW_FINANCE = "view_finance"
    MANAGE_FINANCE = "manage_finance"
    VIEW_ACTIVITY = "view_activity"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    BusinessPermission.MANAGE_MEMBERS: "Manage users",
    BusinessPermission.MANAGE_BUSINESS: "Change the business information",
    BusinessPermission.CREATE_AD_ACCOUNTS: "Create ad accounts",
    BusinessPermission.VIEW_FINANCE: "See finance",
    BusinessPermission.MANAGE_FINANCE: "Manage payments and invoices",
    BusinessPermission.VIEW_ACTIVITY: "See the activity log",
}

_BY_ROLE: dict[str, frozenset[BusinessPermission]] = {
    Role.ADMIN: frozenset(
        {
            BusinessPermission.MANAGE_MEMBERS,
            BusinessPermission.MANAGE_BUSINESS,
            BusinessPermission.CREATE_AD_ACCOUNTS,
            BusinessPermission.VIEW_ACTIVITY,
        }
    ),
    Role.STANDARD: frozenset(),
}
_BY_FINANCE_ROLE: dict[str, frozenset[BusinessPermission]] = {
    FinanceRole.NONE: frozenset(),
    FinanceRole.ANALYST: frozenset({BusinessPermission.VIEW_FINANCE}),
    FinanceRole.MANAGER: frozenset(
        {BusinessPermission.VIEW_FINANCE, BusinessPermission.MANAGE_FINANCE}
    ),
}


def permissions_of(membership: Membership | None) -> frozenset[BusinessPermission]:
    """What the member may do in the Business Center; nothing for somebody who is none."""
    if membership is None:
        return frozenset()
    return _BY_ROLE[membership.role] | _BY_FINANCE_ROLE[membership.finance_role]


@dataclass(frozen=True)
class Standing:
    """What a member is in a Business Center, without ad accounts and assets."""

    role: Membership.Role = Role.STANDARD
    finance_role: Membership.FinanceRole = FinanceRole.NONE
    access_ends_at: datetime | None = None

    @property
    def in_words(self) -> str:
        """Admin, Finance manager"""
        if self.finance_role == FinanceRole.NONE:
            return str(self.role.label)
        if self.role == Role.ADMIN:
            return f"{self.role.label}, {self.finance_role.label}"
        return str(self.finance_role.label)

    @property
    def permissions(self) -> frozenset[BusinessPermission]:
        return _BY_ROLE[self.role] | _BY_FINANCE_ROLE[self.finance_role]

    def raised_to(self, permission: BusinessPermission) -> "Standing":
        """The least that contains the permission as well."""
        if permission in self.permissions:
            return self
        if permission in _BY_ROLE[Role.ADMIN]:
            return replace(self, role=Role.ADMIN)
        needed = next(role for role in FinanceRole if permission in _BY_FINANCE_ROLE[role])
        return replace(self, finance_role=needed)


def standing_of(row: Membership | Invitation) -> Standing:
    """What the member is, or the invited person will be."""
    return Standing(
        role=Role(row.role),
        finance_role=FinanceRole(row.finance_role),
        access_ends_at=row.access_ends_at,
    )


class Preset(StrEnum):
    """The four roles people think in; least first, which is also the default."""

    ANALYST = "analyst"
    OPERATOR = "operator"
    FINANCE = "finance"
    ADMIN = "admin"

    @property
    def roles(self) -> "PresetRoles":
        return _PRESETS[self]

    @property
    def standing(self) -> Standing:
        return Standing(role=self.roles.role, finance_role=self.roles.finance_role)


@dataclass(frozen=True)
class PresetRoles:
    """What a preset stands for; `on_accounts` says which ad accounts it reaches."""

    label: str
    explanation: str
    role: Membership.Role
    finance_role: Membership.FinanceRole
    on_accounts: str


_PRESETS = {
    Preset.ANALYST: PresetRoles(
        "Analyst",
        "Sees ads, performance and reports of the chosen ad accounts and changes nothing.",
        Role.STANDARD,
        FinanceRole.NONE,
        "chosen",
    ),
    Preset.OPERATOR: PresetRoles(
        "Ad Account Operator",
        "Creates and edits campaigns in the chosen ad accounts only.",
        Role.STANDARD,
        FinanceRole.NONE,
        "chosen",
    ),
    Preset.FINANCE: PresetRoles(
        "Finance",
        "Sees balances, transactions and invoices, and pays; no campaigns.",
        Role.STANDARD,
        FinanceRole.MANAGER,
        "none",
    ),
    Preset.ADMIN: PresetRoles(
        "Admin",
        "Everything: users, settings, finance and all ad accounts.",
        Role.ADMIN,
        FinanceRole.MANAGER,
        "all",
    ),
}
