"""The people of an ad account, on the side of the owner or of the partner that looks after them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import recently_signed_in
from accounts.models import BusinessCenter, User
from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, Permission
from adaccounts.queries import is_managed_by
from adaccounts.queries.sides import (
    ceiling_of,
    levels_here,
    members_like,
    people_of_partners,
    people_through,
    side_managed_by,
)
from adaccounts.services import grant_access, revoke_access
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError

from .forms import LevelForm

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@ad_account_required(Permission.MANAGE_ACCOUNT)
@recently_signed_in
def account_people(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    side = side_managed_by(request.user, account)
    if side is None:
        raise Http404
    if request.method == "POST":
        change_level(request, account, side)
        if not is_managed_by(request.user, account):
            return redirect("home")
        return redirect("adaccounts:account_people", account.pk)
    is_owner = side.pk == account.business_center_id
    context = people_context(request, account, side) | {
        "partners": people_of_partners(account) if is_owner else [],
        "is_owner": is_owner,
        "section": "account_settings",
    }
    return render(request, "adaccounts/settings/people.html", context)


def people_context(
    request: HttpRequest, account: AdAccount, side: BusinessCenter
) -> dict[str, Any]:
    """Who is in it as a member of `side`, who could be found, and the levels to choose from."""
    found, search = people_through(account, side), request.GET.get("find", "").strip()
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    people = levels_here(account, side, page.object_list)
    here = set(people_through(account, side).values_list("pk", flat=True)) if search else set()
    members = members_like(side, search) if search else []
    ceiling = ceiling_of(account, side) or Level.ANALYST
    return {
        "side": side,
        "page": page,
        "people": people,
        "find": search,
        "found": [each for each in members if each.user_id not in here],
        "levels": [level for level in Level if level.rank <= ceiling.rank],
        "ceiling": ceiling,
    }


def change_level(request: AdAccountRequest | Any, account: AdAccount, side: BusinessCenter) -> None:
    """Does what the form sent says, and tells the person who sent it."""
    form = LevelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a level from the list.")
        return
    user = User.objects.filter(pk=form.cleaned_data["user"], memberships__business_center=side)
    person, level = user.first(), form.cleaned_data["level"]
    if person is None:
        raise Http404
    who: dict[str, Any] = {
        "ad_account": account,
        "user": person,
        "actor": request.user,
        "at": clock.now(),
    }
    try:
        if level is None:
            revoke_access(through=side, **who)
        else:
            grant_access(through=side, level=level, **who)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        said = f"is {level.label} of {account.name}" if level else f"has lost {account.name}"
        messages.success(request, f"{person} {said}.")
