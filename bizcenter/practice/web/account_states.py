"""What a trainer does to an open ad account: suspend it, hold its contract, undo both, and let it
go above its budgets."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import UserRequest
from adaccounts.models import AdAccount
from adaccounts.services import (
    await_contract,
    lift_suspension,
    set_over_delivery,
    start_contract,
    suspend_ad_account,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.practice.access import trainer_required

ACTS: dict[str, Callable[..., AdAccount]] = {
    "suspend": suspend_ad_account,
    "lift": lift_suspension,
    "hold": await_contract,
    "start": start_contract,
}


@require_POST
@trainer_required("Decide at the practice desk")
def change_state(request: UserRequest, ad_account_id: int) -> HttpResponse:
    """Does what the pressed button says; the account's Admins are told."""
    found = get_object_or_404(AdAccount, pk=ad_account_id)
    name = request.POST.get("act", "")
    facts: dict[str, Any] = {"ad_account": found, "actor": request.user, "at": clock.now()}
    if name == "suspend":
        facts["reason"] = request.POST.get("reason", "")[:300]
    if name not in ACTS:
        messages.error(request, "Choose what to do from the list.")
    else:
        try:
            after = ACTS[name](**facts)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            state = after.get_status_display().lower()
            messages.success(request, f"{after.name}: {state}.")
    return redirect(f"{reverse('practice:desk')}?account={found.pk}")


@require_POST
@trainer_required("Decide at the practice desk")
def switch_over_delivery(request: UserRequest, ad_account_id: int) -> HttpResponse:
    """On or off, as the pressed button says; pressing it again changes nothing."""
    found = get_object_or_404(AdAccount, pk=ad_account_id)
    wanted = request.POST.get("over_delivery", "")
    if wanted not in ("on", "off"):
        messages.error(request, "Choose on or off.")
    else:
        set_over_delivery(
            ad_account=found, is_on=wanted == "on", actor=request.user, at=clock.now()
        )
        messages.success(request, f"{found.name}: over-delivery is {wanted}.")
    return redirect(f"{reverse('practice:desk')}?account={found.pk}")
