"""Whose address a request carries, with and without a proxy before us."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from bizcenter.lib import origin


def address_of(rf: RequestFactory, forwarded: str = "") -> str | None:
    """What the middleware gives the view."""
    seen = []
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR="198.51.100.1")
    origin.OriginMiddleware(lambda _: seen.append(origin.address()) or HttpResponse())(request)
    return seen[0]


def test_without_a_proxy_nobody_can_claim_another_address(rf: RequestFactory, settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None

    assert address_of(rf, forwarded="203.0.113.9") == "198.51.100.1"


@pytest.mark.parametrize("forwarded", ["203.0.113.9", "10.0.0.1, 203.0.113.9"])
def test_behind_the_proxy_it_is_what_the_proxy_saw(
    rf: RequestFactory, settings, forwarded: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert address_of(rf, forwarded) == "203.0.113.9"


def test_after_the_request_there_is_no_address(rf: RequestFactory) -> None:
    address_of(rf)

    assert origin.address() is None
