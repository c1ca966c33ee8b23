"""The landing page, and where a person starts after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, last_membership, signed_in
from accounts.queries import memberships_of


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Who has signed in goes on from here: to their Business Center, or to what leads to one."""
    is_member = request.user.is_authenticated and memberships_of(request.user).exists()
    return render(request, "accounts/landing.html", {"is_member": is_member})


@require_safe
@signed_in
def home(request: UserRequest) -> HttpResponse:
    """Their Business Center; without one the clock for trainers, else the ad accounts that were
    shared with them, a page that leads on to the set-up when there are none."""
    membership = last_membership(request)
    if membership is not None:
        return redirect("reporting:business_overview", membership.business_center_id)
    if request.user.is_trainer:
        return redirect("practice:clock")
    return redirect("adaccounts:my_accounts")
