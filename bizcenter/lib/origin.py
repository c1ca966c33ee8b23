"""Where the present request came from, for the activity log; background work comes from nowhere."""

from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_address: ContextVar[str | None] = ContextVar("address", default=None)


def address() -> str | None:
    """The IP address of whoever made the present request."""
    return _address.get()


class OriginMiddleware:
    """Remembers the address for the time of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _address.set(_client_of(request))
        try:
            return self.get_response(request)
        finally:
            _address.reset(token)


def _client_of(request: HttpRequest) -> str | None:
    """Behind our own proxy the last entry of X-Forwarded-For is what the proxy saw; before it,
    clients could write anything."""
    if settings.SECURE_PROXY_SSL_HEADER and "X-Forwarded-For" in request.headers:
        return request.headers["X-Forwarded-For"].split(",")[-1].strip() or None
    return request.META.get("REMOTE_ADDR") or None
