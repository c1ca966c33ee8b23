"""What people did lately, as an ad group asks for it.

A behaviour is a text of three parts: "LIKED:15:26" are people who liked videos of category 26 in
the last 15 days. 0 days are no particular time, as always for creators and hashtags.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

from ..errors import InvalidInput
from .targeting import check_number

# What can be done in each scene of the platform.
DOINGS = {
    "VIDEO_RELATED": ("WATCHED_TO_END", "LIKED", "COMMENTED", "SHARED"),
    "CREATOR_RELATED": ("FOLLOWING", "VIEW_HOMEPAGE"),
    "HASHTAG_RELATED": ("VIEW_HASHTAG",),
}
SCENE_OF = {doing: scene for scene, doings in DOINGS.items() for doing in doings}
DAYS = (0, 7, 15)
_LONGEST_ID = 19


class Behaviour(NamedTuple):
    """`category` is the number of an action category or, for hashtags, of a hashtag."""

    doing: str
    days: int
    category: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for a text that is no behaviour."""
        doing, days, category = text.split(":")
        return cls(doing, int(days), category)

    @property
    def scene(self) -> str:
        return SCENE_OF[self.doing]

    def __str__(self) -> str:
        return f"{self.doing}:{self.days}:{self.category}"


def is_behaviour(text: str) -> bool:
    """Is it spelt as one, with a doing and days that exist?"""
    try:
        found = Behaviour.of(text)
    except ValueError:
        return False
    is_known = found.doing in SCENE_OF and found.days in DAYS and str(found) == text
    is_timeless = is_known and (found.scene == "VIDEO_RELATED" or found.days == 0)
    number = found.category
    return is_timeless and number.isascii() and number.isdecimal() and len(number) <= _LONGEST_ID


def check_behaviours(wanted: Sequence[str]) -> None:
    """Behaviours that exist, not more than the platform takes, each with one look-back."""
    check_number(wanted, field="behaviours", what="behaviours")
    seen = set()
    for text in wanted:
        if not is_behaviour(text):
            raise InvalidInput(
                f"“{text[:60]}” is no behaviour. Say what people did, within 7 or 15 days for "
                "videos, and the number of the category.",
                field="behaviours",
            )
        behaviour = Behaviour.of(text)
        if behaviour[::2] in seen:
            raise InvalidInput(
                f"{behaviour.doing} of category {behaviour.category} is named twice: choose one "
                "look-back for it.",
                field="behaviours",
            )
        seen.add(behaviour[::2])
