"""A person's API credentials: their apps and their access tokens; secrets are shown once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, own_page, signed_in
from accounts.models import AccessToken, DeveloperApp
from accounts.services import create_developer_app, issue_access_token, revoke_access_token

from .forms import DeveloperAppForm


@require_safe
@never_cache
@own_page
def developer(request: UserRequest) -> HttpResponse:
    return _page(request, form=DeveloperAppForm())


@require_POST
@never_cache
@own_page
def create_app(request: UserRequest) -> HttpResponse:
    """Answers with the secret on the page: it is kept nowhere to be shown after a redirect."""
    form = DeveloperAppForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    app, secret = create_developer_app(owner=request.user, **form.cleaned_data)
    return _page(request, form=DeveloperAppForm(), new_app=app, new_secret=secret)


@require_POST
@never_cache
@own_page
def create_token(request: UserRequest) -> HttpResponse:
    plain = issue_access_token(user=request.user)
    return _page(request, form=DeveloperAppForm(), new_token=plain)


@require_POST
@signed_in
def revoke_token(request: UserRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(AccessToken, pk=token_id, user=request.user)
    revoke_access_token(token=token)
    messages.success(request, "The token is revoked: the next call with it is refused.")
    return redirect("accounts:developer")


def _page(request: UserRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "apps": DeveloperApp.objects.filter(owner=request.user).order_by("-id"),
        "tokens": AccessToken.objects.filter(user=request.user, revoked_at__isnull=True)
        .select_related("app")
        .order_by("-id"),
        **shown,
    }
    return render(request, "accounts/developer.html", context, status=status)
