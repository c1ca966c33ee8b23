"""A form that creates something creates it once, however often it arrives.

Each form carries a token of its own. The first arrival does the work and leaves where it led; later
ones are led there too.
"""

import time
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

WORKING = "working"
KEPT = 24 * 3600
AT_MOST = 30  # seconds that work may take; after that a dead worker's claim lapses
STEP = 0.05


def new_token() -> str:
    return uuid.uuid4().hex


def token_of(request: HttpRequest) -> str:
    """The form's token: the one it came with, or a new one for a form shown first."""
    return request.POST.get("form_token", "")[:32] or new_token()


def answer_once(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers; for a form that already led somewhere, the way there."""
    key = f"form:{request.user.pk}:{token_of(request)}"
    while not cache.add(key, WORKING, AT_MOST):
        led = cache.get(key)
        if led and led != WORKING:
            return HttpResponseRedirect(led)
        time.sleep(STEP)
    try:
        response = work()
    except BaseException:
        cache.delete(key)
        raise
    if isinstance(response, HttpResponseRedirect):
        cache.set(key, response.url, KEPT)
    else:
        cache.delete(key)
    return response
