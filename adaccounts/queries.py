"""Reads about ad accounts and the people in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Preset
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import Level, Permission, level_of, visible_to


@dataclass(frozen=True)
class Grant:
    """One person's level in one ad account."""

    user: User
    level: Level


def accounts_of_business(business_center: BusinessCenter, user: User) -> QuerySet[AdAccount]:
    """The Business Center's ad accounts that this person may see, by name."""
    return visible_to(user).filter(business_center=business_center).order_by("name", "id")


def managers_of(ad_account: AdAccount) -> QuerySet[User]:
    """The people who can grant access to the ad account."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, permission__codename=Permission.MANAGE_ACCOUNT.value
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def own_managers_of(ad_account: AdAccount) -> QuerySet[User]:
    """Those of them who belong to the owner."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account,
        through=ad_account.business_center_id,
        permission__codename=Permission.MANAGE_ACCOUNT.value,
    )
    return User.objects.filter(pk__in=grants.values("user_id")).order_by("name", "email")


def is_managed_by(user: User, ad_account: AdAccount) -> bool:
    return managers_of(ad_account).filter(pk=user.pk).exists()


def grants_in(ad_account: AdAccount) -> list[Grant]:
    """The people of the ad account with their levels, by name."""
    held: dict[int, set[str]] = defaultdict(set)
    people: dict[int, User] = {}
    rows = (
        AdAccountUserObjectPermission.objects.filter(content_object=ad_account)
        .select_related("user", "permission")
        .order_by("user__name", "user__email")
    )
    for row in rows:
        held[row.user_id].add(row.permission.codename)
        people[row.user_id] = row.user
    return [
        Grant(user=person, level=level)
        for key, person in people.items()
        if (level := level_of(held[key])) is not None
    ]


def levels_by_user(
    ad_accounts: Iterable[AdAccount], users: Iterable[User]
) -> dict[int, dict[int, Level]]:
    """{user id: {ad account id: level}} for the given ad accounts and people, in one query."""
    held: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = AdAccountUserObjectPermission.objects.filter(
        content_object__in=list(ad_accounts), user__in=list(users)
    ).values_list("user_id", "content_object_id", "permission__codename")
    for user_id, account_id, codename in rows:
        held[user_id, account_id].add(codename)
    found: dict[int, dict[int, Level]] = defaultdict(dict)
    for (user_id, account_id), codenames in held.items():
        level = level_of(codenames)
        if level is not None:
            found[user_id][account_id] = level
    return found


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
