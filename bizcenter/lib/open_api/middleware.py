"""One address however it is written: a slash too few or too many below /open_api/ changes nothing.

It must stand before CommonMiddleware, whose redirect to the slash would lose a POST.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix

_SLASHES = re.compile("/{2,}")


class PathMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = _SLASHES.sub("/", f"/{request.path_info}/")
        if path.startswith("/open_api/"):
            request.path_info = path
            request.path = get_script_prefix().rstrip("/") + path
        return self.get_response(request)
