"""How things are coloured and abbreviated: statuses by their words, people by their names."""

import zlib
from functools import cache

# Tone and icon of a status by its words; the second level wins, because it names the cause.
_STATUSES: tuple[tuple[str, str, str], ...] = (
    ("deactivated", "dark", "player-stop"),
    ("deactivating", "amber", "hourglass"),
    ("requested", "amber", "hourglass"),
    ("processing", "amber", "hourglass"),
    ("not approved", "red", "circle-x"),
    ("disapproved", "red", "circle-x"),
    ("contract", "amber", "file-text"),
    ("spending cap", "red", "wallet"),
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
    ("disabled", "grey", "power"),
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
def status_look(primary: str, secondary: str = "") -> tuple[str, str]:
    """Tone and icon of a two-level status; grey where the words say nothing."""
    for words in (secondary.lower(), primary.lower()):
        for phrase, tone, icon in _STATUSES:
            if words and phrase in words:
                return tone, icon
    return "grey", "circle"


def initials(name: str) -> str:
    """Ben Admin -> BA; at most two letters."""
    words = [w for w in name.replace("@", " ").replace("&", " ").split() if w[0].isalnum()]
    return "".join(w[0] for w in words[:2]).upper() or "?"


def hue(name: str) -> int:
    """One of six colours, always the same for the same name."""
    return zlib.crc32(name.encode()) % 6
