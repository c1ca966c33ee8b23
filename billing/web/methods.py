"""Saved payment methods of a Business Center: the list, adding, the default, removing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import (
    BusinessRequest,
    business_permission_needed,
    business_required,
    recently_signed_in,
)
from accounts.permissions import BusinessPermission
from billing import queries, services
from billing.models import PaymentMethod
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted

from .method_forms import MethodForm, saved
from .secrets import cards_stay_out_of_sessions

MANAGE = BusinessPermission.MANAGE_FINANCE


@sensitive_post_parameters("number", "cvc")
@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.VIEW_FINANCE)
@cards_stay_out_of_sessions
@recently_signed_in
def payment_methods(request: BusinessRequest) -> HttpResponse:
    """The list; with the right to manage finance, also the form that adds one."""
    center = request.business_center
    offer = queries.methods_offered(center.country)
    form = MethodForm(posted(request), offer=offer)
    if request.method == "POST":
        if MANAGE not in request.nav_permissions:
            raise business_permission_needed(center, MANAGE)
        method = saved(form, center, request.user)
        if method is not None:
            messages.success(request, f"{method} is saved.")
            return redirect("billing:payment_methods", center.pk)
    at = clock.now()
    methods = [(each, each.has_expired(at)) for each in queries.methods_of(center)]
    context = {
        "form": form,
        "methods": methods,
        "offer": offer,
        "country": queries.country_name(center.country),
        "cards": queries.PRACTICE_CARDS,
        "section": "financial",
    }
    status = 422 if form.errors else 200
    return render(request, "billing/payment_methods.html", context, status=status)


@require_POST
@business_required(MANAGE)
@recently_signed_in
def default_payment_method(request: BusinessRequest, method_id: int) -> HttpResponse:
    method = _find(request, method_id)
    services.make_default(
        method=method,
        business_center=request.business_center,
        actor=request.user,
        at=clock.now(),
    )
    messages.success(request, f"{method} is offered first from now on.")
    return redirect("billing:payment_methods", request.business_center.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(MANAGE)
@recently_signed_in
def remove_payment_method(request: BusinessRequest, method_id: int) -> HttpResponse:
    """Asks first, and says which ad accounts are topped up with it."""
    method = _find(request, method_id)
    if request.method == "POST":
        services.remove_method(
            method=method,
            business_center=request.business_center,
            actor=request.user,
            at=clock.now(),
        )
        messages.success(request, f"{method} is removed.")
        return redirect("billing:payment_methods", request.business_center.pk)
    funded = [row.ad_account for row in method.fundings.select_related("ad_account")]
    context = {"method": method, "funded": funded, "section": "financial"}
    return render(request, "billing/remove_payment_method.html", context)


def _find(request: BusinessRequest, method_id: int) -> PaymentMethod:
    return get_object_or_404(queries.methods_of(request.business_center), pk=method_id)
