"""The trainer's desk: what waits for a decision that a reviewer would make on the live platform."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest
from accounts.models import Verification, VerificationDocument
from accounts.services import judge_verification
from adaccounts.models import AdAccount
from adaccounts.services import decide_ad_account
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.uploads import private_file
from bizcenter.practice import queries
from bizcenter.practice.access import trainer_required
from campaigns.models import ProcessingDelay
from campaigns.queries.faults import armed_faults

from .desk_forms import AccountVerdictForm, VerdictForm

on_the_desk = trainer_required("Decide at the practice desk")


@require_safe
@never_cache
@on_the_desk
def desk(request: UserRequest) -> HttpResponse:
    return _page(request)


@require_POST
@on_the_desk
def decide_verification(request: UserRequest, verification_id: int) -> HttpResponse:
    found = get_object_or_404(Verification, pk=verification_id)
    approve = request.POST.get("verdict") == "approve"
    form = VerdictForm(request.POST, prefix=f"v{found.pk}")
    if approve or form.is_valid():
        try:
            judge_verification(
                verification=found,
                approve=approve,
                **({} if approve else form.cleaned_data),
                actor=request.user,
                at=clock.now(),
            )
        except DomainError as error:
            messages.error(request, error.message)
        else:
            words = "verified" if approve else "told what to mend"
            messages.success(request, f"{found.business_center.name} is {words}.")
        return redirect("practice:desk")
    return _page(request, verdict=(found.pk, form), status=422)


@require_POST
@on_the_desk
def decide_account(request: UserRequest, ad_account_id: int) -> HttpResponse:
    found = get_object_or_404(AdAccount, pk=ad_account_id)
    approve = request.POST.get("verdict") == "approve"
    form = AccountVerdictForm(request.POST, prefix=f"a{found.pk}")
    if approve or form.is_valid():
        try:
            decide_ad_account(
                ad_account=found,
                approve=approve,
                reason="" if approve else form.cleaned_data["reason"],
                actor=request.user,
                at=clock.now(),
            )
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{found.name} is {'' if approve else 'not '}approved.")
        return redirect("practice:desk")
    return _page(request, verdict=(found.pk, form), status=422)


@require_safe
@on_the_desk
def document(request: UserRequest, document_id: int) -> HttpResponse:
    """A document that was sent for verification."""
    sent = VerificationDocument.objects.filter(verification__isnull=False)
    return private_file(get_object_or_404(sent, pk=document_id))


def _page(
    request: UserRequest, *, verdict: tuple[int, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The desk; `verdict` is the form that was filled in wrongly, with what it is about."""
    wrong = dict([verdict]) if verdict else {}
    search = request.GET.get("account", "").strip()[:100]
    faults = list(armed_faults())
    context = {
        "verifications": [
            (row, wrong.get(row.pk) or VerdictForm(prefix=f"v{row.pk}"), row.pk in wrong)
            for row in queries.verifications_in_review()
        ],
        "ad_accounts": [
            (row, wrong.get(row.pk) or AccountVerdictForm(prefix=f"a{row.pk}"), row.pk in wrong)
            for row in queries.ad_accounts_in_review()
        ],
        "account_search": search,
        "open_accounts": queries.open_ad_accounts(search),
        "faults": faults,
        "are_all_delayed": any(fault.ad_account_id is None for fault in faults),
        "delays": ProcessingDelay.choices,
        "decided": queries.decided_verifications(),
    }
    return render(request, "practice/desk.html", context, status=status)
