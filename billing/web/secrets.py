"""Card numbers must not come to lie where requests are kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
_SECRET = ("number", "cvc")


def cards_stay_out_of_sessions(view: View) -> View:
    """Stands above `recently_signed_in`: while the person confirms who they are, the request is
    kept in the session, so number and code are taken out of it and typed again."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ReauthenticationRequired:
            kept = request.POST.copy()
            for name in _SECRET:
                kept.pop(name, None)
            request.POST = kept  # type: ignore[assignment]
            raise

    return wrapped
