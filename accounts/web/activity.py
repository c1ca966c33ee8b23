"""The activity log of a Business Center, newest first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import BusinessRequest, business_required
from accounts.permissions import BusinessPermission
from accounts.queries import activity_of
from bizcenter.lib.htmx import render_page

PER_PAGE = 50


@require_safe
@business_required(BusinessPermission.VIEW_ACTIVITY)
def activity(request: BusinessRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    entries = activity_of(request.business_center, search=search)
    context = {
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "section": "activity",
    }
    return render_page(request, "accounts/activity.html", context, fragment="entries")
