"""The door of every Business Center page and of the API: who is asking, and may they?

The decorators take the id out of the view's arguments and hand the view a request that carries
what was loaded: `@business_required(...)` turns the id into `request.business_center`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import queries
from accounts.models import AccessToken, BusinessCenter, Membership, User
from accounts.permissions import BusinessPermission, permissions_of
from bizcenter.clock import queries as clock

View = Callable[..., HttpResponseBase]
RUN_CLOCK = "run_clock"
LAST_BUSINESS = "business_center"
# In the session: whose practice mail a visitor may read before the first sign-in.
SIGNED_UP_AS = "signed_up_as"


class PermissionNeeded(PermissionDenied):
    """Says which permission is missing and who can grant it; a page of its own shows that.

    `permission` and the ids say what the person may ask an Admin for; without them they cannot.
    """

    def __init__(
        self,
        *,
        needed: str,
        place: str,
        granters: list[str],
        permission: str = "",
        business_center_id: int | None = None,
        ad_account_id: int | None = None,
    ) -> None:
        self.needed, self.place = needed, place
        self.permission = permission
        self.business_center_id, self.ad_account_id = business_center_id, ad_account_id
        who = " or ".join(granters[:3]) or "an Admin"
        super().__init__(
            f"You need the permission “{needed}” in {place}. Ask {who} to give it to you."
        )


class AccessRemoved(PermissionDenied):
    """For people who could enter until somebody removed them; strangers are answered 404."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"Your access to {place} was removed.")


class UserRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    htmx: HtmxDetails


class BusinessRequest(UserRequest):
    """A request that came in by `business_required`."""

    business_center: BusinessCenter
    membership: Membership
    nav_permissions: set[str]


def signed_in(view: View) -> View:
    """Anonymous people sign in first; a fragment sends the whole page there."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        htmx = getattr(request, "htmx", None)
        if not htmx:
            return redirect_to_login(request.get_full_path())
        here = urlsplit(htmx.current_url or "/")
        page = f"{here.path}?{here.query}" if here.query else here.path
        return HttpResponseClientRedirect(redirect_to_login(page).url)

    wrapped.signed_in = True  # type: ignore[attr-defined]
    return wrapped


def load_membership(
    user: User, business_center_id: int, permission: BusinessPermission | None
) -> Membership:
    """The person's membership there. Raises Http404 for strangers, AccessRemoved for former
    members and PermissionNeeded for members without the permission."""
    membership = (
        Membership.objects.select_related("business_center")
        .filter(user=user, business_center_id=business_center_id)
        .first()
    )
    if membership is None or _has_ended(membership):
        raise removed_or_unknown(user, business_center_id=business_center_id)
    if permission is not None and permission not in permissions_of(membership):
        raise business_permission_needed(membership.business_center, permission)
    return membership


def _has_ended(membership: Membership) -> bool:
    """Only for people whose access ends is the clock asked; a task removes them at that time."""
    return membership.access_ends_at is not None and membership.has_ended(clock.now())


def removed_or_unknown(
    user: User, *, business_center_id: int | None = None, ad_account_id: int | None = None
) -> Http404 | AccessRemoved:
    """What to answer somebody who may not know the place: that it is gone, if they were in it."""
    place = queries.removed_from(
        user, business_center_id=business_center_id, ad_account_id=ad_account_id
    )
    return Http404() if place is None else AccessRemoved(place)


def business_permission_needed(
    business_center: BusinessCenter, permission: BusinessPermission
) -> PermissionNeeded:
    return PermissionNeeded(
        needed=permission.label,
        place=business_center.name,
        granters=[str(person) for person in queries.admins_of(business_center)],
        permission=permission.value,
        business_center_id=business_center.pk,
    )


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


class AccessTokenAuthentication(BaseAuthentication):
    """The API's header `Access-Token`; without it the request is anonymous."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        plain = request.headers.get("Access-Token", "").strip()
        if not plain:
            return None
        token = queries.find_access_token(plain)
        if token is None:
            raise AuthenticationFailed("The access token is invalid or revoked.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Access-Token"
