"""The steps of the set-up as forms: what a business is, and what its Business Center is called."""

from typing import Any

from django import forms

from accounts.models import INDUSTRIES, User
from accounts.queries import business_centers_of
from bizcenter.lib import money, places
from bizcenter.lib.postal_codes import has_postal_codes
from bizcenter.lib.web_address import WebAddressField

from .contact_fields import PhoneField, TaxNumberField, postal_code_problem
from .forms import CHOOSE


def _typed(token: str, **attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": token, **attributes})


def _industries() -> list[tuple[str, str]]:
    return [CHOOSE, *((name, name) for name in INDUSTRIES)]


class SetupBusinessForm(forms.Form):
    """Who the business is; invoices and the verification carry it."""

    legal_name = forms.CharField(
        max_length=200,
        widget=_typed("organization"),
        help_text="The registered name of the company, as invoices carry it.",
    )
    industry = forms.ChoiceField(choices=_industries)
    country = forms.ChoiceField(
        choices=lambda: [CHOOSE, *places.countries().items()],
        help_text="Fixed afterwards; it decides tax and how you can pay.",
    )
    contact_name = forms.CharField(label="Contact person", max_length=120, widget=_typed("name"))
    contact_email = forms.EmailField(
        label="Contact e-mail", widget=forms.EmailInput({"autocomplete": "email"})
    )
    contact_phone = PhoneField(
        label="Contact phone", max_length=40, widget=_typed("tel", inputmode="tel")
    )
    street = forms.CharField(max_length=200, widget=_typed("street-address"))
    postal_code = forms.CharField(max_length=20, widget=_typed("postal-code"))
    city = forms.CharField(max_length=100, widget=_typed("address-level2"))
    website = WebAddressField(required=False, widget=forms.URLInput({"autocomplete": "url"}))
    tax_id = TaxNumberField(
        label="Tax number",
        max_length=40,
        required=False,
        help_text="Such as the VAT number; without one, tax is added to invoices.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.data.get("country") or self.initial.get("country", "")
        self.fields["postal_code"].required = has_postal_codes(country)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        problem = postal_code_problem(data.get("postal_code", ""), data.get("country", ""))
        if problem:
            self.add_error("postal_code", problem)
        return data


class SetupNameForm(forms.Form):
    """What the Business Center is called, and how it counts."""

    name = forms.CharField(
        label="Business Center name",
        max_length=100,
        help_text="For you and your team, in the switcher and the menus; invoices carry the "
        "legal name.",
    )
    currency = forms.ChoiceField(
        choices=[CHOOSE, *((code, code) for code in money.CURRENCIES)],
        help_text="Fixed afterwards. Each ad account has its own.",
    )
    timezone = forms.ChoiceField(
        label="Time zone",
        choices=lambda: [CHOOSE, *places.zone_choices()],
        help_text="Fixed afterwards. Each ad account has its own.",
    )

    def __init__(self, *args: Any, founder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.founder = founder

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if self.is_taken(name):
            raise forms.ValidationError(
                f"You have a Business Center named “{name}” already. Choose another name, "
                "so that you can tell them apart."
            )
        return name

    def is_taken(self, name: str) -> bool:
        """Whether a Business Center of the founder has this name."""
        own = business_centers_of(self.founder)
        return bool(name) and own.filter(name__iexact=name.strip()).exists()


def suggested_name(business: dict[str, Any]) -> dict[str, str]:
    """What the name step begins with, from what is known of the business."""
    country = business.get("country", "")
    return {
        "name": str(business.get("legal_name", ""))[:100],
        "currency": places.currency_of(country),
        "timezone": places.zone_of(country),
    }
