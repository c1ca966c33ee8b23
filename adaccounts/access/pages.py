"""The door of an ad account's pages and calls.

The decorators take `ad_account_id` out of the view's arguments; the view finds what was loaded on
its request.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.access import (
    LAST_BUSINESS,
    AccessRemoved,
    PermissionNeeded,
    UserRequest,
    View,
    business_permission_needed,
    nav_permissions_of,
    note_presence,
    removed_or_unknown,
    signed_in,
)
from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import BusinessPermission, permissions_of
from adaccounts import queries
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission

from .deciding import Decision, decide


class AdAccountRequest(UserRequest):
    """A request that came in by `ad_account_required` or `finance_required`."""

    ad_account: AdAccount
    account_permissions: set[str]
    is_owners_manager: bool
    business_center: BusinessCenter
    membership: Membership | None
    nav_permissions: set[str]
    # Of a partner's people: their own Business Center, which the menu goes on showing.
    frame_membership: Membership | None
    frame_permissions: set[str]


def load_ad_account(user: User, ad_account_id: int, permission: Permission) -> AdAccount:
    """The ad account, for somebody who holds the permission there.

    Raises Http404 for strangers and PermissionNeeded for people who may see it but not do this.
    """
    return _load(user, ad_account_id, permission).ad_account


def load_for_finance(user: User, ad_account_id: int, permission: BusinessPermission) -> AdAccount:
    """The ad account, for somebody whose membership in its owner gives this finance right.

    Raises Http404 for strangers and PermissionNeeded for members and partners without it.
    """
    return _load_finance(user, ad_account_id, permission).ad_account


def _find(ad_account_id: int) -> AdAccount:
    account = AdAccount.objects.select_related("business_center").filter(pk=ad_account_id).first()
    if account is None:
        raise Http404
    return account


def _load(user: User, ad_account_id: int, permission: Permission) -> Decision:
    account = _find(ad_account_id)
    decision = decide(user, account, permission)
    if decision.is_stranger:
        raise _turned_away(user, decision)
    if not decision.allowed:
        raise _needed(account, permission)
    return _enter(decision)


def _turned_away(user: User, decision: Decision) -> Http404 | AccessRemoved:
    """Whose access has just ended is told so, before and after the task removed them."""
    account = decision.ad_account
    if decision.has_ended:
        return AccessRemoved(account.name)
    return removed_or_unknown(
        user,
        business_center_id=account.business_center_id,
        ad_account_id=account.pk,
        existing_since=account.created_at,
    )


def _needed(account: AdAccount, permission: Permission) -> PermissionNeeded:
    return PermissionNeeded(
        needed=permission.label,
        place=account.name,
        granters=[str(person) for person in queries.own_managers_of(account)],
        permission=permission.value,
        business_center_id=account.business_center_id,
        ad_account_id=account.pk,
    )


def _enter(decision: Decision) -> Decision:
    for membership in decision.present:
        note_presence(membership)
    return decision


def _frame(request: AdAccountRequest, decision: Decision) -> None:
    """Who is no member of the owner keeps the menu of the Business Center they came from."""
    if decision.membership is not None or not decision.present:
        return
    last = request.session.get(LAST_BUSINESS)
    here = [row for row in decision.present if row.business_center_id == last]
    request.frame_membership = (here or decision.present)[0]
    request.frame_permissions = nav_permissions_of(request.user, request.frame_membership)


def _load_finance(user: User, ad_account_id: int, permission: BusinessPermission) -> Decision:
    account = _find(ad_account_id)
    decision = decide(user, account, Permission.VIEW_REPORTS)
    if decision.is_stranger:
        raise _turned_away(user, decision)
    if permission not in permissions_of(decision.membership):
        raise business_permission_needed(
            account.business_center, permission, may_ask=decision.membership is not None
        )
    return _enter(decision)


def _entering(
    load: Callable[..., Decision],
    permission: Permission | BusinessPermission,
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def wrapped(
            request: AdAccountRequest, *args: Any, ad_account_id: int, **kwargs: Any
        ) -> HttpResponseBase:
            found = load(request.user, ad_account_id, permission)
            request.ad_account = found.ad_account
            request.account_permissions = held = set(found.held)
            request.business_center = found.ad_account.business_center
            request.membership = found.membership
            request.is_owners_manager = found.is_owners_manager
            request.nav_permissions = held | nav_permissions_of(request.user, found.membership)
            _frame(request, found)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def ad_account_required(permission: Permission) -> Callable[[View], View]:
    """For paths with <ad_account_id>: see `load_ad_account`."""
    return _entering(_load, permission)


def finance_required(permission: BusinessPermission) -> Callable[[View], View]:
    """For the money pages of an ad account: see `load_for_finance`."""
    return _entering(_load_finance, permission)
