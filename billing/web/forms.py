"""Forms about money. What was typed as a card number is never written back into a page, unless it
is one of the practice bank's own.
"""

import re
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from billing.models import Payment, PaymentMethod
from billing.queries import find_practice_card, top_up_limits
from billing.services import CardInput
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import show_refusal
from bizcenter.lib.money import exponent, format_minor, to_minor

_EXPIRY = re.compile(r"\s*(\d{1,2})\s*/\s*(\d{2}|\d{4})\s*")


class CardNumberInput(forms.TextInput):
    """Shows practice numbers again after an error, and nothing else."""

    def format_value(self, value: Any) -> str | None:
        return str(value) if value and find_practice_card(str(value)) else None


class SecretInput(forms.TextInput):
    def format_value(self, value: Any) -> None:
        return None


CARD_FIELDS = ("number", "expiry", "cvc", "holder")
NEW_CARD = "new"


def _off(**attributes: str) -> dict[str, str]:
    """Browsers must not offer the person's real card."""
    return {"autocomplete": "off", **attributes}


class CardForm(forms.Form):
    """A practice card, and the key that makes a double submit one payment."""

    number = forms.CharField(
        label="Card number",
        max_length=40,
        widget=CardNumberInput(attrs=_off(inputmode="numeric", placeholder="4242 4242 4242 4242")),
    )
    expiry = forms.CharField(
        label="Expiry date",
        max_length=9,
        widget=forms.TextInput(attrs=_off(placeholder="MM/YY")),
        help_text="Any month that has not passed.",
    )
    cvc = forms.CharField(
        label="Security code",
        max_length=4,
        widget=SecretInput(attrs=_off(inputmode="numeric")),
        help_text="Any three digits; four for American Express.",
    )
    holder = forms.CharField(label="Name on card", max_length=80, widget=forms.TextInput(_off()))
    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": "Reload the page.", "invalid": "Reload the page."},
    )

    def clean_expiry(self) -> tuple[int, int] | None:
        found = _EXPIRY.fullmatch(self.cleaned_data["expiry"])
        if found is None:
            raise forms.ValidationError("Enter month and year, such as 12/30.")
        return int(found[1]), int(found[2])

    @property
    def card(self) -> CardInput:
        month, year = self.cleaned_data["expiry"]
        return CardInput(
            number=self.cleaned_data["number"],
            expiry_month=month,
            expiry_year=year,
            cvc=self.cleaned_data["cvc"],
            holder=self.cleaned_data["holder"],
        )

    @property
    def key(self) -> str:
        return str(self.cleaned_data["idempotency_key"])

    def renew_key(self) -> None:
        """After a declined payment the next submit is a new try."""
        self.data = dict(self.data.items()) | {"idempotency_key": str(uuid.uuid4())}


class TopUpForm(CardForm):
    """How much to add, in the account's currency, and by which saved method or card."""

    field_order = ("amount", "method", *CARD_FIELDS)

    def __init__(
        self, *args: Any, currency: str, methods: Sequence[PaymentMethod] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.currency, self.methods = currency, {str(each.pk): each for each in methods}
        if self.methods:
            choices = [(key, str(each)) for key, each in self.methods.items()]
            self.fields["method"] = forms.ChoiceField(
                label="Pay with",
                choices=[*choices, (NEW_CARD, "Another practice card")],
                widget=forms.RadioSelect,
                initial=choices[0][0],
            )
        self._saved_only = self.data.get("method") in self.methods
        if self._saved_only:
            for name in CARD_FIELDS:
                self.fields[name].required = False
        low, high = (format_minor(limit, currency) for limit in top_up_limits(currency))
        self.fields["amount"] = forms.DecimalField(
            label="Amount",
            max_digits=14,
            decimal_places=exponent(currency),
            widget=forms.TextInput(_off(inputmode="decimal")),
            help_text=f"Between {low} and {high} in one payment.",
        )
        self.order_fields(self.field_order)

    def clean_expiry(self) -> tuple[int, int] | None:
        return None if self._saved_only else super().clean_expiry()

    @property
    def payer(self) -> CardInput | PaymentMethod:
        """The saved method that was chosen, or the card that was typed in."""
        chosen = self.methods.get(self.cleaned_data.get("method", ""))
        return self.card if chosen is None else chosen

    @property
    def amount(self) -> int:
        """Minor units."""
        return to_minor(self.cleaned_data["amount"], self.currency)


def charged(form: CardForm, pay: Callable[[], Payment]) -> Payment | None:
    """The payment that went through; None when it did not, and the form then says why."""
    try:
        payment = pay()
    except DomainError as error:
        show_refusal(form, error)
        return None
    if payment.succeeded:
        return payment
    form.add_error(None, f"{payment.message} Nothing was charged; try another way to pay.")
    form.renew_key()
    return None
