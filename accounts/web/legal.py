"""The terms of use: to read and print, and which version was accepted by whom."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, business_required
from accounts.models.terms import current_terms, terms_of
from accounts.permissions import BusinessPermission
from accounts.services import OutdatedTerms, accept_terms
from bizcenter.clock import queries as clock


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The current version, or an earlier one that somebody accepted."""
    shown = terms_of(request.GET.get("version", current_terms().version))
    if shown is None:
        raise Http404
    context = {"terms": shown, "is_current": shown == current_terms()}
    return render(request, "accounts/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.MANAGE_BUSINESS)
def legal(request: BusinessRequest) -> HttpResponse:
    center, refusal = request.business_center, ""
    if request.method == "POST":
        refusal = _accept(request)
        if not refusal:
            messages.success(request, "The terms are accepted.")
            return redirect("accounts:legal", center.pk)
    accepted = list(center.terms_acceptances.select_related("person"))
    current = current_terms()
    context = {
        "accepted": accepted,
        "terms": current,
        "is_to_accept": all(row.version != current.version for row in accepted),
        "refusal": refusal,
        "section": "legal",
    }
    return render(request, "accounts/legal.html", context, status=422 if refusal else 200)


def _accept(request: BusinessRequest) -> str:
    """Why it was not accepted; empty when it was."""
    if not request.POST.get("accept"):
        return "Tick the box to accept the terms."
    try:
        accept_terms(
            business_center=request.business_center,
            version=request.POST.get("version", ""),
            actor=request.user,
            at=clock.now(),
        )
    except OutdatedTerms as error:
        return error.message
    return ""
