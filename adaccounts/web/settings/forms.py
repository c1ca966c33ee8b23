"""The forms of an ad account's settings."""

from typing import Any

from django import forms

from accounts.models import INDUSTRIES
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services.accounts import EDITABLE
from adaccounts.services.settings import LONGEST_WORD
from bizcenter.lib.money_field import MoneyField
from bizcenter.lib.web_address import WebAddressField

CHOOSE = ("", "Choose…")
# What a page sends instead of a level or role to take access away.
NOTHING = "none"
INDUSTRY_CHOICES = [CHOOSE, *((each, each) for each in INDUSTRIES)]


class GeneralForm(forms.ModelForm):
    """What may change after creation."""

    industry = forms.ChoiceField(choices=INDUSTRY_CHOICES)
    website = WebAddressField(label="Website")

    class Meta:
        model = AdAccount
        fields = EDITABLE
        labels = {
            "name": "Ad account name",
            "contact_name": "Contact person",
            "contact_email": "Contact e-mail",
            "contact_phone": "Contact phone",
            "licence_number": "Business licence number",
        }
        help_texts = {"company": "Whose ads these are, if not your own Business Center's."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = self.instance.industry
        if kept and kept not in INDUSTRIES:
            field: forms.ChoiceField = self.fields["industry"]  # type: ignore[assignment]
            field.choices = [*INDUSTRY_CHOICES, (kept, kept)]


class CapForm(forms.Form):
    mode = forms.ChoiceField(
        label="The cap counts", choices=AdAccount.CapMode.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, ad_account: AdAccount, **options: Any) -> None:
        initial = {"mode": ad_account.cap_mode, "amount": ad_account.cap_amount}
        super().__init__(*args, **options | {"initial": initial})
        self.fields["amount"] = MoneyField(
            currency=ad_account.currency,
            required=False,
            label="Amount",
            help_text="Never exceeded, not by a cent, whatever budgets and balance allow.",
        )


class DefaultsForm(forms.Form):
    default_landing_page = WebAddressField(
        label="Landing page",
        required=False,
        max_length=500,
        help_text="Where new ads lead, unless changed in the ad.",
    )
    default_display_name = forms.CharField(
        label="Display name", required=False, max_length=40, min_length=2
    )

    def __init__(self, *args: Any, ad_account: AdAccount, **options: Any) -> None:
        names = ("default_landing_page", "default_display_name", "default_daily_budget")
        initial = {name: getattr(ad_account, name) for name in names}
        super().__init__(*args, **options | {"initial": initial})
        self.fields["default_daily_budget"] = MoneyField(
            currency=ad_account.currency,
            required=False,
            label="Daily budget",
            help_text="Offered for new campaigns and ad groups, which have a least budget each.",
        )


class WordsForm(forms.Form):
    words = forms.CharField(
        label="Blocked words",
        required=False,
        max_length=500 * (LONGEST_WORD + 2),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="One word or phrase a line. Capitals make no difference.",
    )

    def clean_words(self) -> list[str]:
        return self.cleaned_data["words"].splitlines()


class LevelForm(forms.Form):
    """A person and their level; NOTHING takes it away."""

    user = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    level = forms.ChoiceField(
        choices=[(NOTHING, "No access"), *((level.value, level.label) for level in Level)]
    )

    def clean_level(self) -> Level | None:
        value = self.cleaned_data["level"]
        return None if value == NOTHING else Level(value)
