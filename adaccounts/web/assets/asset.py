"""One pixel or catalog: its facts, who may use it, which ad accounts and partners."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import recently_signed_in
from accounts.models import User
from accounts.permissions import BusinessPermission
from adaccounts.access import AssetRequest, asset_permission_needed, asset_required
from adaccounts.models import AdAccount, AssetShare
from adaccounts.permissions import AssetPermission, AssetRole, visible_to
from adaccounts.queries import accounts_within_reach
from adaccounts.queries.accounts import accounts_like
from adaccounts.queries.sides import asset_ceiling_of, members_like, people_of_asset
from adaccounts.services import grant_asset, link_asset, remove_asset, rename_asset, revoke_asset
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page
from bizcenter.lib.ids import read_id

MOST_FOUND = 20
managers_only = asset_required(AssetPermission.MANAGE_ASSET)


class NameForm(forms.Form):
    name = forms.CharField(label="Name", max_length=128)


class PersonForm(forms.Form):
    user = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    role = forms.ChoiceField(
        choices=[("none", "No access"), *((role.value, role.label) for role in AssetRole)]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@asset_required(AssetPermission.USE_ASSET)
@recently_signed_in
def asset(request: AssetRequest) -> HttpResponse:
    """The page; sending the form renames it."""
    found, form = request.asset, NameForm(posted(request), initial={"name": request.asset.name})
    may_manage = AssetPermission.MANAGE_ASSET in request.asset_permissions
    is_owner = request.side.pk == found.business_center_id
    if request.method == "POST":
        _managers_of_the_owner(request)
    if form.is_valid():
        try:
            rename_asset(
                asset=found, name=form.cleaned_data["name"], actor=request.user, at=clock.now()
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("adaccounts:asset", found.pk)
    context = {
        "form": form,
        "asset": found,
        "may_manage": may_manage,
        "is_owner": is_owner,
        "linked": _in_sight(request).filter(asset_links__asset=found),
        "sees_all": _sees_all(request),
        "section": "assets",
        **(_people(request) if may_manage else {}),
        **(_of_the_owner(request) if may_manage and is_owner else {}),
    }
    status = 422 if form.errors else 200
    return render(request, "adaccounts/assets/asset.html", context, status=status)


@require_POST
@managers_only
@recently_signed_in
def asset_person(request: AssetRequest) -> HttpResponse:
    """Gives a member of one's own side a role, or takes it away."""
    form, side = PersonForm(request.POST), request.side
    if not form.is_valid():
        messages.error(request, "Choose a role from the list.")
        return redirect("adaccounts:asset", request.asset.pk)
    members = User.objects.filter(memberships__business_center=side)
    person = get_object_or_404(members, pk=form.cleaned_data["user"])
    who: dict[str, Any] = {"asset": request.asset, "user": person, "through": side}
    role = form.cleaned_data["role"]
    try:
        if role == "none":
            revoke_asset(actor=request.user, at=clock.now(), **who)
        else:
            grant_asset(role=AssetRole(role), actor=request.user, at=clock.now(), **who)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"The role of {person} is changed.")
    if person == request.user and role != AssetRole.MANAGER:
        return redirect("adaccounts:asset_list", side.pk)
    return redirect("adaccounts:asset", request.asset.pk)


@require_POST
@managers_only
def asset_account(request: AssetRequest) -> HttpResponse:
    """Links one ad account (`add`) or unlinks it (`remove`)."""
    _managers_of_the_owner(request)
    found, key = request.asset, read_id(request.POST.get("ad_account", ""))
    linked = {each.pk: each for each in AdAccount.objects.filter(asset_links__asset=found)}
    if request.POST.get("act") == "remove":
        linked.pop(key or 0, None)
    else:
        account = get_object_or_404(_in_sight(request), pk=key)
        linked[account.pk] = account
    try:
        link_asset(asset=found, ad_accounts=linked.values(), actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Saved.")
    return redirect("adaccounts:asset", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
@recently_signed_in
def asset_remove(request: AssetRequest) -> HttpResponse:
    """Asks, saying who loses it; then does it."""
    _managers_of_the_owner(request)
    found = request.asset
    if request.method == "POST":
        try:
            remove_asset(asset=found, actor=request.user, at=clock.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{found.name} is removed.")
        return redirect("adaccounts:asset_list", found.business_center_id)
    context = {
        "asset": found,
        "people": people_of_asset(found, found.business_center),
        "section": "assets",
    }
    return render_page(request, "adaccounts/assets/remove.html", context, fragment="confirm")


def _managers_of_the_owner(request: AssetRequest) -> None:
    """A partner's manager manages its own people's roles, not the asset itself."""
    is_owner = request.side.pk == request.asset.business_center_id
    if not is_owner or AssetPermission.MANAGE_ASSET not in request.asset_permissions:
        raise asset_permission_needed(request.asset, AssetPermission.MANAGE_ASSET, may_ask=is_owner)


def _in_sight(request: AssetRequest) -> QuerySet[AdAccount]:
    """All that the owner may link, for its Admins; for others those of them that they may enter."""
    found = accounts_within_reach(request.asset.business_center)
    if _sees_all(request):
        return found
    return found.filter(pk__in=visible_to(request.user).values("pk"))


def _sees_all(request: AssetRequest) -> bool:
    is_owner = request.side.pk == request.asset.business_center_id
    return is_owner and BusinessPermission.MANAGE_MEMBERS in request.nav_permissions


def _people(request: AssetRequest) -> dict[str, Any]:
    found, side = request.asset, request.side
    search, people = request.GET.get("find", "").strip(), people_of_asset(found, side)
    here = {user.pk for user, _ in people}
    members = members_like(side, search) if search else []
    ceiling = asset_ceiling_of(found, side) or AssetRole.USER
    return {
        "people": people,
        "find": search,
        "found": [each for each in members if each.user_id not in here],
        "roles": [role for role in AssetRole if role.permissions <= ceiling.permissions],
    }


def _of_the_owner(request: AssetRequest) -> dict[str, Any]:
    found, search = request.asset, request.GET.get("account", "").strip()
    unlinked = accounts_like(_in_sight(request).exclude(asset_links__asset=found), search)
    return {
        "account_search": search,
        "accounts_found": unlinked[:MOST_FOUND] if search else [],
        "shares": AssetShare.objects.filter(asset=found)
        .select_related("partnership__partner")
        .order_by("partnership__partner__name"),
    }
