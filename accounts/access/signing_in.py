"""Who is asking: pages for people who have signed in, and steps that ask them once more."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import BusinessCenter, Membership, User

View = Callable[..., HttpResponseBase]
READING = {"GET", "HEAD"}


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
        if not getattr(request, "htmx", None):
            return redirect_to_login(request.get_full_path())
        return HttpResponseClientRedirect(redirect_to_login(page_around(request)).url)

    wrapped.signed_in = True  # type: ignore[attr-defined]
    return wrapped


def recently_signed_in(view: View) -> View:
    """For what moves money or changes people, roles or security: to change anything, people who
    signed in more than ACCOUNT_REAUTHENTICATION_TIMEOUT seconds ago confirm first that it is they.

    Stands beneath `signed_in`, `business_required` and their like. What was sent is carried out
    after the confirmation; a fragment sends the whole page there, and people do it again.
    """
    asking = reauthentication_required(view)

    @wraps(view)
    def wrapped(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        try:
            return asking(request, *args, **kwargs)
        except ReauthenticationRequired:
            if not getattr(request, "htmx", None):
                raise
            way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
            return HttpResponseClientRedirect(f"{way}?{urlencode({'next': page_around(request)})}")

    return wrapped


def page_around(request: HttpRequest) -> str:
    """The address, on this site, of the page that asked for a fragment."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    here = urlsplit(htmx.current_url or "/")
    return f"{here.path}?{here.query}" if here.query else here.path
