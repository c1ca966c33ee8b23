"""The settings of a Business Center."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BusinessRequest, business_required
from accounts.permissions import BusinessPermission
from accounts.queries.review import is_review_due, remarks_on
from accounts.services import confirm_settings_review, update_business_center
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.places import utc_offset_minutes

from .forms import BusinessSettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.MANAGE_BUSINESS)
def business_settings(request: BusinessRequest) -> HttpResponse:
    form = BusinessSettingsForm(posted(request), initial=_facts(request))
    if form.is_valid():
        try:
            update_business_center(
                business_center=request.business_center,
                changes=form.cleaned_data,
                actor=request.user,
                at=clock.now(),
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "Saved. Invoices issued from now on carry these details.")
            return redirect("accounts:settings", request.business_center.pk)
    at = clock.now()
    context = {
        "form": form,
        "remarks": remarks_on(request.business_center, at),
        "review_due": is_review_due(request.business_center, at),
        "offset": utc_offset_minutes(request.business_center.timezone),
        "tab": "business",
    }
    return render(request, "accounts/settings.html", context, status=422 if form.errors else 200)


@require_POST
@business_required(BusinessPermission.MANAGE_BUSINESS)
def confirm_review(request: BusinessRequest) -> HttpResponse:
    confirm_settings_review(
        business_center=request.business_center, actor=request.user, at=clock.now()
    )
    messages.success(request, "Noted: the settings were reviewed today.")
    return redirect("accounts:settings", request.business_center.pk)


def _facts(request: BusinessRequest) -> dict[str, str]:
    fields = BusinessSettingsForm.Meta.fields
    return {field: getattr(request.business_center, field) for field in fields}
