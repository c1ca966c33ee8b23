"""Taking grants of many people in many ad accounts away at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from accounts.services import record_activities
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import level_of

from .placing import level_entry


class Lost(NamedTuple):
    """What one person had in one ad account, from the source that is taken away."""

    user_id: int
    ad_account_id: int
    codenames: frozenset[str]


def take_away(
    grants: QuerySet[AdAccountUserObjectPermission], *, actor: User | None, at: datetime
) -> list[Lost]:
    """These grants are gone, and the log of each account's owner says so for every person; from
    then on the person is told that the access was removed. Callers check that they may."""
    held: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = grants.order_by().values_list("user_id", "content_object_id", "permission__codename")
    for user_id, account_id, codename in rows:
        held[user_id, account_id].add(codename)
    if not held:
        return []
    lost = [Lost(*key, frozenset(codenames)) for key, codenames in sorted(held.items())]
    grants.delete()
    log_losses(lost, actor=actor, at=at)
    return lost


def log_losses(lost: Iterable[Lost], *, actor: User | None, at: datetime) -> None:
    """One entry for each person and ad account."""
    lost = list(lost)
    people = User.objects.in_bulk({each.user_id for each in lost})
    accounts = AdAccount.objects.in_bulk({each.ad_account_id for each in lost})
    record_activities(
        level_entry(
            accounts[each.ad_account_id],
            people[each.user_id],
            level_of(set(each.codenames)),
            None,
            actor,
            at,
        )
        for each in lost
    )
