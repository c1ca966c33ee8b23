"""What the frame around every page shows; it knows this floor and the ground only.

Two queries at most, one more on the pages that have a tour, and none for a fragment that shows
nothing of it.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts import queries
from accounts.queries.tours import has_seen_tour
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock

from .tours import TOURS

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """PRODUCT_NAME, mail_is_kept, clock, clock_now, clock_rate_label, running_jump, unread_count,
    theme, tour, tour_is_new."""

    @cache
    def state() -> tuple[PracticeClock, Jump | None]:
        return clock.clock_and_jump()

    def clock_now() -> datetime:
        return state()[0].reading(timezone.now()).replace(microsecond=0)

    def unread() -> int:
        user = getattr(request, "user", None)
        return queries.unread_count(user) if user and user.is_authenticated else 0

    place = getattr(request, "resolver_match", None)
    tour = TOURS.get(place.view_name) if place else None

    def tour_is_new() -> bool:
        user = getattr(request, "user", None)
        return bool(tour and user and not has_seen_tour(user, tour.key))

    theme = request.COOKIES.get("theme", "")
    return {
        "PRODUCT_NAME": settings.PRODUCT_NAME,
        "mail_is_kept": settings.EMAIL_BACKEND == settings.PRACTICE_MAILBOX,
        "clock": SimpleLazyObject(lambda: state()[0]),
        "clock_now": SimpleLazyObject(clock_now),
        "clock_rate_label": SimpleLazyObject(lambda: state()[0].get_rate_display()),
        "running_jump": SimpleLazyObject(lambda: state()[1]),
        "unread_count": SimpleLazyObject(unread),
        "tour": tour,
        "tour_is_new": SimpleLazyObject(tour_is_new),
        "theme": theme if theme in THEMES else "auto",
    }
