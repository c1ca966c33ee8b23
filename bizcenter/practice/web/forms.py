"""Forms that turn the practice clock."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone

from bizcenter.clock.models import PracticeClock
from bizcenter.practice.leaps import ZoneClock


class SpeedForm(forms.Form):
    rate = forms.TypedChoiceField(choices=PracticeClock.RATES, coerce=int)


class JumpForm(forms.Form):
    """The moment of a leap, or one of the person's choosing: without an offset from UTC it is one
    on the clock that they chose."""

    target = forms.DateTimeField(
        label="Date and time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Choose a date and a time."},
    )

    def __init__(self, data: Any = None, *, chosen: ZoneClock) -> None:
        super().__init__(data)
        self.chosen = chosen
        self.fields["target"].label = f"Date and time in {chosen.label}"

    def full_clean(self) -> None:
        with timezone.override(self.chosen.account.zone):
            super().full_clean()

    def clean_target(self) -> datetime:
        target: datetime = self.cleaned_data["target"]
        return target.astimezone(UTC)
