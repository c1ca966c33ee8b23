"""How long something takes, in words."""

from datetime import timedelta
from math import ceil

MINUTE, HOUR = 60, 3600


def in_words(left: timedelta) -> str:
    """About as long: 20 seconds, 3 minutes, 2 hours; never less than five seconds."""
    seconds = left.total_seconds()
    if seconds < 55:
        return f"{max(5 * ceil(seconds / 5), 5)} seconds"
    if seconds < 1.5 * HOUR:
        minutes = round(seconds / MINUTE)
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(seconds / HOUR)} hours"
