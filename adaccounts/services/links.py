"""Asking the owner of an ad account for access to it, and the owner's answer."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import BusinessCenter, Topic, User
from accounts.queries import admins_of
from accounts.services import notify, record_activity
from adaccounts.models import AccountShare, AdAccount, LinkRequest
from adaccounts.permissions import Level
from bizcenter.lib.errors import DomainError

from .sharing import share_account

MOST_OPEN = 20
MOST_A_DAY = 40  # of practice time, withdrawn ones included: each is news and mail to the owner
State = LinkRequest.State


class CannotLink(DomainError):
    """The ad account cannot be asked for: unknown, one's own, linked or asked for already."""

    code = "cannot_link"


class AlreadyDecided(DomainError):
    """A request, for a link or for access, was answered or withdrawn before."""

    code = "already_decided"


@transaction.atomic
def request_link(
    *,
    business_center: BusinessCenter,
    ad_account_id: int,
    level: Level,
    note: str,
    actor: User | None,
    at: datetime,
) -> LinkRequest:
    """The owner's Admins are asked to share the ad account at this level.

    Raises CannotLink for an unknown ID, one's own account, one that is linked or asked for already,
    for more than 20 open requests, and for more than 40 a day of a Business Center or a person.
    """
    account = _found(business_center, ad_account_id)
    _check_pace(business_center, actor, at)
    try:
        with transaction.atomic():
            request = LinkRequest.objects.create(
                business_center=business_center,
                ad_account=account,
                level=level.value,
                note=note.strip()[:300],
                requested_by=actor,
                requested_at=at,
            )
    except IntegrityError:
        raise _asked_already() from None
    _record(request, "request_link", f"{business_center.name} asked for access", actor, at)
    notify(
        users=admins_of(account.business_center),
        key=f"link_request:{request.pk}",
        topic=Topic.ACCESS,
        text=f"{business_center.name} asks for access to {account.name} as {level.label}.",
        at=at,
        url=reverse("adaccounts:decide_link", args=[account.business_center_id, request.pk]),
    )
    return request


@transaction.atomic
def decide_link(
    *, request: LinkRequest, approve: bool, level: Level, actor: User | None, at: datetime
) -> LinkRequest:
    """The owner has shared the ad account at this level, or declined; who asked knows.

    Raises AlreadyDecided.
    """
    row = _waiting(request)
    center, account = row.business_center, row.ad_account
    if approve:
        row.level = level.value
        share_account(
            ad_account=account, partner=center, level=level, actor=actor, at=at, is_told=True
        )
    _settle(row, State.APPROVED if approve else State.DECLINED, actor, at)
    owner = account.business_center.name
    said = (
        f"{owner} gave {center.name} access to {account.name} as {level.label}"
        if approve
        else f"{owner} declined {center.name}'s request for the ad account {account.pk}"
    )
    _record(row, "decide_link", said, actor, at)
    # Who asked and has left since is told nothing any more.
    asked_by = User.objects.filter(memberships__business_center=center, pk=row.requested_by_id or 0)
    notify(
        users={person.pk: person for person in (*admins_of(center), *asked_by)}.values(),
        key=f"link_decided:{row.pk}",
        topic=Topic.ACCESS,
        text=f"{said}.",
        at=at,
        url=reverse("adaccounts:link_requests", args=[center.pk]),
    )
    return row


@transaction.atomic
def withdraw_link(*, request: LinkRequest, actor: User | None, at: datetime) -> LinkRequest:
    """The request is taken back by who asked. Raises AlreadyDecided."""
    row = _waiting(request)
    _settle(row, State.WITHDRAWN, actor, at)
    said = f"{row.business_center.name} withdrew the request for the ad account {row.ad_account_id}"
    _record(row, "withdraw_link", said, actor, at)
    return row


def _found(business_center: BusinessCenter, ad_account_id: int) -> AdAccount:
    """The ad account, where it can be asked for."""
    account = AdAccount.objects.select_related("business_center").filter(pk=ad_account_id).first()
    if account is None:
        raise CannotLink(
            "There is no ad account with this ID. Ask its owner to copy it from the account's "
            "settings.",
            field="ad_account_id",
        )
    if account.business_center_id == business_center.pk:
        raise CannotLink(
            f"{account.name} is your own: you find it in the list.", field="ad_account_id"
        )
    shares = AccountShare.objects.filter(ad_account=account, partnership__partner=business_center)
    if shares.exists():
        raise CannotLink(f"{account.name} is linked already.", field="ad_account_id")
    BusinessCenter.objects.select_for_update(no_key=True).get(pk=business_center.pk)
    waiting = LinkRequest.objects.filter(business_center=business_center, state=State.PENDING)
    if waiting.filter(ad_account=account).exists():
        raise _asked_already()
    if waiting.count() >= MOST_OPEN:
        raise CannotLink(
            f"{MOST_OPEN} requests wait for an answer. Withdraw one before you ask again."
        )
    return account


def _check_pace(business_center: BusinessCenter, actor: User | None, at: datetime) -> None:
    """Else asking and withdrawing in turn would fill the mailboxes of strangers."""
    asking = Q(business_center=business_center)
    if actor is not None:
        asking |= Q(requested_by=actor)
    since = at - timedelta(days=1)
    if LinkRequest.objects.filter(asking, requested_at__gt=since).count() >= MOST_A_DAY:
        raise CannotLink(
            f"Too many requests: {MOST_A_DAY} can be sent in a day. Try again tomorrow."
        )


def _asked_already() -> CannotLink:
    return CannotLink(
        "You have asked for this ad account already; its owner has not answered yet.",
        field="ad_account_id",
    )


def _waiting(request: LinkRequest) -> LinkRequest:
    rows = LinkRequest.objects.select_related(
        "business_center", "ad_account__business_center", "requested_by"
    )
    row = rows.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != State.PENDING:
        raise AlreadyDecided(f"This request is {row.get_state_display().lower()} already.")
    return row


def _settle(row: LinkRequest, state: LinkRequest.State, actor: User | None, at: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, actor, at
    row.save(update_fields=["state", "level", "decided_by", "decided_at"])


def _record(request: LinkRequest, action: str, said: str, actor: User | None, at: datetime) -> None:
    """In the owner's log and in that of who asked, who learns the account's name with access to it
    and not before."""
    account = request.ad_account
    is_open = request.state == State.APPROVED
    for center, label in (
        (account.business_center, account.name),
        (request.business_center, account.name if is_open else str(account.pk)),
    ):
        record_activity(
            business_center=center,
            actor=actor,
            at=at,
            action=action,
            summary=said,
            reference=f"ad_account:{account.pk}",
            label=label,
            ad_account_id=account.pk,
            after={
                "business_center": request.business_center.name,
                "level": request.level,
                "state": request.state,
            },
        )
