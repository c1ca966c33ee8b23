"""Searching in a form that picks from many: what was typed so far stays."""

from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import BusinessRequest, business_required
from accounts.models import Invitation, Membership
from accounts.permissions import BusinessPermission
from adaccounts.queries.held import access_of, invited_access
from bizcenter.lib.ids import read_id

from .forms import AccessForm
from .picking import ACCOUNTS, ASSETS, picker, read

F = TypeVar("F", bound=AccessForm)


def searched(request: BusinessRequest, form: type[F], options: dict[str, Any]) -> F | None:
    """The form as it was typed, with what the search finds; None unless a search was sent.

    Browsers without scripts send the whole form for that.
    """
    if request.method != "POST" or "find" not in request.POST:
        return None
    sent: dict[str, Any] = {
        name: request.POST.get(name, "")
        for name in form.base_fields
        if name not in {"accounts", "assets"}
    }
    sent |= {kind.name: read(kind, request.POST) for kind in (ACCOUNTS, ASSETS)}
    found = form(initial=sent, **options)
    found.search = {kind.name: _search(request, kind.name) for kind in (ACCOUNTS, ASSETS)}
    return found


@require_POST
@business_required(BusinessPermission.MANAGE_MEMBERS)
def pick(request: BusinessRequest, kind_name: str) -> HttpResponse:
    """The rows of one picker for the form around it; reads only."""
    kind = ACCOUNTS if kind_name == ACCOUNTS.name else ASSETS
    found = picker(
        kind,
        request.business_center,
        held=_held(request, kind_name),
        sent=read(kind, request.POST),
        search=_search(request, kind_name),
    )
    return render(request, "adaccounts/people/picker_rows.html", {"picker": found})


def _search(request: BusinessRequest, name: str) -> str:
    return request.POST.get(f"{name}-search", "").strip()[:100]


def _held(request: BusinessRequest, name: str) -> dict[int, Any]:
    """What the edited person has, so that the form can say how much of it is not shown."""
    here = {"business_center": request.business_center}
    key = read_id(request.POST.get("of", ""))
    if key is None:
        return {}
    member = Membership.objects.filter(pk=key, **here).select_related("user", "business_center")
    invited = Invitation.objects.filter(pk=key, **here).select_related("business_center")
    if (row := member.first()) is not None:
        access = access_of(row)
    elif (invitation := invited.first()) is not None:
        access = invited_access(invitation)
    else:
        return {}
    return {
        row.pk: grade
        for row, grade in (access.levels if name == "accounts" else access.assets).items()
    }
