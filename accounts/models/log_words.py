"""What the activity log keeps for programs, in words for people."""

import re
from datetime import UTC, datetime

# Values of these names are codes; of others, text that somebody wrote and that stays as it is.
CODES = {
    "ad_format",
    "billing_event",
    "bid_type",
    "budget_mode",
    "call_to_action",
    "document_type",
    "finance_role",
    "gender",
    "level",
    "objective",
    "operation_status",
    "optimization_goal",
    "pacing",
    "permission",
    "role",
    "schedule_type",
    "state",
    "status",
}
EMPTY: tuple[object, ...] = (None, "", [], {})
NOTHING = "–"
# Short words in capitals ("CPC") are abbreviations and stay as they are.
_CODE = re.compile(r"[a-z0-9_]+|[A-Z0-9_]{5,}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")


def name_in_words(name: str) -> str:
    """ "access_ends_at" as "Access ends at"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def value_in_words(name: str, value: object) -> str:
    """Codes as words, times as dates, lists with commas; text as it is."""
    if value in EMPTY:
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(value_in_words(name, each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {value_in_words(key, each)}" for key, each in value.items())
    text = str(value)
    if name in CODES and _CODE.fullmatch(text):
        return name_in_words(text.lower())
    return _moment(text) if _MOMENT.fullmatch(text) else text


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return text
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
