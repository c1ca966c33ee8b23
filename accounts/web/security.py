"""How a person signs in: their second step, passkeys, sessions and history."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import WANTED_PAGE, UserRequest, open_without_two_step, own_page, signed_in
from accounts.queries.sign_ins import sessions_of, sign_ins_of
from accounts.services import end_sessions
from bizcenter.clock import queries as clock
from bizcenter.lib.browsers import in_words
from bizcenter.lib.htmx import render_page
from bizcenter.lib.ids import read_id

from .free_mail import is_free_mail

PER_PAGE = 10


@require_safe
@never_cache
@own_page
@open_without_two_step
def security(request: UserRequest) -> HttpResponse:
    page = Paginator(sign_ins_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tries": [(tried, in_words(tried.user_agent)) for tried in page],
        "sessions": _sessions(request),
        "is_free_mail": is_free_mail(request.user.email),
        **_second_steps(request),
    }
    return render_page(request, "accounts/security.html", context, fragment="history")


@require_POST
@signed_in
@open_without_two_step
def end(request: UserRequest) -> HttpResponse:
    """Sign out one other browser, or all others."""
    chosen = request.POST.get("session", "")
    only = None
    if chosen:
        own = UserSession.objects.filter(user=request.user)
        only = own.filter(pk=read_id(chosen)).first()
        if only is None:
            messages.info(request, "That browser is signed out already.")
            return redirect("accounts:security")
    key = request.session.session_key or ""
    ended = end_sessions(user=request.user, keep=key, at=clock.now(), only=only)
    messages.success(request, f"Signed out in {ended} other browser{'' if ended == 1 else 's'}.")
    return redirect("accounts:security")


@require_safe
@signed_in
@open_without_two_step
def go_on(request: UserRequest) -> HttpResponse:
    """Back to the page from which the person was led to setting up two-step sign-in."""
    return redirect(request.session.pop(WANTED_PAGE, None) or "home")


def _sessions(request: UserRequest) -> list[dict[str, object]]:
    return [
        {
            "row": row,
            "browser": in_words(row.user_agent),
            "is_here": row.session_key == request.session.session_key,
        }
        for row in sessions_of(request.user)
    ]


def _second_steps(request: UserRequest) -> dict[str, object]:
    rows = list(Authenticator.objects.filter(user=request.user))
    codes = next((r for r in rows if r.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "app": next((r for r in rows if r.type == Authenticator.Type.TOTP), None),
        "passkeys": [r.wrap() for r in rows if r.type == Authenticator.Type.WEBAUTHN],
        "codes_left": None if codes is None else len(codes.wrap().get_unused_codes()),
    }
