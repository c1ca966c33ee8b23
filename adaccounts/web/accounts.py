"""Lists of ad accounts, and opening a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, UserRequest, business_required, own_page
from accounts.permissions import BusinessPermission
from accounts.queries import business_centers_of, businesses_left
from accounts.queries.setup import open_setup
from adaccounts.models import AdAccount, LinkRequest
from adaccounts.permissions import visible_to
from adaccounts.queries import accounts_of_business, levels_by_user
from adaccounts.queries.accounts import accounts_like
from adaccounts.queries.partners import link_requests_to
from adaccounts.services import create_ad_account
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .account_forms import AdAccountForm

PER_PAGE = 25
OWNED, SHARED = "owned", "shared"


@require_safe
@business_required()
def account_list(request: BusinessRequest) -> HttpResponse:
    center = request.business_center
    found = accounts_of_business(center, request.user).select_related("business_center")
    owner = request.GET.get("owner", "")
    if owner == OWNED:
        found = found.filter(business_center=center)
    elif owner == SHARED:
        found = found.exclude(business_center=center)
    waiting = link_requests_to(center).filter(state=LinkRequest.State.PENDING)
    may_link = BusinessPermission.CREATE_AD_ACCOUNTS in request.nav_permissions
    context = _page_of(request, found) | {
        "own_centers": {center.pk},
        "hands_on": BusinessPermission.MANAGE_MEMBERS in request.nav_permissions,
        "owner": owner,
        "asked": waiting.count() if may_link else 0,
        "section": "ad_accounts",
    }
    return render_page(request, "adaccounts/account_list.html", context, fragment="accounts")


@require_safe
@own_page
def my_accounts(request: UserRequest) -> HttpResponse:
    """Every ad account the person may enter, whoever owns it. Who has none at all is led to the
    set-up, unless they have only just lost what they had."""
    found = visible_to(request.user).select_related("business_center").order_by("name", "id")
    own = set(business_centers_of(request.user).values_list("pk", flat=True))
    left: list[str] = []
    if not own and not found.exists():
        left = [] if open_setup(request.user) else businesses_left(request.user)
        if not left:
            return redirect("accounts:setup")
    context = {
        **_page_of(request, found), "own_centers": own, "left": left, "section": "my_accounts",
    }  # fmt: skip
    return render_page(request, "adaccounts/my_accounts.html", context, fragment="accounts")


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.CREATE_AD_ACCOUNTS)
def create(request: BusinessRequest) -> HttpResponse:
    center = request.business_center
    preset = {
        name: getattr(center, name) for name in ("country", "currency", "timezone", "industry")
    }
    form = AdAccountForm(posted(request), initial=preset, business_center=center)
    if form.is_valid():
        try:
            account = create_ad_account(
                business_center=center, actor=request.user, at=clock.now(), **form.cleaned_data
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("adaccounts:created", account.pk)
    context = {"form": form, "section": "ad_accounts"}
    return render(request, "adaccounts/create.html", context, status=422 if form.errors else 200)


def _page_of(request: UserRequest, found: QuerySet[AdAccount]) -> dict[str, Any]:
    search, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    if status in AdAccount.Status.values:
        found = found.filter(status=status)
    page = Paginator(accounts_like(found, search), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    levels = levels_by_user(page.object_list, [request.user])[request.user.pk]
    rows = [(account, levels[account.pk]) for account in page.object_list if account.pk in levels]
    return {
        "page": page,
        "rows": rows,
        "search": search,
        "status": status,
        "statuses": AdAccount.Status.choices,
        "is_filtered": bool(search or status),
    }
