"""A person's apps and access tokens of the Business API; secrets are shown once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import UserRequest, own_page, recently_signed_in, signed_in
from accounts.models import AccessToken, DeveloperApp
from accounts.queries import credentials
from accounts.services import (
    create_developer_app,
    issue_access_token,
    renew_app_secret,
    revoke_access_token,
    revoke_developer_app,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import show_refusal
from bizcenter.lib.htmx import render_page

from .developer_forms import DeveloperAppForm, TokenForm
from .sent_once import form_key, sent_once


@require_safe
@never_cache
@own_page
def developer(request: UserRequest) -> HttpResponse:
    return _page(request)


@require_POST
@never_cache
@own_page
@recently_signed_in
@sent_once
def create_app(request: UserRequest) -> HttpResponse:
    """Answers with the secret on the page: it is kept nowhere to be shown after a redirect."""
    form = DeveloperAppForm(request.POST)
    if form.is_valid():
        try:
            app, secret = create_developer_app(
                owner=request.user, at=clock.now(), **form.cleaned_data
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return _page(request, shown_app=app, new_secret=secret, what="is registered")
    return _page(request, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@own_page
@recently_signed_in
@sent_once
def renew_secret(request: UserRequest, app_id: int) -> HttpResponse:
    app = _own_app(request, app_id)
    if request.method == "POST":
        secret = renew_app_secret(app=app, at=clock.now())
        return _page(request, shown_app=app, new_secret=secret, what="has a new secret")
    return _confirm(request, app, "renew")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@recently_signed_in
def revoke_app(request: UserRequest, app_id: int) -> HttpResponse:
    app = _own_app(request, app_id)
    if request.method == "POST":
        revoke_developer_app(app=app, at=clock.now())
        messages.success(request, f"{app.name} is revoked, and all its tokens with it.")
        return redirect("accounts:developer")
    return _confirm(request, app, "revoke")


@require_POST
@never_cache
@own_page
@recently_signed_in
@sent_once
def create_token(request: UserRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, token_form=form, status=422)
    plain = issue_access_token(
        user=request.user, scopes=form.cleaned_data["scopes"], at=clock.now()
    )
    return _page(request, new_token=plain)


@require_POST
@signed_in
@recently_signed_in
def revoke_token(request: UserRequest, token_id: int) -> HttpResponse:
    """A personal token; or with one of an app, all that the app has of this person."""
    rows = AccessToken.objects.select_related("user", "app")
    token = get_object_or_404(rows, pk=token_id, user=request.user)
    revoke_access_token(token=token, at=clock.now())
    gone = f"{token.app.name} has no access any more" if token.app else "The token is revoked"
    messages.success(request, f"{gone}: the next call with it is refused.")
    return redirect("accounts:developer")


def _own_app(request: UserRequest, app_id: int) -> DeveloperApp:
    valid = DeveloperApp.objects.select_related("owner").filter(revoked_at__isnull=True)
    return get_object_or_404(valid, pk=app_id, owner=request.user)


def _confirm(request: UserRequest, app: DeveloperApp, verb: str) -> HttpResponse:
    context = {
        "app": app,
        "verb": verb,
        "people": credentials.people_of_app(app),
        "form_key": form_key(),
    }
    return render_page(request, "accounts/app_confirm.html", context, fragment="confirm")


def _page(request: UserRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "apps": credentials.apps_of(request.user),
        "own_tokens": credentials.personal_tokens_of(request.user),
        "allowed": credentials.apps_with_access_to(request.user),
        "form": DeveloperAppForm(),
        "token_form": TokenForm(),
        "app_key": form_key(),
        "token_key": form_key(),
        "tab": "developer",
        **shown,
    }
    return render(request, "accounts/developer.html", context, status=status)
