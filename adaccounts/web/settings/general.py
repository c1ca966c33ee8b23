"""The general settings of an ad account: its facts, its state, and switching it off and on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PermissionNeeded, recently_signed_in
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from adaccounts.queries import own_managers_of
from adaccounts.services import disable_ad_account, enable_ad_account, update_ad_account
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .forms import GeneralForm

managers_only = ad_account_required(Permission.MANAGE_ACCOUNT)
Status = AdAccount.Status
NEXT_STEPS = {
    Status.IN_REVIEW: "Nothing to do: most reviews end within about ten minutes of practice time. "
    "You can build campaigns meanwhile; they deliver once the account is approved.",
    Status.APPROVED: "Campaigns deliver.",
    Status.DISAPPROVED: "Change what the reason names and save: the account is reviewed again.",
    Status.CONTRACT_PENDING: "Campaigns deliver once the contract has taken effect; a trainer says "
    "when, at the practice desk.",
    Status.SUSPENDED: "Nothing delivers. A trainer can lift the suspension at the practice desk.",
    Status.DISABLED: "Nothing delivers until an Admin of the owner enables the account.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def account_settings(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    # A copy: the form writes into its instance while it checks.
    form = GeneralForm(posted(request), instance=AdAccount.objects.get(pk=account.pk))
    if form.is_valid():
        try:
            after = update_ad_account(
                ad_account=account,
                changes={name: form.cleaned_data[name] for name in form.changed_data},
                actor=request.user,
                at=clock.now(),
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            went = after.status != account.status and after.status == Status.IN_REVIEW
            said = "Saved. The account is reviewed again." if went else "Saved."
            messages.success(request, said)
            return redirect("adaccounts:settings", account.pk)
    context = {
        "form": form,
        "next_step": NEXT_STEPS[Status(account.status)],
        "is_owner": request.is_owners_manager,
        "section": "account_settings",
    }
    status = 422 if form.errors else 200
    return render(request, "adaccounts/settings/general.html", context, status=status)


@require_safe
@managers_only
def created(request: AdAccountRequest) -> HttpResponse:
    """Where one lands after opening an ad account."""
    next_step = NEXT_STEPS[Status(request.ad_account.status)]
    context = {"next_step": next_step, "section": "ad_accounts"}
    return render(request, "adaccounts/created.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
@recently_signed_in
def disable(request: AdAccountRequest) -> HttpResponse:
    """Asks, saying what stops; then does it."""
    _owners_only(request)
    if request.method == "POST":
        return _switch(request, is_on=False)
    return render_page(
        request, "adaccounts/settings/disable.html", {"section": "account_settings"},
        fragment="confirm",
    )  # fmt: skip


@require_POST
@managers_only
@recently_signed_in
def enable(request: AdAccountRequest) -> HttpResponse:
    _owners_only(request)
    return _switch(request, is_on=True)


def _owners_only(request: AdAccountRequest) -> None:
    """A partner manages what was shared, but it is not the partner's to switch off."""
    account = request.ad_account
    if not request.is_owners_manager:
        raise PermissionNeeded(
            needed="Switch the ad account off and on",
            place=account.name,
            granters=[str(person) for person in own_managers_of(account)],
        )


def _switch(request: AdAccountRequest, *, is_on: bool) -> HttpResponse:
    act = enable_ad_account if is_on else disable_ad_account
    try:
        account = act(ad_account=request.ad_account, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{account.name}: {account.get_status_display().lower()}.")
    return redirect("adaccounts:settings", request.ad_account.pk)
