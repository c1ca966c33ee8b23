"""The door of every Business Center page: may who is asking come in?

The decorators take the id out of the view's arguments and hand the view a request that carries
what was loaded: `@business_required(...)` turns the id into `request.business_center`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from accounts import queries
from accounts.models import Membership, User
from accounts.permissions import BusinessPermission, permissions_of

from .deciding import decide_business, note_presence
from .refusals import AccessRemoved, business_permission_needed, removed_or_unknown
from .requests import BusinessRequest, UserRequest, View
from .signing_in import signed_in

RUN_CLOCK = "run_clock"
LAST_BUSINESS = "business_center"
# In the session: whose practice mail a visitor may read before the first sign-in.
SIGNED_UP_AS = "signed_up_as"


def load_membership(
    user: User, business_center_id: int, permission: BusinessPermission | None
) -> Membership:
    """The person's membership there. Raises Http404 for strangers, AccessRemoved for former
    members and PermissionNeeded for members without the permission."""
    decision = decide_business(user, business_center_id, permission)
    membership = decision.membership
    if decision.ended is not None:
        raise AccessRemoved(decision.ended.business_center.name)
    if membership is None:
        raise removed_or_unknown(user, business_center_id=business_center_id)
    if permission is not None and not decision.allowed:
        raise business_permission_needed(membership.business_center, permission)
    note_presence(membership)
    return membership


def nav_permissions_of(user: User, membership: Membership | None) -> set[str]:
    """What the menus may offer this person here."""
    found: set[str] = set(permissions_of(membership))
    if user.is_trainer:
        found.add(RUN_CLOCK)
    return found


def business_required(permission: BusinessPermission | None = None) -> Callable[[View], View]:
    """For paths with <business_center_id>; None lets every member in.

    The view is called without the id and finds request.business_center, .membership and
    .nav_permissions.
    """

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def wrapped(
            request: BusinessRequest, *args: Any, business_center_id: int, **kwargs: Any
        ) -> HttpResponseBase:
            membership = load_membership(request.user, business_center_id, permission)
            request.membership = membership
            request.business_center = membership.business_center
            request.nav_permissions = nav_permissions_of(request.user, membership)
            if request.session.get(LAST_BUSINESS) != business_center_id:
                request.session[LAST_BUSINESS] = business_center_id
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def last_membership(request: UserRequest) -> Membership | None:
    """The Business Center the person was in last; else their first one."""
    found = list(queries.memberships_of(request.user))
    last = request.session.get(LAST_BUSINESS)
    return next(
        (row for row in found if row.business_center_id == last), found[0] if found else None
    )


def own_page(view: View) -> View:
    """For pages of the person rather than of a Business Center, such as notifications; the frame
    shows the Business Center they came from, if they have one."""

    @signed_in
    @wraps(view)
    def wrapped(request: BusinessRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        membership = last_membership(request)
        if membership is not None:
            request.membership = membership
            request.business_center = membership.business_center
        request.nav_permissions = nav_permissions_of(request.user, membership)
        return view(request, *args, **kwargs)

    return wrapped
