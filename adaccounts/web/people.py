"""The Users page of a Business Center: members, their roles and the ad accounts they reach."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, business_required
from accounts.models import Membership
from accounts.permissions import BusinessPermission, Preset
from accounts.queries import memberships_of_business
from adaccounts.queries import Person, people_of, preset_of
from adaccounts.services import add_person, change_person, remove_person
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .forms import NewPersonForm, RoleForm

PER_PAGE = 25
members_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_safe
@members_only
def user_list(request: BusinessRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    found = memberships_of_business(request.business_center)
    if search:
        found = found.filter(Q(user__name__icontains=search) | Q(user__email__icontains=search))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "people": people_of(request.business_center, page.object_list),
        "presets": list(Preset),
        "search": search,
        "section": "users",
    }
    return render_page(request, "adaccounts/user_list.html", context, fragment="people")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def add_user(request: BusinessRequest) -> HttpResponse:
    form = NewPersonForm(posted(request), business_center=request.business_center)
    if form.is_valid():
        try:
            membership = add_person(
                business_center=request.business_center,
                actor=request.user,
                at=clock.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{membership.user} can enter from now on.")
            return redirect("adaccounts:user_list", request.business_center.pk)
    context = {"form": form, "section": "users"}
    return render(request, "adaccounts/add_user.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit_user(request: BusinessRequest, membership_id: int) -> HttpResponse:
    person = _person(request, membership_id)
    initial = {
        "preset": preset_of(person).value,
        "ad_accounts": [account.pk for account, _ in person.accounts],
    }
    form = RoleForm(posted(request), initial=initial, business_center=request.business_center)
    if form.is_valid():
        try:
            change_person(
                membership=person.membership,
                actor=request.user,
                at=clock.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"The role of {person.user} is changed.")
            if person.user == request.user:
                return redirect("home")
            return redirect("adaccounts:user_list", request.business_center.pk)
    context = {"form": form, "person": person, "section": "users"}
    return render(request, "adaccounts/edit_user.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def remove_user(request: BusinessRequest, membership_id: int) -> HttpResponse:
    """Asks, saying what the person loses; then does it."""
    person = _person(request, membership_id)
    refusal = ""
    if request.method == "POST":
        try:
            remove_person(membership=person.membership, actor=request.user, at=clock.now())
        except DomainError as error:
            refusal = error.message
        else:
            messages.success(request, f"{person.user} is removed and can enter no more.")
            if person.user == request.user:
                return redirect("home")
            return redirect("adaccounts:user_list", request.business_center.pk)
    context = {"person": person, "refusal": refusal, "section": "users"}
    return render_page(
        request,
        "adaccounts/remove_user.html",
        context,
        fragment="confirm",
        status=422 if refusal else 200,
    )


def _person(request: BusinessRequest, membership_id: int) -> Person:
    membership = get_object_or_404(
        Membership.objects.select_related("user", "business_center"),
        pk=membership_id,
        business_center=request.business_center,
    )
    return people_of(request.business_center, [membership])[0]
