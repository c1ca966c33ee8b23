"""Asset groups: ad accounts bundled so that people get all of them at once, and lose them so."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import BusinessCenter, Membership, User
from accounts.services import record_activity
from accounts.services.acting import check_still_admin
from accounts.services.members import lock_members
from adaccounts.models import AdAccount, AssetGroup, AssetGroupMember
from adaccounts.permissions import Level
from adaccounts.queries import accounts_within_reach
from bizcenter.lib.errors import DomainError

from .materialising import materialise

MOST_ACCOUNTS, MOST_MEMBERS = 500, 200


class InvalidGroup(DomainError):
    code = "invalid_group"


@transaction.atomic
def create_asset_group(
    *,
    business_center: BusinessCenter,
    name: str,
    ad_accounts: Collection[AdAccount],
    members: Mapping[Membership, Level],
    actor: User | None,
    at: datetime,
) -> AssetGroup:
    """The members have these levels in all the ad accounts, beside what they had already; in
    accounts of partners not above the level at which these are shared.

    Raises InvalidGroup for a name that is taken, accounts and members of others, and too many.
    """
    _check_name(business_center, name)
    check_still_admin(business_center, actor)
    group = AssetGroup.objects.create(
        business_center=business_center, name=name.strip(), created_at=at
    )
    _put_accounts(group, ad_accounts)
    _put_members(group, members)
    materialise(group, actor=actor, at=at)
    after = {"ad_accounts": len(ad_accounts), "members": len(members)}
    _record(group, "create_asset_group", f"Created the asset group {group.name}", actor, at, after)
    return group


@transaction.atomic
def rename_asset_group(
    *, group: AssetGroup, name: str, actor: User | None, at: datetime
) -> AssetGroup:
    """The group has this name. Raises InvalidGroup."""
    row = _locked(group, actor)
    before = row.name
    if name.strip() != before:
        _check_name(row.business_center, name, row)
        row.name = name.strip()
        row.save(update_fields=["name"])
        said = f"Renamed the asset group {before} to {row.name}"
        _record(row, "rename_asset_group", said, actor, at, {"name": row.name}, {"name": before})
    return row


@transaction.atomic
def add_to_asset_group(
    *,
    group: AssetGroup,
    ad_accounts: Collection[AdAccount] = (),
    members: Mapping[Membership, Level] | None = None,
    actor: User | None,
    at: datetime,
) -> None:
    """The ad accounts are in the group, and the members at these levels, also where they were at
    others. Raises InvalidGroup and, for a lowered last Admin, LastAccountAdmin."""
    row = _locked(group, actor)
    _put_accounts(row, ad_accounts)
    _put_members(row, members or {})
    materialise(row, actor=actor, at=at)
    names = [each.name for each in ad_accounts]
    names += [f"{each.user} as {level.label}" for each, level in (members or {}).items()]
    said = f"Added to the asset group {row.name}: {', '.join(names)}"
    _record(row, "change_asset_group", said, actor, at, {"added": names[:20]})


@transaction.atomic
def take_from_asset_group(
    *,
    group: AssetGroup,
    ad_accounts: Collection[AdAccount] = (),
    members: Collection[Membership] = (),
    actor: User | None,
    at: datetime,
) -> None:
    """They are not in the group any more and lose what it gave; what was given directly stays.

    Raises LastAccountAdmin when nobody could manage an ad account's people any more.
    """
    row = _locked(group, actor)
    row.ad_accounts.remove(*ad_accounts)
    row.members.filter(membership__in=members).delete()
    materialise(row, actor=actor, at=at)
    names = [*[each.name for each in ad_accounts], *[str(each.user) for each in members]]
    said = f"Took from the asset group {row.name}: {', '.join(names)}"
    _record(row, "change_asset_group", said, actor, at, {}, {"taken": names[:20]})


@transaction.atomic
def delete_asset_group(*, group: AssetGroup, actor: User | None, at: datetime) -> None:
    """The group is gone, and what it gave with it. Raises LastAccountAdmin."""
    row = _locked(group, actor)
    materialise(row, actor=actor, at=at, is_ending=True)
    _record(row, "delete_asset_group", f"Deleted the asset group {row.name}", actor, at, {})
    row.delete()


def _locked(group: AssetGroup, actor: User | None) -> AssetGroup:
    """The members as well: who is removed meanwhile must not keep what the group gives. Raises
    NotAdminAnyMore."""
    lock_members(group.business_center)
    check_still_admin(group.business_center, actor)
    rows = AssetGroup.objects.select_related("business_center")
    return rows.select_for_update(of=("self",)).get(pk=group.pk)


def _check_name(
    business_center: BusinessCenter, name: str, group: AssetGroup | None = None
) -> None:
    # Two Admins must not give two groups one name at once.
    BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)
    wanted = name.strip()
    if not wanted or len(wanted) > 100:
        raise InvalidGroup("Give the group a name of up to 100 characters.", field="name")
    others = AssetGroup.objects.filter(business_center=business_center, name__iexact=wanted)
    if (others.exclude(pk=group.pk) if group else others).exists():
        raise InvalidGroup(f"There is an asset group named “{wanted}” already.", field="name")


def _put_accounts(group: AssetGroup, ad_accounts: Collection[AdAccount]) -> None:
    wanted = {account.pk for account in ad_accounts}
    known = accounts_within_reach(group.business_center).filter(pk__in=wanted)
    if wanted - set(known.values_list("pk", flat=True)):
        raise InvalidGroup("Choose ad accounts of this Business Center.", field="ad_accounts")
    group.ad_accounts.add(*wanted)
    if group.ad_accounts.count() > MOST_ACCOUNTS:
        raise InvalidGroup(f"A group holds at most {MOST_ACCOUNTS} ad accounts.")


def _put_members(group: AssetGroup, members: Mapping[Membership, Level]) -> None:
    if any(each.business_center_id != group.business_center_id for each in members):
        raise InvalidGroup("Choose members of this Business Center.", field="members")
    AssetGroupMember.objects.bulk_create(
        [
            AssetGroupMember(group=group, membership=each, level=level.value)
            for each, level in members.items()
        ],
        update_conflicts=True,
        unique_fields=["group", "membership"],
        update_fields=["level"],
    )
    if group.members.count() > MOST_MEMBERS:
        raise InvalidGroup(f"A group holds at most {MOST_MEMBERS} members.")


def _record(
    group: AssetGroup,
    action: str,
    said: str,
    actor: User | None,
    at: datetime,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    record_activity(
        business_center=group.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=said,
        reference=f"asset_group:{group.pk}",
        label=group.name,
        before=before,
        after=after,
    )
