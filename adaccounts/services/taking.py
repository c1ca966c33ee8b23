"""Taking grants of many people in many ad accounts away at once, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import ActivityEntry, User
from accounts.services.activity import SYSTEM
from adaccounts.models import AdAccount, AdAccountUserObjectPermission
from adaccounts.permissions import level_of
from bizcenter.lib import origin

_BATCH = 2_000


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
    ActivityEntry.objects.bulk_create(
        (
            _entry(accounts[each.ad_account_id], people[each.user_id], each, actor, at)
            for each in lost
        ),
        batch_size=_BATCH,
    )


def _entry(
    account: AdAccount, person: User, lost: Lost, actor: User | None, at: datetime
) -> ActivityEntry:
    return ActivityEntry(
        business_center_id=account.business_center_id,
        actor=actor,
        actor_label=str(actor) if actor else SYSTEM,
        at=at,
        action="revoke_access",
        summary=f"Took {person}'s access to {account.name} away"[:300],
        reference=f"ad_account:{account.pk}",
        label=account.name,
        ad_account_id=account.pk,
        subject_id=person.pk,
        before={"person": str(person), "level": level_of(set(lost.codenames))},
        after={"person": str(person), "level": None},
        ip_address=origin.address(),
    )
