"""Turning an asset group into grants: each member has the group's level in each of its accounts."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetGroup,
)
from adaccounts.permissions import Level, Permission

from .grants import LastAccountAdmin
from .placing import permission_rows
from .taking import Lost, log_losses

_BATCH = 2_000
Grant = AdAccountUserObjectPermission


class _Key(NamedTuple):
    user_id: int
    ad_account_id: int
    codename: str


def materialise(
    group: AssetGroup, *, actor: User | None, at: datetime, is_ending: bool = False
) -> None:
    """The grants that come from the group are exactly what it says, nothing when it is ending;
    grants from elsewhere stay as they are. A fixed number of queries, whatever its size.

    Raises LastAccountAdmin when an ad account would have nobody to manage its people.
    """
    wanted = set() if is_ending else _wanted(group)
    rows = Grant.objects.filter(group=group)
    found = {
        _Key(user_id, account_id, codename): key
        for key, user_id, account_id, codename in rows.values_list(
            "pk", "user_id", "content_object_id", "permission__codename"
        )
    }
    gone = found.keys() - wanted
    Grant.objects.filter(pk__in=[found[key] for key in gone]).delete()
    _create(group, wanted - found.keys())
    _keep_managers(group, gone)
    _log(gone, wanted, actor, at)


def _wanted(group: AssetGroup) -> set[_Key]:
    """A partner's account never above the level at which it is shared."""
    ceilings = _ceilings(group)
    return {
        _Key(user_id, account_id, permission.value)
        for user_id, level in group.members.values_list("membership__user_id", "level")
        for account_id, ceiling in ceilings.items()
        for permission in min(Level(level), ceiling, key=lambda each: each.rank).permissions
    }


def _ceilings(group: AssetGroup) -> dict[int, Level]:
    """{ad account id: the most the group's people may have}; what is not shared any more is out."""
    accounts = list(group.ad_accounts.values_list("pk", "business_center_id"))
    shares = AccountShare.objects.filter(
        partnership__partner=group.business_center_id, ad_account__in=[pk for pk, _ in accounts]
    ).select_for_update(of=("self",), no_key=True)
    ceilings = {share.ad_account_id: Level(share.level) for share in shares.order_by("pk")}
    own = {pk: Level.ADMIN for pk, owner in accounts if owner == group.business_center_id}
    return ceilings | own


def _create(group: AssetGroup, keys: set[_Key]) -> None:
    permissions = permission_rows() if keys else {}
    Grant.objects.bulk_create(
        (
            Grant(
                content_object_id=key.ad_account_id,
                user_id=key.user_id,
                permission=permissions[key.codename],
                through_id=group.business_center_id,
                group=group,
            )
            for key in sorted(keys)
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _keep_managers(group: AssetGroup, gone: set[_Key]) -> None:
    manage = Permission.MANAGE_ACCOUNT.value
    touched = {key.ad_account_id for key in gone if key.codename == manage}
    own = AdAccount.objects.filter(business_center=group.business_center_id, pk__in=touched)
    # The lock keeps two Admins from taking each other's last account away at once.
    list(own.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    managed = Grant.objects.filter(
        through=group.business_center_id,
        content_object__in=touched,
        permission__codename=manage,
    )
    left_alone = own.exclude(pk__in=managed.values("content_object_id")).first()
    if left_alone is not None:
        raise LastAccountAdmin(
            f"Without this group {left_alone.name} has no Admin. Make somebody Admin of it first."
        )


def _log(gone: set[_Key], wanted: set[_Key], actor: User | None, at: datetime) -> None:
    """People who lose all the group gave them in an account; a change of level is in the group's
    own entry."""
    kept = {(key.user_id, key.ad_account_id) for key in wanted}
    lost: dict[tuple[int, int], set[str]] = defaultdict(set)
    for key in gone:
        if (key.user_id, key.ad_account_id) not in kept:
            lost[key.user_id, key.ad_account_id].add(key.codename)
    if lost:
        rows = [Lost(*pair, frozenset(names)) for pair, names in sorted(lost.items())]
        log_losses(rows, actor=actor, at=at)
