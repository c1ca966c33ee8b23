"""A trainer holds up the processing of status changes, of one ad account or of all, and lets go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import UserRequest
from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.practice.access import trainer_required
from campaigns.models import ProcessingFault
from campaigns.services import delay_processing, lift_delay

on_the_desk = trainer_required("Decide at the practice desk")


@require_POST
@on_the_desk
def hold_up(request: UserRequest, ad_account_id: int | None = None) -> HttpResponse:
    """What is requested from now on takes as much longer as was chosen."""
    account = None if ad_account_id is None else get_object_or_404(AdAccount, pk=ad_account_id)
    typed = request.POST.get("minutes", "")
    try:
        fault = delay_processing(
            ad_account=account,
            minutes=int(typed) if typed.isdecimal() else 0,
            actor=request.user,
            at=clock.now(),
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            f"{account.name if account else 'All ad accounts'}: stops, switches and deletions from "
            f"now on take {fault.get_delay_minutes_display()} longer.",
        )
    return _back(account)


@require_POST
@on_the_desk
def lift(request: UserRequest, fault_id: int) -> HttpResponse:
    """What waits is processed; pressing it again changes nothing."""
    fault = get_object_or_404(ProcessingFault.objects.select_related("ad_account"), pk=fault_id)
    freed = lift_delay(fault=fault, actor=request.user, at=clock.now())
    delay = fault.get_delay_minutes_display()
    waited = {0: "Nothing waited", 1: "1 change that waited goes on"}
    said = waited.get(freed, f"{freed} changes that waited go on")
    messages.success(request, f"The delay of {delay} is lifted. {said}.")
    return _back(fault.ad_account)


def _back(account: AdAccount | None) -> HttpResponse:
    desk = reverse("practice:desk")
    return redirect(f"{desk}?account={account.pk}" if account else f"{desk}#processing")
