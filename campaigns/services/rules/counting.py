"""How conversions are counted and how often people see an ad group."""

from ...models import OptimizationGoal
from ...models.ad_group import CLICK_WINDOWS, VIEW_WINDOWS
from ..errors import InvalidInput

MOST_OFTEN, MOST_DAYS = 50, 30


def check_windows(*, click_days: int, view_days: int) -> None:
    """Windows that the platform knows."""
    if click_days not in CLICK_WINDOWS:
        raise InvalidInput(
            "Conversions can count for 1, 7, 14 or 28 days after a click.",
            field="click_window_days",
        )
    if view_days not in VIEW_WINDOWS:
        raise InvalidInput(
            "Conversions can count for 1 or 7 days after a view, or not at all.",
            field="view_window_days",
        )


def check_frequency(*, cap: int | None, days: int | None, goal: str) -> None:
    """A cap has its days, and is for reach."""
    if cap is None and days is None:
        return
    if goal != OptimizationGoal.REACH:
        raise InvalidInput(
            "Only ad groups optimised for reach have a frequency cap: leave it empty.",
            field="frequency_cap",
        )
    if cap is None or not 1 <= cap <= MOST_OFTEN:
        raise InvalidInput(
            f"Show it to a person 1 to {MOST_OFTEN} times, or leave both fields empty.",
            field="frequency_cap",
        )
    if days is None or not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"Count the times over 1 to {MOST_DAYS} days.", field="frequency_days")
