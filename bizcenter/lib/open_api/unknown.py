"""Addresses that are not served: the live product's are declared missing, others do not exist."""

from functools import cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest
from rest_framework.response import Response

from .endpoint import Door
from .envelope import ApiError, Code


@cache
def live_paths() -> frozenset[str]:
    """Every address of the live API, without the version in front."""
    text = files(__package__).joinpath("live_paths.txt").read_text(encoding="utf-8")
    found = set()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        family, rests = line.split(": ")
        found |= {family if rest == "." else f"{family}/{rest}" for rest in rests.split()}
    return frozenset(found)


class Unknown(Door):
    """Has no method of its own, so every method is refused here."""

    is_public = True
    authentication_classes = ()

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        path = kwargs["path"].strip("/")
        if path.removeprefix("v1.3/") in live_paths():
            raise ApiError(
                Code.UNSUPPORTED,
                f"/{path}/ exists in the live product and is unsupported in this sandbox.",
            )
        raise ApiError(Code.NO_ROUTE, f"There is no /{path}/ here.")
