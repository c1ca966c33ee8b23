"""The Users page, and changing and removing its members."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import Membership
from accounts.permissions import BusinessPermission, Preset
from adaccounts.queries.asking import waiting_requests
from adaccounts.queries.held import access_of
from adaccounts.queries.losses import losses_of
from adaccounts.queries.roster import State, roster, rows_of
from adaccounts.services import change_person, leave_business, remove_person
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .comparing import comparison
from .forms import AccessForm
from .searching import searched

PER_PAGE = 25
members_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_safe
@members_only
def user_list(request: BusinessRequest) -> HttpResponse:
    center, now, wanted = request.business_center, clock.now(), request.GET
    search = wanted.get("q", "").strip()
    role = wanted.get("role") if wanted.get("role") in set(Preset) else None
    state = wanted.get("state") if wanted.get("state") in set(State) else None
    found = roster(
        center,
        at=now,
        search=search,
        role=Preset(role) if role else None,
        state=State(state) if state else None,
    )
    page = Paginator(found, PER_PAGE).get_page(wanted.get("page"))
    context = {
        "page": page,
        "rows": rows_of(center, page.object_list, at=now),
        "waiting": waiting_requests(center),
        "presets": list(Preset),
        "states": list(State),
        "comparison": comparison(),
        "search": search,
        "role": role,
        "state": state,
        "section": "users",
    }
    return render_page(request, "adaccounts/people/user_list.html", context, fragment="people")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
def edit_user(request: BusinessRequest, membership_id: int) -> HttpResponse:
    member = _member(request, membership_id)
    held = access_of(member)
    options: dict[str, Any] = {
        "business_center": request.business_center,
        "held": held,
        "is_own": member.user == request.user,
    }
    form = searched(request, AccessForm, options) or AccessForm(posted(request), **options)
    if form.is_valid():
        try:
            change_person(
                membership=member,
                access=form.access,
                actor=request.user,
                at=clock.now(),
                seen=form.cleaned_data["seen"],
            )
        except DomainError as error:
            show_refusal(form, error)
            form.see_again()
        else:
            messages.success(request, f"The role of {member.user} is changed.")
            return _onwards(request, member)
    context = {
        "form": form,
        "member": member,
        "groups": member.asset_groups.select_related("group").order_by("group__name"),
        "comparison": comparison(),
        "section": "users",
    }
    return render(
        request, "adaccounts/people/edit_user.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
def remove_user(request: BusinessRequest, membership_id: int) -> HttpResponse:
    """Asks, saying what the person loses; then does it."""
    member = _member(request, membership_id)
    refusal = ""
    if request.method == "POST":
        try:
            remove_person(membership=member, actor=request.user, at=clock.now())
        except DomainError as error:
            refusal = error.message
        else:
            messages.success(request, f"{member.user} is removed and can enter no more.")
            return _onwards(request, member)
    context = {
        "member": member,
        "losses": losses_of(member),
        "refusal": refusal,
        "section": "users",
    }
    return render_page(
        request,
        "adaccounts/people/remove_user.html",
        context,
        fragment="confirm",
        status=422 if refusal else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@business_required()
@recently_signed_in
def leave(request: BusinessRequest) -> HttpResponse:
    """Every member may go, but the last Admin."""
    if request.method == "POST":
        try:
            leave_business(membership=request.membership, at=clock.now())
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("accounts:profile")
        messages.success(request, f"You have left {request.business_center.name}.")
        return redirect("home")
    context = {"losses": losses_of(request.membership), "section": ""}
    return render_page(request, "adaccounts/people/leave.html", context, fragment="confirm")


def _member(request: BusinessRequest, membership_id: int) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("user", "business_center"),
        pk=membership_id,
        business_center=request.business_center,
    )


def _onwards(request: BusinessRequest, member: Membership) -> HttpResponse:
    """Who has just given up their own rights would be refused at the list."""
    if member.user == request.user:
        return redirect("home")
    return redirect("adaccounts:user_list", request.business_center.pk)
