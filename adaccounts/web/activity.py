"""What happened in one ad account, for those who manage it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.permissions import BusinessPermission
from accounts.queries import ActivityWish, activity_in
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.lib.htmx import render_page

PER_PAGE = 50


@require_safe
@ad_account_required(Permission.MANAGE_ACCOUNT)
def account_activity(request: AdAccountRequest) -> HttpResponse:
    """Newest first. From where it was done is for those who may read the whole log."""
    account, search = request.ad_account, request.GET.get("q", "").strip()[:200]
    entries = activity_in(account.business_center, account.pk, ActivityWish(search=search))
    context = {
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "offset": account.utc_offset_minutes,
        "shows_address": BusinessPermission.VIEW_ACTIVITY in request.nav_permissions,
        "section": "account_activity",
    }
    return render_page(request, "adaccounts/activity.html", context, fragment="entries")
