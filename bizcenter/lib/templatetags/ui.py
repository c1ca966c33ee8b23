"""Template tags of the look: icons, sparklines, status badges, switches, numbers.

Everything here returns markup without style attributes, as the Content-Security-Policy demands.
Parts that repeat in every row of a table are tags because a component costs ten times as much.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from datetime import timezone as fixed_zone
from decimal import Decimal
from functools import cache
from html import unescape

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bizcenter.lib import looks, places, tables
from bizcenter.lib.periods import PRESETS

register = template.Library()
register.simple_tag(tables.sort_state)
register.simple_tag(tables.page_links)
register.simple_tag(tables.page_address, takes_context=True)
DASH = "–"


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


def _attributes(extra: Mapping[str, object]) -> SafeString:
    return format_html_join("", ' {}="{}"', ((k.replace("_", "-"), v) for k, v in extra.items()))


@register.simple_tag
def status_badge(
    primary: str,
    secondary: str = "",
    reason: str = "",
    tone: str = "",
    symbol: str = "",
    attrs: Mapping[str, object] | None = None,
) -> SafeString:
    """The first level as a badge, the second level and the reason below it in words."""
    found_tone, found_symbol = looks.status_look(str(primary), str(secondary))
    notes = [n for n in (secondary, reason) if n and n != primary]
    return format_html(
        '<span class="status-badge tone-{}"{}>{}{}</span>{}',
        tone or found_tone,
        _attributes(attrs or {}),
        icon(symbol or found_symbol),
        primary,
        format_html_join("", '<span class="status-note">{}</span>', ((n,) for n in notes)),
    )


@register.simple_tag
def switch(
    on: bool, label: str, attrs: Mapping[str, object] | None = None, **extra: object
) -> SafeString:
    """An On/Off switch; `hx_get` and the like become attributes. `words=""` hides On and Off."""
    given = {**(attrs or {}), **extra}
    kind, words = given.pop("type", "button"), given.pop("words", True)
    word = format_html('<span aria-hidden="true">{}</span>', "On" if on else "Off") if words else ""
    return format_html(
        '<button type="{}" role="switch" class="switch" aria-checked="{}"{}{}>'
        '<span class="switch-track" aria-hidden="true"></span>'
        '<span class="visually-hidden">{}</span>{}</button>',
        kind,
        "true" if on else "false",
        SafeString(" disabled") if given.pop("disabled", "") else "",
        _attributes(given),
        label,
        word,
    )


@register.simple_tag
def copy_id(value: object, label: str = "ID", quiet: object = "") -> SafeString:
    """An id that people copy with one click; `quiet` leaves the label to those who listen."""
    shown = '<span class="visually-hidden">Copy {} </span>' if quiet else "{} "
    return format_html(
        '<button type="button" class="copy" data-copy="{}" title="Copy {}">{}{}{}</button>',
        value,
        label,
        format_html(shown, label),
        value,
        icon("copy"),
    )


@register.filter
def status_tone(primary: str, secondary: str = "") -> str:
    """green, amber, red, grey, blue or dark for a two-level status."""
    return looks.status_look(str(primary or ""), str(secondary or ""))[0]


@register.filter
def status_icon(primary: str, secondary: str = "") -> str:
    return looks.status_look(str(primary or ""), str(secondary or ""))[1]


@register.filter
def without_placeholder(field: BoundField) -> BoundField:
    """The same field; its label already says what a placeholder would."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.filter
def initials(name: object) -> str:
    return looks.initials(unescape(str(name or "")))


@register.filter
def hue(name: object) -> int:
    return looks.hue(unescape(str(name or "")))


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


@register.filter
def country(code: str) -> str:
    """The country's English name."""
    return places.countries().get(code, code)


@register.simple_tag
def date_presets() -> tuple[tuple[str, str], ...]:
    return tuple(PRESETS.items())
