"""The partner's side: an ad account that another Business Center shares with ours."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.models import AccountShare, AdAccount
from adaccounts.services import give_up_account
from adaccounts.web.settings.people import change_level, people_context
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.htmx import render_page

admins_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def shared_account(request: BusinessRequest, ad_account_id: int) -> HttpResponse:
    """Who of ours may enter it, up to the level at which it is shared."""
    center, account = request.business_center, _account(request, ad_account_id)
    if request.method == "POST":
        change_level(request, account, center)
        return redirect("adaccounts:shared_account", center.pk, account.pk)
    context = people_context(request, account, center) | {
        "account": account,
        "section": "ad_accounts",
    }
    return render(request, "adaccounts/sharing/shared_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def give_up(request: BusinessRequest, ad_account_id: int) -> HttpResponse:
    center, account = request.business_center, _account(request, ad_account_id)
    if request.method == "POST":
        try:
            give_up_account(ad_account=account, partner=center, actor=request.user, at=clock.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"Nobody of {center.name} can enter {account.name} now.")
        return redirect("adaccounts:account_list", center.pk)
    context = {"account": account, "section": "ad_accounts"}
    return render_page(request, "adaccounts/sharing/give_up.html", context, fragment="confirm")


def _account(request: BusinessRequest, ad_account_id: int) -> AdAccount:
    share = (
        AccountShare.objects.select_related("ad_account__business_center")
        .filter(ad_account=ad_account_id, partnership__partner=request.business_center)
        .first()
    )
    if share is None:
        raise Http404
    return share.ad_account
