"""Text with the character NUL can be stored and searched for nowhere: who sends it is answered 400.

No browser sends it; without this the database would refuse it in the middle of a page.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

NUL = "\x00"


def refuse_unstorable(request: HttpRequest) -> None:
    """Raises BadRequest when the address or the form holds such text; reads the form."""
    sent = [request.path_info, *request.COOKIES.values(), *_texts(request.GET.lists())]
    if any(NUL in text for text in [*sent, *_texts(request.POST.lists())]):
        raise BadRequest("The request holds the character NUL.")


def _texts(pairs: Iterable[tuple[str, list[Any]]]) -> Iterable[str]:
    for name, values in pairs:
        yield name
        yield from map(str, values)


class UnstorableTextMiddleware:
    """Stands behind the one against forged requests, which has read the form by then. Views that
    read it in their own way (uploads, the Business API) look for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> None:
        if not getattr(view, "csrf_exempt", False):
            refuse_unstorable(request)
