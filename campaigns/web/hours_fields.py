"""The hours of the week in which an ad group runs, as its form offers them: a box for each hour.

The Business API sets half hours. An hour of which one half runs is ticked and marked; it keeps its
half while it stays ticked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from campaigns.models import AdGroup

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = 24
_WEEK = len(DAYS) * HOURS
_HALVES = {"10": "only its first half", "01": "only its second half"}


@dataclass(frozen=True)
class Cell:
    """One hour's box."""

    value: str
    label: str
    is_ticked: bool
    is_half: bool


def _value(number: int) -> str:
    """The number of the hour in the week as day and hour."""
    return f"{number // HOURS}-{number % HOURS}"


def _halves(dayparting: str) -> list[str]:
    """Two signs for each hour of the week; none are set where it runs always."""
    signs = dayparting or "0" * 2 * _WEEK
    return [signs[place : place + 2] for place in range(0, 2 * _WEEK, 2)]


def hours_of(dayparting: str) -> list[str]:
    """The hours in which it runs, in whole or half; none for always."""
    return [_value(number) for number, half in enumerate(_halves(dayparting)) if "1" in half]


def hours_in_words(dayparting: str) -> str:
    ticked = len(hours_of(dayparting))
    return f"{ticked} of the week’s {_WEEK} hours" if ticked else "all hours of the week"


class HoursFields(forms.Form):
    hours = forms.MultipleChoiceField(
        label="Hours of the week",
        choices=[(_value(number), _value(number)) for number in range(_WEEK)],
        required=False,
        error_messages={"invalid_choice": "There is no such hour in a week. Choose in the table."},
    )
    kept_dayparting = ""

    def offer_hours(self, ad_group: AdGroup | None) -> None:
        """The ticked ones are those of the ad group."""
        self.kept_dayparting = ad_group.dayparting if ad_group else ""
        self.initial["hours"] = hours_of(self.kept_dayparting)

    @property
    def hour_names(self) -> list[str]:
        return [f"{hour:02}" for hour in range(HOURS)]

    @property
    def week(self) -> Iterator[tuple[int, str, list[Cell]]]:
        """Number, name and hours of each day."""
        ticked, halves = set(self["hours"].value() or ()), _halves(self.kept_dayparting)
        for day, name in enumerate(DAYS):
            cells = []
            for hour in range(HOURS):
                value, half = _value(day * HOURS + hour), halves[day * HOURS + hour]
                label = f"{name} {hour:02}:00 to {hour + 1:02}:00"
                if half in _HALVES:
                    label += f", {_HALVES[half]}"
                cells.append(Cell(value, label, value in ticked, half in _HALVES))
            yield day, name, cells

    @property
    def has_halves(self) -> bool:
        return not _HALVES.keys().isdisjoint(_halves(self.kept_dayparting))

    @property
    def hours_in_words(self) -> str:
        return hours_in_words(self.kept_dayparting)

    @property
    def shows_hours(self) -> bool:
        """Is there anything to see in the table?"""
        return bool(self["hours"].errors or self["hours"].value())

    @property
    def wanted_dayparting(self) -> str:
        """The half hours of the ticked hours; empty for always."""
        ticked: set[str] = set(self.cleaned_data["hours"])
        signs = [
            (kept if "1" in kept else "11") if _value(number) in ticked else "00"
            for number, kept in enumerate(_halves(self.kept_dayparting))
        ]
        return "".join(signs) if ticked else ""
