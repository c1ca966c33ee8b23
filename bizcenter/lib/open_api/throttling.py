"""Calls a token may make in a second and in a minute: settings.API_QPS and API_QPM, 0 unlimited.

Calls that need no token, as those that fetch one, are counted by the address they come from: who
guesses codes and secrets has no token to be counted by.
"""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from bizcenter.lib import origin


class PerSecond(SimpleRateThrottle):
    scope = "open_api_second"

    def get_rate(self) -> str | None:
        return f"{settings.API_QPS}/second" if settings.API_QPS else None

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Of the token, else of the address."""
        token = getattr(request, "auth", None)
        caller = token.pk if token else origin.address()
        return f"{self.scope}:{caller}" if caller else None


class PerMinute(PerSecond):
    scope = "open_api_minute"

    def get_rate(self) -> str | None:
        return f"{settings.API_QPM}/minute" if settings.API_QPM else None
