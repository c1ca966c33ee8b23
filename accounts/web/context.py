"""What the frame around every page shows; it knows this floor and the ground only."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from bizcenter.clock import queries as clock


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"PRODUCT_NAME": settings.PRODUCT_NAME, "clock": clock.clock()}
