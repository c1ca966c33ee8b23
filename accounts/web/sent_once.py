"""Forms whose answer is shown once: to reload it carries nothing out a second time."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import get_random_string

from accounts.access import UserRequest
from accounts.access.requests import View

_SENT, _MOST = "sent_forms", 20


def form_key() -> str:
    """For the hidden field `form_key` of one form as it is shown."""
    return get_random_string(16)


def sent_once(view: View) -> View:
    """The second time the same form comes, nothing happens and its person is told so."""

    @wraps(view)
    def wrapped(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.POST.get("form_key", "")
        if request.method != "POST" or not key:
            return view(request, *args, **kwargs)
        sent = request.session.get(_SENT, [])
        if key in sent:
            messages.warning(request, "This was done already. What was shown once stays hidden.")
            return redirect("accounts:developer")
        request.session[_SENT] = [*sent, key][-_MOST:]
        return view(request, *args, **kwargs)

    return wrapped
