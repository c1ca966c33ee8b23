"""Settings of one ad account: its fixed facts, and its people with their levels."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.queries import find_user
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Level, Permission
from adaccounts.queries import grants_in, is_managed_by
from adaccounts.services import grant_access, revoke_access
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError

from .forms import GrantForm, LevelForm

managers_only = ad_account_required(Permission.MANAGE_ACCOUNT)


@require_safe
@managers_only
def account_settings(request: AdAccountRequest) -> HttpResponse:
    return _page(request, GrantForm())


@require_POST
@managers_only
def grant(request: AdAccountRequest) -> HttpResponse:
    form = GrantForm(request.POST)
    user = find_user(form.cleaned_data.get("email", "")) if form.is_valid() else None
    if form.is_valid() and user is None:
        form.add_error(
            "email", "Nobody has signed up with this address. Ask the person to sign up first."
        )
    if user is None:
        return _page(request, form, status=422)
    return _give(request, user, form.cleaned_data["level"])


@require_POST
@managers_only
def change_level(request: AdAccountRequest, user_id: int) -> HttpResponse:
    user, form = _granted(request, user_id), LevelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a level from the list.")
        return redirect("adaccounts:settings", request.ad_account.pk)
    return _give(request, user, form.cleaned_data["level"])


def _give(request: AdAccountRequest, user: User, level: Level) -> HttpResponse:
    return _do(
        request,
        lambda: grant_access(
            ad_account=request.ad_account,
            user=user,
            level=level,
            actor=request.user,
            at=clock.now(),
        ),
        f"{user} is {level.label} of {request.ad_account.name}.",
    )


@require_POST
@managers_only
def revoke(request: AdAccountRequest, user_id: int) -> HttpResponse:
    user = _granted(request, user_id)
    return _do(
        request,
        lambda: revoke_access(
            ad_account=request.ad_account, user=user, actor=request.user, at=clock.now()
        ),
        f"{user} can enter {request.ad_account.name} no more.",
    )


def _granted(request: AdAccountRequest, user_id: int) -> User:
    for found in grants_in(request.ad_account):
        if found.user.pk == user_id:
            return found.user
    raise Http404


def _do(request: AdAccountRequest, change: Callable[[], None], said: str) -> HttpResponse:
    try:
        change()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
        if not is_managed_by(request.user, request.ad_account):
            return redirect("home")
    return redirect("adaccounts:settings", request.ad_account.pk)


def _page(request: AdAccountRequest, form: GrantForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "grants": grants_in(request.ad_account),
        "levels": list(Level),
        "section": "account_settings",
    }
    return render(request, "adaccounts/settings.html", context, status=status)
