"""When an ad group may run: start, end, and the week's half hours."""

from datetime import datetime

from ...models import BudgetMode, ScheduleType
from ..errors import InvalidInput

HALF_HOURS = 7 * 48


def check_schedule_type(*, schedule_type: str, budget_mode: str, end_at: datetime | None) -> None:
    """A lifetime budget needs an end; a schedule without an end has none."""
    if schedule_type not in ScheduleType.values:
        raise InvalidInput(
            "Choose to run continuously or from start to end.", field="schedule_type"
        )
    if schedule_type == ScheduleType.START_END and end_at is None:
        raise InvalidInput("Enter when the schedule ends.", field="end_at")
    if schedule_type == ScheduleType.FROM_NOW and budget_mode == BudgetMode.TOTAL:
        raise InvalidInput(
            "A lifetime budget is spread up to an end: choose start and end.", field="schedule_type"
        )


def check_times(
    *,
    start_at: datetime,
    end_at: datetime | None,
    at: datetime,
    start_is_new: bool,
    end_is_new: bool,
) -> None:
    """End after start; what is newly entered is not in the past."""
    if start_is_new and start_at < at:
        raise InvalidInput(
            "The start is in the past. Choose a later time, or run continuously from now.",
            field="start_at",
        )
    if end_at is None:
        return
    if end_at <= start_at:
        raise InvalidInput("The end must be after the start.", field="end_at")
    if end_is_new and end_at <= at:
        raise InvalidInput("The end is in the past. Choose a later time.", field="end_at")


def check_dayparting(dayparting: str) -> None:
    if dayparting and (len(dayparting) != HALF_HOURS or set(dayparting) - {"0", "1"}):
        raise InvalidInput(
            "The weekly hours need 336 signs of 0 or 1: 7 days of 48 half hours from Monday 00:00.",
            field="dayparting",
        )


def normal_dayparting(dayparting: str) -> str:
    """Never, always and nothing said all mean: always on."""
    return "" if len(set(dayparting)) < 2 else dayparting
