"""The wire conventions of the Business API: envelope, errors, lenient paths and bodies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from rest_framework.parsers import JSONParser


class LenientJSONParser(JSONParser):
    pass


class PathMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
