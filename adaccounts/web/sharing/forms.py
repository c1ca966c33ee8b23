"""Forms about other Business Centers; their IDs are typed or pasted."""

from typing import Any

from django import forms

from accounts.models import BusinessCenter
from adaccounts.permissions import AssetRole, Level
from bizcenter.lib.ids import read_id

LEVELS = [(level.value, level.label) for level in Level]
ROLES = [(role.value, role.label) for role in AssetRole]
NOTHING = ("none", "Not shared")


class IdField(forms.CharField):
    """An ID as people copy it, with blanks around or between."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> Any:
        text = "".join(str(super().clean(value)).split())
        found = read_id(text)
        if found is None:
            raise forms.ValidationError("An ID has up to 19 digits and nothing else.")
        return found


class LinkForm(forms.Form):
    ad_account_id = IdField(
        label="Ad account ID", help_text="Its owner finds it in the account's settings."
    )
    level = forms.ChoiceField(label="Level you need", choices=LEVELS, initial=Level.OPERATOR.value)
    note = forms.CharField(
        label="Note to the owner",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("approve", "Approve"), ("decline", "Decline")])
    level = forms.ChoiceField(label="Level you give", choices=LEVELS)

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


class PartnerForm(forms.Form):
    partner_id = IdField(
        label="Business Center ID",
        help_text="Your partner finds it in Settings, Business information.",
    )

    def clean_partner_id(self) -> BusinessCenter:
        found = BusinessCenter.objects.filter(pk=self.cleaned_data["partner_id"]).first()
        if found is None:
            raise forms.ValidationError(
                "There is no Business Center with this ID. Ask your partner to copy it again."
            )
        return found


class ShareForm(forms.Form):
    """The level of an ad account; `is_confirmed` once people know who is lowered."""

    ad_account = IdField()
    level = forms.ChoiceField(choices=LEVELS)
    is_confirmed = forms.BooleanField(required=False)

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


class AssetShareForm(forms.Form):
    asset = IdField()
    role = forms.ChoiceField(choices=[NOTHING, *ROLES])

    def clean_role(self) -> AssetRole | None:
        value = self.cleaned_data["role"]
        return None if value == NOTHING[0] else AssetRole(value)
