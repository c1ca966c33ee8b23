"""Template tags of the look: icons, sparklines, status colours, initials, numbers.

Everything here returns markup without style attributes, as the Content-Security-Policy demands.
"""

import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import timezone as fixed_zone
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bizcenter.lib.periods import PRESETS

register = template.Library()
DASH = "–"

# Tone and icon of a status by its words; the second level wins, because it names the cause.
_STATUS_LOOK: tuple[tuple[str, str, str], ...] = (
    ("deactivated", "dark", "player-stop"),
    ("deactivating", "amber", "hourglass"),
    ("requested", "amber", "hourglass"),
    ("processing", "amber", "hourglass"),
    ("not approved", "red", "circle-x"),
    ("edited for review", "amber", "clipboard-check"),
    ("in review", "amber", "clipboard-check"),
    ("learning", "amber", "school"),
    ("limited", "amber", "gauge"),
    ("outside of schedule", "amber", "calendar-time"),
    ("out of budget", "red", "wallet"),
    ("insufficient balance", "red", "wallet"),
    ("not delivering", "red", "alert-circle"),
    ("failed", "red", "circle-x"),
    ("overdue", "red", "alert-circle"),
    ("suspended", "red", "ban"),
    ("completed", "grey", "flag"),
    ("deleted", "grey", "trash"),
    ("inactive", "grey", "player-pause"),
    ("paused", "grey", "player-pause"),
    ("draft", "grey", "circle-dashed"),
    ("expired", "grey", "clock"),
    ("pending", "amber", "clock"),
    ("unpaid", "amber", "clock"),
    ("issued", "blue", "file-invoice"),
    ("invited", "blue", "mail"),
    ("approved", "green", "circle-check"),
    ("active", "green", "player-play"),
    ("paid", "green", "circle-check"),
    ("verified", "green", "circle-check"),
)


@cache
def _sprite() -> str:
    return static("dist/icons.svg")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; decorative, so the text beside it must say what it means."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        _sprite(),
        name,
    )


@register.simple_tag
def uid(prefix: str = "u") -> str:
    """An element id that is unique on the page, also among fragments swapped in later."""
    return f"{prefix}-{secrets.token_hex(4)}"


@register.simple_tag
def sparkline(values: Sequence[float | int | Decimal] | None, tone: str = "") -> SafeString:
    """A small line of the values, drawn on the server; empty when there are fewer than two."""
    if not values or len(values) < 2:
        return SafeString("")
    numbers = [float(v) for v in values]
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0
    step = 100 / (len(numbers) - 1)
    points = " ".join(
        f"{i * step:.1f},{22 - 20 * (v - low) / span:.1f}" for i, v in enumerate(numbers)
    )
    return format_html(
        '<svg class="spark {}" viewBox="0 0 100 24" preserveAspectRatio="none"'
        ' aria-hidden="true">'
        '<polygon class="spark-area" points="0,24 {} 100,24"/>'
        '<polyline points="{}" fill="none" vector-effect="non-scaling-stroke"/></svg>',
        f"tone-{tone}" if tone else "",
        points,
        points,
    )


def _look(primary: str, secondary: str) -> tuple[str, str]:
    for words in (secondary.lower(), primary.lower()):
        for phrase, tone, name in _STATUS_LOOK:
            if words and phrase in words:
                return tone, name
    return "grey", "circle"


@register.filter
def status_tone(primary: str, secondary: str = "") -> str:
    """green, amber, red, grey, blue or dark for a two-level status."""
    return _look(str(primary or ""), str(secondary or ""))[0]


@register.filter
def status_icon(primary: str, secondary: str = "") -> str:
    return _look(str(primary or ""), str(secondary or ""))[1]


@register.filter
def initials(name: object) -> str:
    """Ben Admin -> BA; at most two letters."""
    words = [
        w for w in str(name or "").replace("@", " ").replace("&", " ").split() if w[0].isalnum()
    ]
    return "".join(w[0] for w in words[:2]).upper() or "?"


@register.filter
def hue(name: object) -> int:
    """One of six avatar colours, always the same for the same name."""
    return zlib.crc32(str(name).encode()) % 6


@register.filter
def number(value: Decimal | float | None, places: int = 0) -> str:
    """12345 -> 12,345; a dash where the value is undefined."""
    return DASH if value is None or value == "" else f"{value:,.{places}f}"


@register.filter
def signed_percent(value: Decimal | float | None) -> str:
    """-3.9 -> −3.9 %; a dash where the change is undefined."""
    return DASH if value is None else f"{value:,.1f} %".replace("-", "−")


@register.filter
def verdict(delta: Decimal | float | None, good: str) -> str:
    """good, bad or flat: whether a change goes the way (`up` or `down`) that is wanted."""
    if not delta or good not in ("up", "down"):
        return "flat"
    return "good" if (delta > 0) == (good == "up") else "bad"


@register.filter
def at_offset(moment: datetime | None, minutes: int | str | None) -> datetime | None:
    """The moment on a clock that is fixed this many minutes from UTC, as ad accounts are."""
    if moment is None:
        return None
    return moment.astimezone(fixed_zone(timedelta(minutes=int(minutes or 0)))).replace(tzinfo=None)


@register.simple_tag
def date_presets() -> tuple[tuple[str, str], ...]:
    return tuple(PRESETS.items())


@dataclass(frozen=True)
class SortState:
    """How a column is sorted now, and what a click on its header asks for."""

    direction: str
    next: str
    icon: str


@register.simple_tag
def sort_state(current: str | None, name: str, number: object = "") -> SortState:
    """`sort=spend` is ascending, `sort=-spend` descending; numbers start with the largest."""
    if current == name:
        return SortState("ascending", f"-{name}", "chevron-up")
    if current == f"-{name}":
        return SortState("descending", name, "chevron-down")
    return SortState("", f"-{name}" if number else name, "selector")


@dataclass(frozen=True)
class PageLink:
    """A place in the row of page numbers; without a number it is a gap or a dead arrow."""

    number: int | None
    label: str = ""
    icon: str = ""
    current: bool = False


@register.simple_tag
def page_links(page: "Page[Any]") -> list[PageLink]:
    """Previous, the numbers with gaps, next."""
    before = page.previous_page_number() if page.has_previous() else None
    after = page.next_page_number() if page.has_next() else None
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    middle = [
        PageLink(None)
        if n == Paginator.ELLIPSIS
        else PageLink(int(n), f"Page {n}", current=n == page.number)
        for n in numbers
    ]
    return [
        PageLink(before, "Previous page", "chevron-left"),
        *middle,
        PageLink(after, "Next page", "chevron-right"),
    ]
