"""The members of a Business Center as the Users page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Preset
from adaccounts.models import AdAccount
from adaccounts.permissions import Level

from .accounts import levels_by_user


@dataclass(frozen=True)
class Person:
    """A member as the Users page shows them: the role in words, and the ad accounts they reach."""

    membership: Membership
    role: str
    accounts: list[tuple[AdAccount, Level]]

    @property
    def user(self) -> User:
        return self.membership.user


def people_of(business_center: BusinessCenter, memberships: Iterable[Membership]) -> list[Person]:
    """The given members with their role and ad accounts, in two queries."""
    members = list(memberships)
    accounts = list(AdAccount.objects.filter(business_center=business_center).order_by("name"))
    levels = levels_by_user(accounts, [member.user for member in members])
    found = []
    for member in members:
        held = levels.get(member.user_id, {})
        reached = [(account, held[account.pk]) for account in accounts if account.pk in held]
        role = role_in_words(member, [level for _, level in reached])
        found.append(Person(membership=member, role=role, accounts=reached))
    return found


def role_in_words(membership: Membership, levels: Iterable[Level]) -> str:
    """The preset's name where one fits; else what the layers say, as in "Analyst, Finance"."""
    if membership.role == Membership.Role.ADMIN:
        return Preset.ADMIN.roles.label
    parts = []
    if highest := max(levels, key=list(Level).index, default=None):
        preset = Preset.ANALYST if highest == Level.ANALYST else Preset.OPERATOR
        parts.append(preset.roles.label)
    if membership.finance_role == Membership.FinanceRole.MANAGER:
        parts.append(Preset.FINANCE.roles.label)
    elif membership.finance_role == Membership.FinanceRole.ANALYST:
        parts.append(Membership.FinanceRole.ANALYST.label)
    return ", ".join(parts) or Membership.Role.STANDARD.label


def preset_of(person: Person) -> Preset:
    """The preset that comes nearest, for the form that changes it."""
    labels = {preset.roles.label: preset for preset in Preset}
    return labels.get(person.role.split(", ")[0], Preset.ANALYST)
