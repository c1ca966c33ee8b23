"""Names, ad texts and links: lengths (wide characters count twice), no emoji, real addresses."""

import unicodedata
from urllib.parse import urlsplit

from ..errors import InvalidInput

NAME_WIDTH = 512
_EMOJI_RANGES = (
    (0x1F000, 0x1FAFF),
    (0x2600, 0x27BF),
    (0x2B00, 0x2BFF),
    (0xFE0E, 0xFE0F),
    (0xE0020, 0xE007F),
)


def width(text: str) -> int:
    """Characters, the wide ones of Chinese, Japanese and Korean counted twice."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def has_emoji(text: str) -> bool:
    return any(low <= ord(c) <= high for c in text for low, high in _EMOJI_RANGES)


def check_name(name: str) -> None:
    """A name has 1 to 512 characters and no emoji."""
    _check_text(name, field="name", what="The name", shortest=1, longest=NAME_WIDTH)


def check_display_name(name: str) -> None:
    _check_text(name, field="display_name", what="The display name", shortest=2, longest=40)


def check_ad_text(text: str) -> None:
    """Ad text has 1 to 100 characters, no emoji and none of { } #."""
    _check_text(text, field="text", what="The ad text", shortest=1, longest=100)
    if found := [c for c in "{}#" if c in text]:
        raise InvalidInput(
            f"The ad text cannot contain {' '.join(found)}. Take it out.", field="text"
        )


def check_landing_page(url: str, *, required: bool) -> None:
    """The link is an http(s) address; traffic and conversion objectives cannot do without."""
    field = "landing_page_url"
    if not url:
        if required:
            raise InvalidInput(
                "This objective sends people to a website: enter the landing page URL.", field=field
            )
        return
    if len(url) > 2000:
        raise InvalidInput("The landing page URL can have at most 2,000 characters.", field=field)
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        is_address = False
    if not is_address or any(c.isspace() or c in "<>\"'" for c in url):
        raise InvalidInput(
            "Enter a full web address that starts with https:// or http://.", field=field
        )


def _check_text(text: str, *, field: str, what: str, shortest: int, longest: int) -> None:
    if not text.strip() or len(text.strip()) < shortest:
        least = "must not be empty" if shortest == 1 else f"needs at least {shortest} characters"
        raise InvalidInput(f"{what} {least}.", field=field)
    if (found := width(text)) > longest:
        raise InvalidInput(
            f"{what} can have at most {longest} characters (this has {found}; "
            "Chinese, Japanese and Korean characters count twice).",
            field=field,
        )
    if has_emoji(text):
        raise InvalidInput(f"{what} cannot contain emoji.", field=field)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise InvalidInput(f"{what} cannot contain control characters.", field=field)
