"""Calls a token may make in a second and in a minute: settings.API_QPS and API_QPM, 0 unlimited."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class PerSecond(SimpleRateThrottle):
    scope = "open_api_second"

    def get_rate(self) -> str | None:
        return f"{settings.API_QPS}/second" if settings.API_QPS else None

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Of the token; calls without one are not counted."""
        token = getattr(request, "auth", None)
        return f"{self.scope}:{token.pk}" if token else None


class PerMinute(PerSecond):
    scope = "open_api_minute"

    def get_rate(self) -> str | None:
        return f"{settings.API_QPM}/minute" if settings.API_QPM else None
