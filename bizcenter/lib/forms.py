"""Forms and domain errors: a refusal of the domain is shown where its input stands."""

from django import forms
from django.http import HttpRequest, QueryDict

from bizcenter.lib.errors import DomainError


def show_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """The form carries the error's message, at its field if the form has it."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, error.message)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing until it is sent, also when it is sent empty."""
    return request.POST if request.method == "POST" else None
