"""What to look for in the activity log."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.models import ActivityEntry
from accounts.queries import ActivityType, ActivityWish

KINDS = {
    ActivityType.USER: "People and access",
    ActivityType.ACCOUNT: "Ad accounts, campaigns and money",
    ActivityType.ASSET: "Business assets",
    ActivityType.BUSINESS: "Business Center",
}
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
# Outside of these, a day has no beginning in every time zone, and nothing happened.
_EARLIEST, _LATEST = date(2000, 1, 1), date(2999, 12, 31)
_WITHIN = [
    MinValueValidator(_EARLIEST, "Choose a day after 1999."),
    MaxValueValidator(_LATEST, "Choose a day before 3000."),
]


class ActivityForm(forms.Form):
    q = forms.CharField(label="Search", max_length=200, required=False)
    person = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Name, e-mail or ID"}),
    )
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *KINDS.items()])
    object = forms.CharField(
        max_length=60, required=False, widget=forms.TextInput(attrs={"placeholder": "ID"})
    )
    account = forms.RegexField(
        r"^[0-9]{1,19}$",
        label="Ad account",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "ID", "inputmode": "numeric"}),
        error_messages={"invalid": "Enter the ad account's ID, digits only."},
    )
    first = forms.DateField(label="From", required=False, widget=_DATE, validators=_WITHIN)
    last = forms.DateField(label="To", required=False, widget=_DATE, validators=_WITHIN)
    result = forms.ChoiceField(
        required=False, choices=[("", "Any result"), *ActivityEntry.Result.choices]
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", "Choose a day that is not before the first one.")
        return found

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the search is filled in."""
        return any(
            value for name, value in self.data.items() if name in self.fields and name != "q"
        )

    def wish(self, zone: tzinfo) -> ActivityWish:
        """What was asked for, days by this zone's clock; a mistaken field asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        first, last = data.get("first"), data.get("last")
        return ActivityWish(
            search=data.get("q", ""),
            person=data.get("person", ""),
            kind=data.get("kind", ""),
            object=data.get("object", ""),
            ad_account_id=int(data["account"]) if data.get("account") else None,
            first=_start(first, zone) if first else None,
            end=_start(last, zone) + timedelta(days=1) if last else None,
            result=data.get("result", ""),
        )


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
