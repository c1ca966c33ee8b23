"""Partners: who they are, what is shared with them, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import BusinessCenter
from accounts.permissions import BusinessPermission
from adaccounts.models import AccountShare, AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, AssetRole, Level, assets_visible_to
from adaccounts.queries import managed_as_member
from adaccounts.queries.accounts import accounts_like
from adaccounts.queries.held import above_the_level
from adaccounts.queries.partners import (
    Dealings,
    account_shares,
    asset_shares,
    dealings_with,
    our_partners,
    sharing_with_us,
)
from adaccounts.services import (
    add_partner,
    remove_partner,
    share_account,
    share_asset,
    unshare_account,
    unshare_asset,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .forms import AssetShareForm, PartnerForm, ShareForm

PER_PAGE, MOST_FOUND = 25, 20
NOTHING_YET = "Nothing is shared yet. Choose below what they may use."
ALREADY = "This is a partner already. Below is what you share."
admins_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def partner_list(request: BusinessRequest) -> HttpResponse:
    """The list, and adding one by its ID."""
    center = request.business_center
    form = PartnerForm(posted(request))
    if form.is_valid():
        before = dealings_with(center, form.cleaned_data["partner_id"].pk)
        try:
            added = add_partner(
                business_center=center, partner=form.cleaned_data["partner_id"],
                actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            is_known = before is not None and before.given is not None
            messages.success(request, ALREADY if is_known else NOTHING_YET)
            return redirect("adaccounts:partner", center.pk, added.partner_id)
    context = {
        "form": form,
        "page": Paginator(our_partners(center), PER_PAGE).get_page(request.GET.get("page")),
        "taken": Paginator(sharing_with_us(center), PER_PAGE).get_page(request.GET.get("taken")),
        "section": "partners",
    }
    status = 422 if form.errors else 200
    return render(request, "adaccounts/sharing/partner_list.html", context, status=status)


@require_safe
@admins_only
def partner(request: BusinessRequest, partner_id: int) -> HttpResponse:
    """One partner: what goes to them and what comes from them."""
    found, search = _dealings(request, partner_id), request.GET.get("find", "").strip()
    context = {
        "dealings": found,
        **_given(request, found),
        "taken": _page(request, account_shares(found.taken), "taken") if found.taken else None,
        "taken_assets": asset_shares(found.taken) if found.taken else [],
        "find": search,
        "found": _not_shared(request, found.other, search) if search else [],
        "levels": list(Level),
        "roles": list(AssetRole),
        "section": "partners",
    }
    return render(request, "adaccounts/sharing/partner.html", context)


@require_POST
@admins_only
@recently_signed_in
def share(request: BusinessRequest, partner_id: int) -> HttpResponse:
    """Shares an ad account, or changes its level; who is lowered is said first."""
    other, form = _dealings(request, partner_id).other, ShareForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose an ad account and a level from the list.")
        return redirect("adaccounts:partner", request.business_center.pk, other.pk)
    wanted = form.cleaned_data
    account, level = _account(request, wanted["ad_account"]), wanted["level"]
    lowered = above_the_level(account, other, level)
    if lowered and not wanted["is_confirmed"]:
        context = {
            "partner": other,
            "account": account,
            "level": level,
            "lowered": lowered,
            "section": "partners",
        }
        return render(request, "adaccounts/sharing/lower.html", context)
    share_account(
        ad_account=account, partner=other, level=level, actor=request.user, at=clock.now()
    )
    messages.success(request, f"{other.name} has {account.name} as {level.label}.")
    return redirect("adaccounts:partner", request.business_center.pk, other.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def unshare(request: BusinessRequest, partner_id: int, ad_account_id: int) -> HttpResponse:
    other = _dealings(request, partner_id).other
    account = _account(request, ad_account_id)
    if request.method == "POST":
        try:
            unshare_account(ad_account=account, partner=other, actor=request.user, at=clock.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{other.name} cannot enter {account.name} any more.")
        return redirect("adaccounts:partner", request.business_center.pk, other.pk)
    context = {"partner": other, "account": account, "section": "partners"}
    return render_page(request, "adaccounts/sharing/unshare.html", context, fragment="confirm")


@require_POST
@admins_only
@recently_signed_in
def asset_share(request: BusinessRequest, partner_id: int) -> HttpResponse:
    """Shares a pixel or catalog in a role, or stops doing so."""
    other, form = _dealings(request, partner_id).other, AssetShareForm(request.POST)
    if form.is_valid():
        wanted, role = form.cleaned_data["asset"], form.cleaned_data["role"]
        asset = get_object_or_404(_managed_assets(request), pk=wanted)
        who: dict[str, Any] = {
            "asset": asset, "partner": other, "actor": request.user, "at": clock.now(),
        }  # fmt: skip
        try:
            if role is None:
                unshare_asset(**who)
            else:
                share_asset(role=role, **who)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{other.name}: {asset.name} is changed.")
    else:
        messages.error(request, "Choose an asset and a role from the list.")
    return redirect("adaccounts:partner", request.business_center.pk, other.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def remove(request: BusinessRequest, partner_id: int) -> HttpResponse:
    """Revokes everything at once, after saying what that is."""
    center, found = request.business_center, _dealings(request, partner_id)
    if found.given is None:
        raise Http404
    if request.method == "POST":
        try:
            remove_partner(
                business_center=center, partner=found.other, actor=request.user, at=clock.now()
            )
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{found.other.name} has no access any more.")
        return redirect("adaccounts:partner_list", center.pk)
    context = {
        "partner": found.other,
        "shares": account_shares(found.given)[:MOST_FOUND],
        "accounts": account_shares(found.given).count(),
        "assets": asset_shares(found.given).count(),
        "section": "partners",
    }
    return render_page(request, "adaccounts/sharing/remove.html", context, fragment="confirm")


def _dealings(request: BusinessRequest, partner_id: int) -> Dealings:
    found = dealings_with(request.business_center, partner_id)
    if found is None:
        raise Http404
    return found


def _given(request: BusinessRequest, found: Dealings) -> dict[str, Any]:
    """What we share, each marked whether the person manages it and so may change that; and the
    assets they could share too."""
    own = _managed_assets(request)
    if found.given is None:
        return {
            "given": None,
            "given_assets": [],
            "assets": own.order_by("kind", "name")[:MOST_FOUND],
        }
    accounts = managed_as_member(request.business_center, request.user)
    shares = account_shares(found.given).annotate(
        is_managed=Exists(accounts.order_by().filter(pk=OuterRef("ad_account_id")))
    )
    unshared = own.exclude(shares__partnership=found.given)
    return {
        "given": _page(request, shares, "page"),
        "given_assets": asset_shares(found.given).annotate(
            is_managed=Exists(own.filter(pk=OuterRef("asset_id")))
        ),
        "assets": unshared.order_by("kind", "name")[:MOST_FOUND],
    }


def _managed_assets(request: BusinessRequest) -> QuerySet[BusinessAsset]:
    managed = assets_visible_to(request.user, AssetPermission.MANAGE_ASSET)
    return managed.filter(business_center=request.business_center)


def _account(request: BusinessRequest, ad_account_id: int) -> AdAccount:
    """One that the person manages as a member of its owner."""
    managed = managed_as_member(request.business_center, request.user)
    return get_object_or_404(managed.select_related("business_center"), pk=ad_account_id)


def _not_shared(request: BusinessRequest, other: BusinessCenter, search: str) -> list[AdAccount]:
    managed = managed_as_member(request.business_center, request.user)
    unshared = managed.exclude(shares__partnership__partner=other)
    return list(accounts_like(unshared, search)[:MOST_FOUND])


def _page(
    request: BusinessRequest, shares: QuerySet[AccountShare], name: str
) -> Page[AccountShare]:
    return Paginator(shares, PER_PAGE).get_page(request.GET.get(name))
