"""What the members of a Business Center reach, and their role in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import (
    Aggregate,
    Case,
    Count,
    F,
    Func,
    OrderBy,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import FirstValue, RowNumber

from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import Preset, Standing
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetShare,
    BusinessAsset,
    InvitedAccount,
)
from adaccounts.permissions import PRESET_LEVELS, Level

FIRST = 3
_BY_RANK = {level.rank: level for level in Level}


class Roles(Protocol):
    """A membership, an invitation or a standing."""

    @property
    def role(self) -> str: ...

    @property
    def finance_role(self) -> str: ...


@dataclass(frozen=True)
class Reach:
    """The first few ad accounts of a person, how many there are, and the highest level in any."""

    first: tuple[tuple[AdAccount, Level], ...] = ()
    count: int = 0
    highest: Level | None = None

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def accounts_within_reach(business_center: BusinessCenter) -> QuerySet[AdAccount]:
    """What its members can be given: its own ad accounts and those shared with it, by name."""
    shares = AccountShare.objects.filter(partnership__partner=business_center)
    return AdAccount.objects.filter(
        Q(business_center=business_center) | Q(pk__in=shares.values("ad_account_id"))
    ).order_by("name", "pk")


def assets_within_reach(business_center: BusinessCenter) -> QuerySet[BusinessAsset]:
    shares = AssetShare.objects.filter(partnership__partner=business_center)
    return BusinessAsset.objects.filter(
        Q(business_center=business_center) | Q(pk__in=shares.values("asset_id")),
        removed_at__isnull=True,
    ).order_by("kind", "name", "pk")


def reach_of_members(
    business_center: BusinessCenter, users: Iterable[User], *, first: int = FIRST
) -> dict[int, Reach]:
    """{user id: what they reach as members there}, in two queries however much it is."""
    grants = (
        AdAccountUserObjectPermission.objects.filter(
            user__in=[user.pk for user in users], through=business_center
        )
        .values("user_id", "content_object_id")
        .annotate(rank=Count("permission", distinct=True))
    )
    return _reaches(grants, "user_id", "content_object_id", first)


def reach_of_invitations(invitation_ids: Collection[int]) -> dict[int, Reach]:
    """{invitation id: what the invited person will reach}, in two queries."""
    rank = Case(*(When(level=level.value, then=Value(level.rank)) for level in Level))
    rows = InvitedAccount.objects.filter(invitation__in=invitation_ids).annotate(rank=rank)
    return _reaches(rows, "invitation_id", "ad_account_id", FIRST)


def _reaches(grants: QuerySet[Any, Any], who: str, what: str, first: int) -> dict[int, Reach]:
    rows = (
        grants.annotate(
            place=_window(RowNumber(), who, F(what).asc()),
            total=_window(Count("*"), who),
            highest=_window(FirstValue("rank"), who, F("rank").desc()),
        )
        .filter(place__lte=first)
        .order_by(who, "place")
        .values_list(who, what, "rank", "total", "highest")
    )
    return _collect(
        [(a, b, _BY_RANK[rank], total, _BY_RANK[highest]) for a, b, rank, total, highest in rows]
    )


def _window(expression: Func | Aggregate, who: str, order: OrderBy | None = None) -> Window:
    return Window(expression, partition_by=[F(who)], order_by=[order] if order else None)


def _collect(rows: list[tuple[int, int, Level, int, Level]]) -> dict[int, Reach]:
    accounts = AdAccount.objects.in_bulk({what for _, what, *_ in rows})
    found: dict[int, Reach] = {}
    for who, what, level, total, highest in rows:
        first = found[who].first if who in found else ()
        found[who] = Reach((*first, (accounts[what], level)), total, highest)
    return found


def is_called(search: str) -> Q:
    """Of members: whether their name, address or alias contains the text."""
    return (
        Q(user__name__icontains=search)
        | Q(user__email__icontains=search)
        | Q(alias__icontains=search)
    )


def role_in_words(roles: Roles, levels: Iterable[Level]) -> str:
    """The preset's name where one fits; else what the layers say, as in "Analyst, Finance"."""
    finance = Membership.FinanceRole(roles.finance_role)
    is_admin = roles.role == Membership.Role.ADMIN
    parts = []
    if is_admin:
        parts.append(Preset.ADMIN.roles.label)
        if finance == Membership.FinanceRole.NONE:
            parts.append("no finance")
    elif highest := max(levels, key=lambda level: level.rank, default=None):
        parts.append(_LEVEL_NAMES[highest])
    if finance == Membership.FinanceRole.MANAGER and not is_admin:
        parts.append(Preset.FINANCE.roles.label)
    elif finance == Membership.FinanceRole.ANALYST:
        parts.append(str(Membership.FinanceRole.ANALYST.label))
    return ", ".join(parts) or str(Membership.Role.STANDARD.label)


_LEVEL_NAMES = {
    Level.ANALYST: Preset.ANALYST.roles.label,
    Level.OPERATOR: Preset.OPERATOR.roles.label,
    Level.ADMIN: "Ad Account Admin",
}


def preset_of(standing: Standing, levels: Collection[Level]) -> Preset | None:
    """The preset that gives exactly this; None where only the layers say it."""
    roles = (standing.role, standing.finance_role)
    for preset in Preset:
        if roles != (preset.roles.role, preset.roles.finance_role):
            continue
        if preset == Preset.ADMIN or set(levels) == {PRESET_LEVELS.get(preset)} - {None}:
            return preset
    return None
