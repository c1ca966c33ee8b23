"""What the decorators of this room hand on to the views."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from accounts.models import BusinessCenter, Membership, User

View = Callable[..., HttpResponseBase]


class UserRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    htmx: HtmxDetails


class BusinessRequest(UserRequest):
    """A request that came in by `business_required`."""

    business_center: BusinessCenter
    membership: Membership
    nav_permissions: set[str]


def page_around(request: HttpRequest) -> str:
    """The address, on this site, of the page that asked for a fragment."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    here = urlsplit(htmx.current_url or "/")
    # Two slashes in front would name another site.
    path = f"/{here.path.lstrip('/')}"
    return f"{path}?{here.query}" if here.query else path
