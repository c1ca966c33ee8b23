"""Forms about ad accounts and the people in them."""

from typing import Any

from django import forms

from accounts.models import INDUSTRIES, BusinessCenter
from accounts.permissions import Preset
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from bizcenter.lib import money, places

CHOOSE = ("", "Choose…")


class AdAccountForm(forms.Form):
    """What a new ad account needs; currency, time zone and country are fixed afterwards."""

    name = forms.CharField(label="Ad account name", max_length=100)
    industry = forms.ChoiceField(choices=lambda: [CHOOSE, *((i, i) for i in INDUSTRIES)])
    website = forms.URLField(
        label="Website",
        assume_scheme="https",
        help_text="Of the business that is advertised, as https://shop.example.",
    )
    country = forms.ChoiceField(
        label="Country of registration",
        choices=lambda: [CHOOSE, *places.countries().items()],
        help_text="Decides the tax on invoices.",
    )
    currency = forms.ChoiceField(
        label="Billing currency",
        choices=[CHOOSE, *((code, code) for code in money.CURRENCIES)],
        help_text="Cannot be changed later: budgets, wallet and invoices are kept in it.",
    )
    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [CHOOSE, *places.zone_choices()],
        help_text="Cannot be changed later: days of reports and budgets begin by it.",
    )


class AdAccountsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: AdAccount) -> str:
        return f"{obj.name} ({obj.currency})"


class RoleForm(forms.Form):
    """A role for a member, and the ad accounts it reaches."""

    preset = forms.ChoiceField(
        label="Role",
        choices=[(preset.value, preset.roles.label) for preset in Preset],
        initial=Preset.ANALYST.value,
        widget=forms.RadioSelect,
    )
    ad_accounts = AdAccountsField(
        label="Ad accounts",
        queryset=AdAccount.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For Analysts and Operators. An Admin reaches all, Finance none.",
    )

    def __init__(self, *args: Any, business_center: BusinessCenter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ad_accounts"]
        assert isinstance(field, AdAccountsField)
        field.queryset = AdAccount.objects.filter(business_center=business_center).order_by("name")

    def clean_preset(self) -> Preset:
        return Preset(self.cleaned_data["preset"])

    @property
    def presets(self) -> list[tuple[Preset, bool]]:
        """The presets with their explanations, and which one is chosen."""
        return [(preset, self["preset"].value() == preset.value) for preset in Preset]


class NewPersonForm(RoleForm):
    email = forms.EmailField(
        label="E-mail address", help_text="The person has to have signed up with it."
    )
    field_order = ["email", "preset", "ad_accounts"]


class LevelForm(forms.Form):
    """A level in one ad account."""

    level = forms.ChoiceField(choices=[(level.value, level.label) for level in Level])

    def clean_level(self) -> Level:
        return Level(self.cleaned_data["level"])


class GrantForm(LevelForm):
    email = forms.EmailField(
        label="E-mail address",
        help_text="Of a member, or of a partner outside your Business Center who has signed up.",
    )
    field_order = ["email", "level"]
