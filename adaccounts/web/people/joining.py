"""The page behind an invitation's link. Looking at it changes nothing; every step is a button."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Invitation, User
from accounts.queries import membership_of
from accounts.queries.invitations import LinkState, invitation_behind, is_addressed_to
from adaccounts.queries import role_in_words
from adaccounts.queries.held import invited_access
from adaccounts.services import accept_invitation, ask_for_new_link, decline_invitation
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    step = _STEPS.get(request.POST.get("step", "")) if request.method == "POST" else None
    if step is not None:
        try:
            return step(request, token)
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("adaccounts:join", token)
    context = _context(request, token)
    status = 404 if context["state"] == LinkState.UNKNOWN else 200
    return render(request, "adaccounts/people/join.html", context, status=status)


def _context(request: HttpRequest, token: str) -> dict[str, Any]:
    """To somebody signed in with another address nothing but that is told."""
    invitation, state = invitation_behind(token=token, at=clock.now())
    user = request.user
    shown: dict[str, Any] = {"state": state, "here": request.path}
    if invitation is None:
        return shown
    if isinstance(user, User) and not is_addressed_to(invitation, user):
        return shown | {"is_for_another": True}
    if isinstance(user, User):
        shown["membership"] = membership_of(user, invitation.business_center)
    if state == LinkState.OPEN:
        access = invited_access(invitation)
        shown["access"] = access
        shown["role"] = role_in_words(access.standing, access.levels.values())
    return shown | {"invitation": invitation}


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return _sign_in(request, token)
    membership = accept_invitation(token=token, user=request.user, at=clock.now())
    messages.success(request, f"Welcome to {membership.business_center.name}.")
    return redirect("reporting:business_overview", membership.business_center_id)


def _decline(request: HttpRequest, token: str) -> HttpResponse:
    if not isinstance(request.user, User):
        return _sign_in(request, token)
    decline_invitation(token=token, user=request.user, at=clock.now())
    return redirect("adaccounts:join", token)


def _ask(request: HttpRequest, token: str) -> HttpResponse:
    ask_for_new_link(token=token, at=clock.now())
    messages.success(request, "Whoever invited you has been told and can send you a new link.")
    return redirect("adaccounts:join", token)


def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{_back(token)}")


def _sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """The link came to the address, so that an account with this address needs no other proof."""
    invitation, state = invitation_behind(token=token, at=clock.now())
    if invitation is None or state != LinkState.OPEN:
        return redirect("adaccounts:join", token)
    get_adapter().stash_verified_email(request, invitation.email)
    return redirect(f"{reverse('account_signup')}?{_back(token, invitation)}")


def _back(token: str, invitation: Invitation | None = None) -> str:
    """Afterwards people come back here."""
    query = {"next": reverse("adaccounts:join", args=[token])}
    return urlencode(query if invitation is None else query | {"email": invitation.email})


_STEPS = {
    "accept": _accept,
    "decline": _decline,
    "ask": _ask,
    "sign_in": _sign_in,
    "sign_up": _sign_up,
}
