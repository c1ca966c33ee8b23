"""Forms that turn the practice clock."""

from datetime import UTC, datetime, timedelta

from django import forms

from bizcenter.clock.models import PracticeClock


def next_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def next_day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def month_end(at: datetime) -> datetime:
    """Noon UTC of the first of the next month: by then the month is over in every time zone."""
    first = at.replace(day=1, hour=12, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


LEAPS = {"hour": next_hour, "day": next_day, "month": month_end}


class SpeedForm(forms.Form):
    rate = forms.TypedChoiceField(choices=PracticeClock.RATES, coerce=int)


class JumpForm(forms.Form):
    """Either one of the leaps, or a moment of the person's choosing."""

    leap = forms.ChoiceField(choices=[(name, name) for name in LEAPS], required=False)
    target = forms.DateTimeField(
        label="Date and time (UTC)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def target_from(self, here: datetime) -> datetime | None:
        """Where the clock is to go; None when neither was chosen."""
        leap = self.cleaned_data["leap"]
        if leap:
            return LEAPS[leap](here)
        target: datetime | None = self.cleaned_data["target"]
        return target.astimezone(UTC) if target else None
