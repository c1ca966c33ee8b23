"""People who have access and do not use it."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BusinessRequest, business_required
from accounts.models import Membership
from accounts.permissions import BusinessPermission
from accounts.queries.presence import unused_since
from accounts.services import keep_unused_access
from adaccounts.queries import reach_of_members, role_in_words
from adaccounts.queries.people import Reach
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.htmx import render_page

PER_PAGE = 25
PERIODS = (30, 90)
members_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_safe
@members_only
def unused_access(request: BusinessRequest) -> HttpResponse:
    center, days = request.business_center, _days(request.GET.get("days", ""))
    since = clock.now() - timedelta(days=days)
    members = Membership.objects.filter(business_center=center).select_related("user")
    page = Paginator(unused_since(members, since), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    reach = reach_of_members(center, [row.user for row in rows if row.role != "admin"])
    shown = []
    for row in rows:
        here = reach.get(row.user_id, Reach())
        shown.append((row, role_in_words(row, [here.highest] if here.highest else []), here))
    context = {"page": page, "rows": shown, "days": days, "periods": PERIODS, "section": "users"}
    return render_page(request, "adaccounts/people/unused_access.html", context, fragment="unused")


@require_POST
@members_only
def keep(request: BusinessRequest, membership_id: int) -> HttpResponse:
    member = get_object_or_404(
        Membership.objects.select_related("user", "business_center"),
        pk=membership_id,
        business_center=request.business_center,
    )
    try:
        keep_unused_access(membership=member, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{member.user} keeps the access.")
    address = reverse("adaccounts:unused_access", args=[request.business_center.pk])
    return redirect(f"{address}?days={_days(request.POST.get('days', ''))}")


def _days(text: str) -> int:
    return int(text) if text in map(str, PERIODS) else PERIODS[0]
