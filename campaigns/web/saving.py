"""Carrying out what a form wants; refusals of the domain stand at the form's fields."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest

from adaccounts.access import AdAccountRequest
from assets.services import UnsupportedFile, upload_creative
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from campaigns.services import StaleVersion

from .ad_form import AdForm

Result = TypeVar("Result")
# Where a form shows what the domain calls otherwise.
_SHOWN_AT = {
    "billing_event": "optimization_goal",
    "ad_format": "creative",
    "behaviours": "did",
    "dayparting": "hours",
}


def saved(form: forms.Form, act: Callable[[], Result]) -> Result | None:
    """What `act` answers; None when the form or the domain refused, which the form then says.

    StaleVersion goes on to the caller: a conflict is shown in a way of its own.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except StaleVersion:
        raise
    except DomainError as error:
        field = _SHOWN_AT.get(error.field or "", error.field)
        form.add_error(field if field in form.fields else None, error.message)
        return None


def bring_in_upload(request: AdAccountRequest, form: AdForm) -> None:
    """A file that came with the form is in the library and chosen, even if the rest of the form has
    to be corrected: nobody likes to upload twice."""
    form.is_valid()
    upload = form.cleaned_data.get("upload")
    if upload is None:
        return
    try:
        creative = upload_creative(
            ad_account=request.ad_account,
            upload=upload,
            name="",
            actor=request.user,
            at=clock.now(),
        )
    except UnsupportedFile as error:
        form.add_error("upload", error.message)
    else:
        form.use(creative)


def seen_version(request: HttpRequest) -> int | None:
    """The version the person had before their eyes when the form was opened."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
