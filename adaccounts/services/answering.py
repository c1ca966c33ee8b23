"""Deciding what people ask for: approving gives the least that contains it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import BusinessCenter, Membership, Topic, User
from accounts.permissions import BusinessPermission
from accounts.queries import membership_of
from accounts.services import NotAMember, notify
from accounts.services.members import lock_members
from adaccounts.models import (
    AccessRequest,
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetShare,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import (
    AssetPermission,
    AssetRole,
    Level,
    Permission,
    assets_visible_to,
    permissions_in,
)
from adaccounts.queries.asking import least_level, least_role, wish_of
from adaccounts.queries.held import access_of, direct_level
from bizcenter.lib.errors import DomainError

from .asking import record_request
from .asset_grants import grant_asset
from .assets import InvalidAsset
from .grants import grant_access
from .links import AlreadyDecided
from .partners import share_asset
from .people import change_person
from .sharing import share_account

State = AccessRequest.State


class OwnRequest(DomainError):
    code = "own_request"


@transaction.atomic
def approve_request(*, request: AccessRequest, actor: User, at: datetime) -> AccessRequest:
    """The person may do what they asked for, by the lowest level or role that contains it, and
    knows. For a partner's person the share is raised as far as that needs.

    Raises OwnRequest, AlreadyDecided, NotAMember, InvalidAsset for an asset that was removed, and
    what granting raises.
    """
    row = _decide(request, State.APPROVED, actor, at)
    if row.ad_account is not None:
        _grant_account(row, row.ad_account, Permission(row.permission), actor, at)
    elif row.asset is not None:
        _grant_asset(row, row.asset, AssetPermission(row.permission), actor, at)
    else:
        _grant_business(row, BusinessPermission(row.permission), actor, at)
    said = f"{actor} gave you “{wish_of(row).label}” in {row.place}."
    _answer(row, said, actor, at)
    return row


@transaction.atomic
def decline_request(
    *, request: AccessRequest, actor: User, at: datetime, note: str = ""
) -> AccessRequest:
    """The request is over and the person knows, with the note.

    Raises OwnRequest and AlreadyDecided.
    """
    row = _decide(request, State.DECLINED, actor, at)
    reason = f" {note.strip()}" if note.strip() else ""
    said = f"{actor} declined your request for “{wish_of(row).label}” in {row.place}.{reason}"
    _answer(row, said, actor, at)
    return row


def _decide(
    request: AccessRequest, state: AccessRequest.State, actor: User, at: datetime
) -> AccessRequest:
    # In the order in which who removes the person locks.
    lock_members(request.business_center)
    row = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related(
            "business_center",
            "ad_account__business_center",
            "asset__business_center",
            "person",
            "decided_by",
        )
        .get(pk=request.pk)
    )
    if row.person_id == actor.pk:
        raise OwnRequest("Somebody else has to decide what you ask for.")
    if row.state != State.PENDING:
        who = row.decided_by or "Nobody"
        raise AlreadyDecided(f"{who} {row.get_state_display().lower()} this request already.")
    row.state, row.decided_by, row.decided_at = state, actor, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row


def _grant_business(
    row: AccessRequest, permission: BusinessPermission, actor: User, at: datetime
) -> None:
    membership = (
        Membership.objects.select_related("user", "business_center")
        .filter(user=row.person, business_center=row.business_center)
        .first()
    )
    if membership is None:
        raise NotAMember(f"{row.person} is not a member of {row.business_center.name} any more.")
    access = access_of(membership)
    raised = access.standing.raised_to(permission)
    if raised != access.standing:
        change_person(
            membership=membership, access=replace(access, standing=raised), actor=actor, at=at
        )


def _grant_account(
    row: AccessRequest, account: AdAccount, permission: Permission, actor: User, at: datetime
) -> None:
    if permission.value in permissions_in(row.person, account.pk):
        return
    grants = AdAccountUserObjectPermission.objects.filter(user=row.person, content_object=account)
    level, source = least_level(permission), _source(row, grants)
    if source.pk != account.business_center_id:
        share = AccountShare.objects.filter(ad_account=account, partnership__partner=source).first()
        if share is None:
            raise NotAMember(f"{account.name} is not shared with {source.name} any more.")
        if Level(share.level).rank < level.rank:
            share_account(ad_account=account, partner=source, level=level, actor=actor, at=at)
    held = direct_level(account, row.person, source)
    if held is None or held.rank < level.rank:
        grant_access(
            ad_account=account, user=row.person, level=level, actor=actor, at=at, through=source
        )


def _grant_asset(
    row: AccessRequest, asset: BusinessAsset, permission: AssetPermission, actor: User, at: datetime
) -> None:
    # Whoever removes the asset at this moment has done so, or takes away what is given here.
    locked = BusinessAsset.objects.select_for_update(no_key=True).get(pk=asset.pk)
    if locked.removed_at is not None:
        raise InvalidAsset(f"{asset.name} was removed.")
    if assets_visible_to(row.person, permission).filter(pk=asset.pk).exists():
        return
    grants = BusinessAssetUserObjectPermission.objects.filter(user=row.person, content_object=asset)
    role, source = least_role(permission), _source(row, grants)
    if source.pk != asset.business_center_id:
        share = AssetShare.objects.filter(asset=asset, partnership__partner=source).first()
        if share is None:
            raise NotAMember(f"{asset.name} is not shared with {source.name} any more.")
        if not role.permissions <= AssetRole(share.role).permissions:
            share_asset(asset=asset, partner=source, role=role, actor=actor, at=at)
    grant_asset(asset=asset, user=row.person, role=role, actor=actor, at=at, through=source)


def _source(row: AccessRequest, grants: QuerySet[Any]) -> BusinessCenter:
    """As whose member the person comes: the owner's if they are one, else the partner's through
    which one of the grants came."""
    if membership_of(row.person, row.business_center) is not None:
        return row.business_center
    found = BusinessCenter.objects.filter(
        pk__in=grants.values("through_id"), memberships__user=row.person
    ).first()
    if found is None:
        raise NotAMember(f"{row.person} cannot enter {row.place} at all any more.")
    return found


def _answer(row: AccessRequest, said: str, actor: User, at: datetime) -> None:
    verb = "approve" if row.state == State.APPROVED else "decline"
    wish = wish_of(row).label
    summary = f"{verb.capitalize()}d {row.person}'s request for “{wish}”"
    record_request(row, f"{verb}_access_request", summary, actor, at)
    is_open = row.state == State.APPROVED
    notify(
        users=[row.person],
        key=f"access_request:{row.pk}:{row.state}",
        topic=Topic.ACCESS,
        text=said,
        url=_way_in(row) if is_open else "",
        at=at,
    )


def _way_in(row: AccessRequest) -> str:
    if row.ad_account_id is not None:
        return reverse("reporting:account_overview", args=[row.ad_account_id])
    if row.asset_id is not None:
        return reverse("adaccounts:asset", args=[row.asset_id])
    return reverse("reporting:business_overview", args=[row.business_center_id])
