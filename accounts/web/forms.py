"""Forms about people and their business."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.http import HttpRequest

from accounts.access import SIGNED_UP_AS
from accounts.models import INDUSTRIES, BusinessCenter, User
from bizcenter.lib.web_address import WebAddressField

from .contact_fields import PhoneField, TaxNumberField, postal_code_problem

CHOOSE = ("", "Choose…")


class SignupForm(forms.Form):
    """What sign-up asks beside e-mail and password."""

    name = forms.CharField(
        label="Full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        request.session[SIGNED_UP_AS] = user.email
        # The password was chosen this very moment: it need not be asked for again at once.
        record_authentication(request, user, "password", email=user.email)
        _forget_other_proof(request, user)


def _forget_other_proof(request: HttpRequest, user: User) -> None:
    """An invitation's link proves the address it was sent to, for an account with this address;
    else allauth would give the address to whatever account is made."""
    adapter = get_adapter()
    proved = adapter.unstash_verified_email(request)
    if proved and proved.lower() == user.email.lower():
        adapter.stash_verified_email(request, proved)


class ProfileForm(forms.Form):
    name = SignupForm.base_fields["name"]


def _with_autocomplete(token: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": token})


def _industries() -> list[tuple[str, str]]:
    return [CHOOSE, *((name, name) for name in INDUSTRIES)]


class BusinessSettingsForm(forms.ModelForm):
    """The facts of a Business Center that may change later."""

    industry = forms.ChoiceField(choices=_industries)
    contact_name = forms.CharField(
        label="Contact person", max_length=120, required=False, widget=_with_autocomplete("name")
    )
    contact_email = forms.EmailField(label="Contact e-mail")
    contact_phone = PhoneField(
        label="Phone", max_length=40, required=False, widget=_with_autocomplete("tel")
    )
    website = WebAddressField(required=False)
    street = forms.CharField(max_length=200, widget=_with_autocomplete("street-address"))
    city = forms.CharField(max_length=100, widget=_with_autocomplete("address-level2"))
    tax_id = TaxNumberField(label="Tax number", max_length=40, required=False)

    class Meta:
        model = BusinessCenter
        fields: tuple[str, ...] = (
            "name",
            "legal_name",
            "industry",
            "contact_name",
            "contact_email",
            "contact_phone",
            "website",
            "street",
            "postal_code",
            "city",
            "tax_id",
        )
        labels = {"name": "Business Center name", "postal_code": "Postal code"}
        help_texts = {
            "name": "For you and your team, in the switcher and the menus.",
            "legal_name": "The registered name of the company, as invoices carry it.",
        }

    def clean_postal_code(self) -> str:
        """One that was kept before stays, whatever it looks like."""
        code = str(self.cleaned_data["postal_code"])
        problem = postal_code_problem(code, self.instance.country)
        if problem and "postal_code" in self.changed_data:
            raise forms.ValidationError(problem)
        return code
