"""May this person do this in this ad account, and by which rule?

A grant counts while the person is a member of the Business Center through which it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.access import Rule
from accounts.models import Membership, User
from accounts.queries.presence import memberships_now, time_at
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import AssetPermission, Permission


@dataclass(frozen=True)
class Source:
    """Where a permission comes from: as a member of `through`, by a group or directly."""

    permission: str
    through_id: int
    group_id: int | None


@dataclass(frozen=True)
class Decision:
    """`held` is all that the person may do in the ad account. `membership` is the one in its owner;
    `present` are those through which they may enter; `has_ended` says that one was until now."""

    ad_account: AdAccount
    permission: Permission
    allowed: bool
    rule: Rule
    held: frozenset[str] = frozenset()
    sources: tuple[Source, ...] = ()
    membership: Membership | None = None
    present: tuple[Membership, ...] = ()
    has_ended: bool = False

    @property
    def is_owners_manager(self) -> bool:
        """Whether the person manages the ad account as a member of its owner, not of a partner."""
        owner = self.ad_account.business_center_id
        manage = Permission.MANAGE_ACCOUNT.value
        return any(each.permission == manage and each.through_id == owner for each in self.sources)

    @property
    def is_stranger(self) -> bool:
        """Such people must not learn that the ad account exists."""
        return not self.held and self.membership is None


def decide(user: User, ad_account: AdAccount, permission: Permission) -> Decision:
    """Whether the person holds the permission there. Two queries."""
    grants = AdAccountUserObjectPermission.objects.filter(user=user, content_object=ad_account)
    found = [
        Source(*row) for row in grants.values_list("permission__codename", "through_id", "group_id")
    ]
    owner = ad_account.business_center_id
    places = {owner, *(source.through_id for source in found)}
    members = {row.business_center_id: row for row in memberships_now(user, places)}
    present = {key: row for key, row in members.items() if not row.has_ended(time_at(row))}
    counting = tuple(source for source in found if source.through_id in present)
    held = frozenset(source.permission for source in counting)
    is_held = permission.value in held
    return Decision(
        ad_account=ad_account,
        permission=permission,
        allowed=is_held,
        rule=Rule.GRANT if is_held else _refusal(held, owner in present, bool(members)),
        held=held,
        sources=counting,
        membership=present.get(owner),
        present=tuple(present.values()),
        has_ended=any(source.through_id in members.keys() - present.keys() for source in found),
    )


def _refusal(held: frozenset[str], is_member: bool, was_member: bool) -> Rule:
    if held:
        return Rule.LEVEL_TOO_LOW
    if is_member:
        return Rule.NO_LEVEL
    return Rule.ACCESS_ENDED if was_member else Rule.NOT_A_MEMBER


@dataclass(frozen=True)
class AssetDecision:
    """`sides` says by which membership the person may do what with the asset, the owner's first.
    `membership` is the one in its owner; `has_ended` says that one was until now."""

    allowed: bool
    rule: Rule
    sides: Mapping[str, Membership] = field(default_factory=dict)
    membership: Membership | None = None
    has_ended: bool = False

    @property
    def is_stranger(self) -> bool:
        """Such people must not learn that the asset exists."""
        return not self.sides and self.membership is None


def decide_asset(user: User, asset: BusinessAsset, permission: AssetPermission) -> AssetDecision:
    """Whether the person holds the permission on the asset. Two queries."""
    grants = BusinessAssetUserObjectPermission.objects.filter(user=user, content_object=asset)
    found = list(grants.values_list("permission__codename", "through_id"))
    places = {asset.business_center_id, *(through for _, through in found)}
    members = {row.business_center_id: row for row in memberships_now(user, places)}
    present = {key: row for key, row in members.items() if not row.has_ended(time_at(row))}
    owner = asset.business_center_id
    counting = [(codename, key) for codename, key in found if key in present]
    counting.sort(key=lambda each: (each[1] != owner, each[1]), reverse=True)
    sides = {codename: present[key] for codename, key in counting}
    is_held = permission.value in sides
    refusal = _refusal(frozenset(sides), owner in present, bool(members))
    return AssetDecision(
        allowed=is_held,
        rule=Rule.GRANT if is_held else refusal,
        sides=sides,
        membership=present.get(owner),
        has_ended=any(through in members.keys() - present.keys() for _, through in found),
    )
