"""The form of a new ad account."""

from typing import Any

from django import forms

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from bizcenter.lib import money, places
from bizcenter.lib.web_address import WebAddressField

from .settings.forms import CHOOSE, INDUSTRY_CHOICES


class AdAccountForm(forms.Form):
    """What a new ad account needs; currency, time zone and country are fixed afterwards."""

    name = forms.CharField(label="Ad account name", max_length=100)
    same_name = forms.BooleanField(
        label="Create another one of this name", required=False, widget=forms.HiddenInput
    )
    industry = forms.ChoiceField(choices=INDUSTRY_CHOICES)
    website = WebAddressField(
        label="Website",
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

    def __init__(self, *args: Any, business_center: BusinessCenter, **options: Any) -> None:
        self.business_center = business_center
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """A second account of a name is allowed, but only on purpose: lists show them alike."""
        values = super().clean() or {}
        name, is_meant = values.get("name", "").strip(), values.pop("same_name", False)
        same = AdAccount.objects.filter(business_center=self.business_center, name__iexact=name)
        if name and not is_meant and same.exists():
            self.fields["same_name"].widget = forms.CheckboxInput()
            self.add_error(
                "name",
                f"There is an ad account named “{name}” already. Choose another name, or confirm "
                "below that you want two.",
            )
        return values

    @property
    def asks_about_the_name(self) -> bool:
        return not self.fields["same_name"].widget.is_hidden
