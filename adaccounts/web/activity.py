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
# The owner's people, other partners and money are not a partner's business.
OF_THE_OWNER_ALONE = (
    *("grant_access", "revoke_access", "share_account", "unshare_account"),
    *("request_link", "decide_link", "withdraw_link"),
    *("ask_for_access", "approve_access_request", "decline_access_request"),
    *("top_up", "top_up_declined", "pay_invoice", "pay_invoice_declined", "issue_invoice"),
    "choose_funding",
)


@require_safe
@ad_account_required(Permission.MANAGE_ACCOUNT)
def account_activity(request: AdAccountRequest) -> HttpResponse:
    """Newest first; partners see what was done in it, not what the owner does with it. From where
    it was done is for those who may read the whole log."""
    account, search = request.ad_account, request.GET.get("q", "").strip()[:200]
    entries = activity_in(
        account.business_center,
        account.pk,
        ActivityWish(search=search),
        without=() if request.is_owners_manager else OF_THE_OWNER_ALONE,
    )
    context = {
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "offset": account.utc_offset_minutes,
        "shows_address": BusinessPermission.VIEW_ACTIVITY in request.nav_permissions,
        "section": "account_activity",
    }
    return render_page(request, "adaccounts/activity.html", context, fragment="entries")
