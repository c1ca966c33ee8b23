"""Spending cap, defaults of new ads, and blocked words of one ad account."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import recently_signed_in
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from adaccounts.services import (
    reset_spending_cap,
    set_blocked_words,
    set_defaults,
    set_spending_cap,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal

from .forms import CapForm, DefaultsForm, WordsForm

managers_only = ad_account_required(Permission.MANAGE_ACCOUNT)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
@recently_signed_in
def spending_cap(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    form = CapForm(posted(request), ad_account=account)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            set_spending_cap(
                ad_account=account, mode=wanted["mode"], amount=wanted["amount"],
                actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _saved(request, "spending_cap")
    return _page(request, "spending_cap", form)


@require_POST
@managers_only
@recently_signed_in
def reset_cap(request: AdAccountRequest) -> HttpResponse:
    try:
        reset_spending_cap(ad_account=request.ad_account, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "The cap counts from now on.")
    return redirect("adaccounts:spending_cap", request.ad_account.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def account_defaults(request: AdAccountRequest) -> HttpResponse:
    form = DefaultsForm(posted(request), ad_account=request.ad_account)
    if form.is_valid():
        try:
            set_defaults(
                ad_account=request.ad_account, changes=form.cleaned_data,
                actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _saved(request, "account_defaults")
    return _page(request, "account_defaults", form)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def blocked_words(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    form = WordsForm(posted(request), initial={"words": "\n".join(account.blocked_words)})
    if form.is_valid():
        try:
            set_blocked_words(
                ad_account=account, words=form.cleaned_data["words"],
                actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _saved(request, "blocked_words")
    return _page(request, "blocked_words", form)


def _saved(request: AdAccountRequest, name: str) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect(f"adaccounts:{name}", request.ad_account.pk)


def _page(request: AdAccountRequest, name: str, form: forms.Form) -> HttpResponse:
    context = {
        "form": form,
        "is_total": request.ad_account.cap_mode == AdAccount.CapMode.TOTAL,
        "section": "account_settings",
    }
    status = 422 if form.errors else 200
    return render(request, f"adaccounts/settings/{name}.html", context, status=status)
