"""Forms that save a way to pay."""

from typing import Any

from django import forms
from django.db import models

from accounts.models import BusinessCenter, BusinessSetup, User
from billing import services
from billing.models import PaymentMethod
from billing.queries import Offer
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import show_refusal

from .forms import CardForm


class MethodForm(CardForm):
    """A practice card, or PayPal where it is offered; `kind` says which part counts."""

    kind = forms.ChoiceField(
        label="Kind", choices=PaymentMethod.Kind.choices, widget=forms.RadioSelect, initial="card"
    )
    paypal_email = forms.EmailField(
        label="PayPal e-mail",
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="An invented address: nothing is sent to PayPal.",
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["idempotency_key"]
        if not offer.paypal:
            del self.fields["paypal_email"]
            self.fields["kind"] = forms.CharField(widget=forms.HiddenInput, initial="card")
        # Of the two parts only the chosen one has to be filled in; neither is optional to read.
        if self.data.get("kind") == PaymentMethod.Kind.PAYPAL and offer.paypal:
            for name in ("number", "expiry", "cvc", "holder"):
                self.fields[name].required = False
        elif self.is_bound and offer.paypal:
            self.fields["paypal_email"].required = False

    def clean_expiry(self) -> Any:
        return super().clean_expiry() if self.cleaned_data["expiry"] else None


def saved(
    form: MethodForm, owner: BusinessCenter | BusinessSetup, actor: User
) -> PaymentMethod | None:
    """The method that was saved; None when it was not, and the form then says why."""
    if not form.is_valid():
        return None
    at = clock.now()
    try:
        if form.cleaned_data["kind"] == PaymentMethod.Kind.PAYPAL:
            email = form.cleaned_data.get("paypal_email", "")
            return services.add_paypal(owner=owner, email=email, actor=actor, at=at)
        return services.add_card(owner=owner, card=form.card, actor=actor, at=at)
    except DomainError as error:
        show_refusal(form, error)
        return None


class MethodChoice(forms.ModelChoiceField):
    """One of the saved methods, by its name."""

    def __init__(self, methods: models.QuerySet[PaymentMethod], **kwargs: Any) -> None:
        super().__init__(queryset=methods, widget=forms.RadioSelect, **kwargs)

    def label_from_instance(self, obj: models.Model) -> str:
        return str(obj)


class FundingForm(forms.Form):
    """What an ad account is topped up with."""

    def __init__(self, *args: Any, methods: models.QuerySet[PaymentMethod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"] = MethodChoice(
            methods,
            label="Top up with",
            required=False,
            empty_label="Choose each time",
            blank=True,
        )
