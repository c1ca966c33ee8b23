"""Asking for a permission, and deciding it: approving gives the least that contains it."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import BusinessCenter, Membership, Topic, User
from accounts.permissions import BusinessPermission, permissions_of
from accounts.queries import admins_of, membership_of
from accounts.services import notify, record_activity
from adaccounts.models import (
    AccessRequest,
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
)
from adaccounts.permissions import Level, Permission, permissions_in
from adaccounts.queries import own_managers_of
from adaccounts.queries.asking import least_level, place_of, wish_of
from adaccounts.queries.held import access_of, direct_level
from bizcenter.lib.errors import DomainError

from .grants import NotAMember, grant_access
from .links import AlreadyDecided
from .people import change_person
from .sharing import share_account

State = AccessRequest.State


class AlreadyAllowed(DomainError):
    code = "already_allowed"


class OwnRequest(DomainError):
    code = "own_request"


@transaction.atomic
def ask_for_access(
    *,
    user: User,
    permission: Permission | BusinessPermission,
    business_center: BusinessCenter,
    ad_account: AdAccount | None = None,
    about: str = "",
    note: str = "",
    at: datetime,
) -> AccessRequest:
    """Those who can grant it know what the person wants to do; asking again changes nothing while
    the first request waits. Callers check that the person may know the place.

    Raises AlreadyAllowed.
    """
    wanted = {
        "business_center": business_center,
        "ad_account": ad_account,
        "person": user,
        "permission": permission.value,
    }
    if _holds(user, permission, business_center, ad_account):
        raise AlreadyAllowed("You have this permission already. Open the page again.")
    waiting = AccessRequest.objects.filter(**wanted, state=State.PENDING)
    if (found := waiting.first()) is not None:
        return found
    try:
        with transaction.atomic():
            asked = AccessRequest.objects.create(
                **wanted, about=about.strip()[:200], note=note.strip()[:300], asked_at=at
            )
    except IntegrityError:
        return waiting.get()
    _record(asked, "ask_for_access", f"{user} asked for “{permission.label}”", user, at)
    what = f" to: {asked.about}" if asked.about else ""
    notify(
        users=deciders_of(asked),
        key=f"access_request:{asked.pk}",
        topic=Topic.ACCESS,
        text=f"{user} asks for “{permission.label}” in {place_of(asked)}{what}.",
        url=reverse("adaccounts:request_list", args=[business_center.pk]),
        at=at,
    )
    return asked


@transaction.atomic
def approve_request(*, request: AccessRequest, actor: User, at: datetime) -> AccessRequest:
    """The person may do what they asked for, by the lowest level or role that contains it, and
    knows. For a partner's person the share is raised as far as that needs.

    Raises OwnRequest, AlreadyDecided, NotAMember and what granting raises.
    """
    row = _decide(request, State.APPROVED, actor, at)
    if row.ad_account is None:
        _grant_business(row, BusinessPermission(row.permission), actor, at)
    else:
        _grant_account(row, row.ad_account, Permission(row.permission), actor, at)
    said = f"{actor} gave you “{wish_of(row).label}” in {place_of(row)}."
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
    said = f"{actor} declined your request for “{wish_of(row).label}” in {place_of(row)}.{reason}"
    _answer(row, said, actor, at)
    return row


def deciders_of(request: AccessRequest) -> list[User]:
    """The Admins of the Business Center, and for an ad account also its own managers."""
    found = {person.pk: person for person in admins_of(request.business_center)}
    if request.ad_account is not None:
        found |= {person.pk: person for person in own_managers_of(request.ad_account)}
    found.pop(request.person_id, None)
    return list(found.values())


def _holds(
    user: User,
    permission: Permission | BusinessPermission,
    business_center: BusinessCenter,
    ad_account: AdAccount | None,
) -> bool:
    if ad_account is not None:
        return permission.value in permissions_in(user, ad_account.pk)
    return permission in permissions_of(membership_of(user, business_center))


def _decide(
    request: AccessRequest, state: AccessRequest.State, actor: User, at: datetime
) -> AccessRequest:
    row = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("business_center", "ad_account__business_center", "person", "decided_by")
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
    level, source = least_level(permission), _source(row.person, account)
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


def _source(person: User, account: AdAccount) -> BusinessCenter:
    """As whose member the person comes: the owner's if they are one, else the partner's."""
    if membership_of(person, account.business_center) is not None:
        return account.business_center
    grants = AdAccountUserObjectPermission.objects.filter(user=person, content_object=account)
    found = BusinessCenter.objects.filter(
        Q(pk__in=grants.values("through_id")), memberships__user=person
    ).first()
    if found is None:
        raise NotAMember(f"{person} cannot enter {account.name} at all any more.")
    return found


def _answer(row: AccessRequest, said: str, actor: User, at: datetime) -> None:
    verb = "approve" if row.state == State.APPROVED else "decline"
    wish = wish_of(row).label
    summary = f"{verb.capitalize()}d {row.person}'s request for “{wish}”"
    _record(row, f"{verb}_access_request", summary, actor, at)
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
    if row.ad_account_id is None:
        return reverse("reporting:business_overview", args=[row.business_center_id])
    return reverse("reporting:account_overview", args=[row.ad_account_id])


def _record(row: AccessRequest, action: str, summary: str, actor: User, at: datetime) -> None:
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=f"access_request:{row.pk}",
        label=place_of(row),
        ad_account_id=row.ad_account_id,
        subject=row.person,
        after={"permission": row.permission, "about": row.about, "state": row.state},
    )
