"""How an ad account pays: from its balance, topped up with which method."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import business_permission_needed, recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.access import AdAccountRequest, finance_required
from billing import queries, services
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted

from .method_forms import FundingForm

MANAGE = BusinessPermission.MANAGE_FINANCE


@require_http_methods(["GET", "HEAD", "POST"])
@finance_required(BusinessPermission.VIEW_FINANCE)
@recently_signed_in
def account_payment(request: AdAccountRequest) -> HttpResponse:
    account, center = request.ad_account, request.business_center
    chosen = queries.funding_method(account)
    form = FundingForm(
        posted(request), methods=queries.methods_of(center), initial={"method": chosen}
    )
    if request.method == "POST" and MANAGE not in request.nav_permissions:
        raise business_permission_needed(center, MANAGE)
    if form.is_valid():
        services.choose_funding(
            ad_account=account,
            method=form.cleaned_data["method"],
            actor=request.user,
            at=clock.now(),
        )
        messages.success(request, "Saved. It is what people are offered first.")
        return redirect("billing:account_payment", account.pk)
    context = {
        "form": form,
        "chosen": chosen,
        "offer": queries.methods_offered(center.country),
        "country": queries.country_name(center.country),
        "section": "financial",
    }
    return render(
        request, "billing/account_payment.html", context, status=422 if form.errors else 200
    )
