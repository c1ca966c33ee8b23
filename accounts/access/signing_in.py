"""Who is asking: pages for people who have signed in, and steps that ask them once more."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from .requests import UserRequest, View, page_around
from .two_step import led_to_two_step

READING = {"GET", "HEAD"}


def signed_in(view: View) -> View:
    """Anonymous people sign in first, and people who must set up two-step sign-in do that first;
    a fragment sends the whole page there."""
    is_open = getattr(view, "open_without_two_step", False)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            led = None if is_open else led_to_two_step(request, request.user)
            return led or view(request, *args, **kwargs)
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
            return HttpResponseClientRedirect(_confirmation(request, page_around(request)))

    return wrapped


def recently_signed_in_on_page(view: View) -> View:
    """The same for forms that lead to another site, where browsers would not follow from the
    confirmation: people confirm, see the page again and send it again."""
    asking = reauthentication_required(view)

    @wraps(view)
    def wrapped(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        try:
            return asking(request, *args, **kwargs)
        except ReauthenticationRequired:
            return redirect(_confirmation(request, request.get_full_path()))

    return wrapped


def _confirmation(request: UserRequest, afterwards: str) -> str:
    way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return f"{way}?{urlencode({'next': afterwards})}"
