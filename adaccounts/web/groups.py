"""Asset groups: bundles of ad accounts that people are given all at once."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import Membership
from accounts.permissions import BusinessPermission
from adaccounts.models import AssetGroup
from adaccounts.permissions import Level
from adaccounts.queries import accounts_within_reach
from adaccounts.queries.accounts import accounts_like
from adaccounts.queries.sides import members_like
from adaccounts.services import (
    add_to_asset_group,
    create_asset_group,
    delete_asset_group,
    rename_asset_group,
    take_from_asset_group,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page
from bizcenter.lib.ids import read_id

PER_PAGE, MOST_FOUND = 25, 20
admins_only = business_required(BusinessPermission.MANAGE_MEMBERS)


class NameForm(forms.Form):
    name = forms.CharField(label="Name of the group", max_length=100)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def group_list(request: BusinessRequest) -> HttpResponse:
    """The list, and making a new one."""
    center, form = request.business_center, NameForm(posted(request))
    if form.is_valid():
        try:
            made = create_asset_group(
                business_center=center, name=form.cleaned_data["name"], ad_accounts=[],
                members={}, actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            return redirect("adaccounts:group", center.pk, made.pk)
    groups = AssetGroup.objects.filter(business_center=center).order_by("name", "pk")
    counted = groups.annotate(
        accounts=Count("ad_accounts", distinct=True), people=Count("members", distinct=True)
    )
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "section": "asset_groups"}
    status = 422 if form.errors else 200
    return render(request, "adaccounts/groups/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def group(request: BusinessRequest, group_id: int) -> HttpResponse:
    """The group's accounts and members; sending the form renames it."""
    center, found = request.business_center, _group(request, group_id)
    form = NameForm(posted(request), initial={"name": found.name})
    if form.is_valid():
        try:
            rename_asset_group(
                group=found, name=form.cleaned_data["name"], actor=request.user, at=clock.now()
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("adaccounts:group", center.pk, found.pk)
    accounts = found.ad_accounts.select_related("business_center").order_by("name", "pk")
    members = found.members.select_related("membership__user").order_by("membership__user__name")
    account_search, search = (request.GET.get(key, "").strip() for key in ("account", "find"))
    free = accounts_within_reach(center).exclude(asset_groups=found)
    inside = set(members.values_list("membership_id", flat=True)) if search else set()
    context = {
        "group": found,
        "form": form,
        "accounts": Paginator(accounts, PER_PAGE).get_page(request.GET.get("page")),
        "members": Paginator(members, PER_PAGE).get_page(request.GET.get("people")),
        "account_search": account_search,
        "accounts_found": accounts_like(free, account_search)[:MOST_FOUND]
        if account_search
        else [],
        "find": search,
        "found": [each for each in members_like(center, search) if each.pk not in inside]
        if search
        else [],
        "levels": list(Level),
        "section": "asset_groups",
    }
    status = 422 if form.errors else 200
    return render(request, "adaccounts/groups/group.html", context, status=status)


@require_POST
@admins_only
@recently_signed_in
def group_account(request: BusinessRequest, group_id: int) -> HttpResponse:
    """Puts one ad account in (`add`) or takes it out (`remove`)."""
    found = _group(request, group_id)
    accounts = accounts_within_reach(request.business_center)
    account = get_object_or_404(accounts, pk=read_id(request.POST.get("ad_account", "")))
    act = take_from_asset_group if request.POST.get("act") == "remove" else add_to_asset_group
    return _do(
        request, found,
        lambda: act(group=found, ad_accounts=[account], actor=request.user, at=clock.now()),
    )  # fmt: skip


@require_POST
@admins_only
@recently_signed_in
def group_member(request: BusinessRequest, group_id: int) -> HttpResponse:
    """Puts one member at a level, or takes them out (`none`)."""
    found, level = _group(request, group_id), request.POST.get("level", "")
    members = Membership.objects.filter(business_center=request.business_center)
    key = read_id(request.POST.get("member", ""))
    member = get_object_or_404(members.select_related("user"), pk=key)
    at, actor = clock.now(), request.user
    if level == "none":
        return _do(
            request, found,
            lambda: take_from_asset_group(group=found, members=[member], actor=actor, at=at),
        )  # fmt: skip
    if level not in set(Level):
        messages.error(request, "Choose a level from the list.")
        return redirect("adaccounts:group", request.business_center.pk, found.pk)
    return _do(
        request, found,
        lambda: add_to_asset_group(
            group=found, members={member: Level(level)}, actor=actor, at=at
        ),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def group_delete(request: BusinessRequest, group_id: int) -> HttpResponse:
    found, refusal = _group(request, group_id), ""
    if request.method == "POST":
        try:
            delete_asset_group(group=found, actor=request.user, at=clock.now())
        except DomainError as error:
            refusal = error.message
        else:
            messages.success(request, f"The group {found.name} is deleted.")
            return redirect("adaccounts:group_list", request.business_center.pk)
    context = {"group": found, "refusal": refusal, "section": "asset_groups"}
    status = 422 if refusal else 200
    return render_page(
        request, "adaccounts/groups/delete.html", context, fragment="confirm", status=status
    )


def _do(request: BusinessRequest, group: AssetGroup, change: Callable[[], None]) -> HttpResponse:
    try:
        change()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Saved.")
    return redirect("adaccounts:group", request.business_center.pk, group.pk)


def _group(request: BusinessRequest, group_id: int) -> AssetGroup:
    groups = AssetGroup.objects.select_related("business_center")
    return get_object_or_404(groups, pk=group_id, business_center=request.business_center)
