"""Asking an Admin for a permission, and the list of what people ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import (
    BusinessRequest,
    UserRequest,
    business_permission_needed,
    business_required,
    decide_business,
    own_page,
    recently_signed_in,
)
from accounts.models import BusinessCenter, User
from accounts.permissions import BusinessPermission, permissions_of
from accounts.queries import admins_of
from adaccounts.access import decide, decide_asset
from adaccounts.models import AccessRequest, AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, Permission
from adaccounts.queries import managed_as_member, own_managers_of
from adaccounts.queries.asking import Wanted, makes_admin, outcomes_of, wish_of
from adaccounts.queries.sides import assets_managed_as_member, own_managers_of_asset
from adaccounts.services import approve_request, ask_for_access, decline_request
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.htmx import render_page
from bizcenter.lib.ids import read_id

PER_PAGE = 25


@dataclass(frozen=True)
class Wish:
    """What the person asks for, of a place they may know."""

    permission: Wanted
    business_center: BusinessCenter
    is_held: bool
    ad_account: AdAccount | None = None
    asset: BusinessAsset | None = None

    @property
    def place(self) -> str:
        return (self.ad_account or self.asset or self.business_center).name

    @property
    def granters(self) -> list[str]:
        found: Iterable[User] = ()
        if self.ad_account is not None:
            found = own_managers_of(self.ad_account)[:3]
        elif self.asset is not None:
            found = own_managers_of_asset(self.asset)[:3]
        return [str(person) for person in found or admins_of(self.business_center)[:3]]


class AskForm(forms.Form):
    about = forms.CharField(
        label="What do you want to do?",
        max_length=200,
        required=False,
        help_text="For example: switch off “Spring Sale US”.",
    )
    note = forms.CharField(
        label="Note",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
def ask_admin(request: UserRequest) -> HttpResponse:
    """Strangers to the place are answered as if it did not exist."""
    sent = request.POST if request.method == "POST" else request.GET
    wish = _wish(request, sent)
    form = AskForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    asked = None
    if form.is_valid() and not wish.is_held:
        asked = ask_for_access(
            user=request.user,
            permission=wish.permission,
            business_center=wish.business_center,
            ad_account=wish.ad_account,
            asset=wish.asset,
            at=clock.now(),
            **form.cleaned_data,
        )
    context = {"form": form, "wish": wish, "asked": asked, "section": ""}
    status = 422 if form.errors else 200
    return render(request, "adaccounts/people/ask_admin.html", context, status=status)


def _wish(request: UserRequest, sent: QueryDict) -> Wish:
    name = sent.get("permission", "")
    if (account_id := read_id(sent.get("ad_account", ""))) is not None:
        return _wish_in_account(request.user, name, account_id)
    if (asset_id := read_id(sent.get("asset", ""))) is not None:
        return _wish_on_asset(request.user, name, asset_id)
    center_id = read_id(sent.get("business_center", ""))
    if center_id is None or name not in set(BusinessPermission):
        raise Http404
    permission = BusinessPermission(name)
    found = decide_business(request.user, center_id, permission)
    if found.membership is None:
        raise Http404
    return Wish(permission, found.membership.business_center, found.allowed)


def _wish_in_account(user: User, name: str, ad_account_id: int) -> Wish:
    if name not in set(Permission):
        raise Http404
    accounts = AdAccount.objects.select_related("business_center")
    account = get_object_or_404(accounts, pk=ad_account_id)
    decision = decide(user, account, Permission(name))
    if decision.is_stranger:
        raise Http404
    return Wish(Permission(name), account.business_center, decision.allowed, ad_account=account)


def _wish_on_asset(user: User, name: str, asset_id: int) -> Wish:
    if name not in set(AssetPermission):
        raise Http404
    assets = BusinessAsset.objects.select_related("business_center")
    asset = get_object_or_404(assets, pk=asset_id, removed_at=None)
    decision = decide_asset(user, asset, AssetPermission(name))
    if decision.is_stranger:
        raise Http404
    return Wish(AssetPermission(name), asset.business_center, decision.allowed, asset=asset)


@require_safe
@business_required()
def request_list(request: BusinessRequest) -> HttpResponse:
    found = _decidable(request)
    waiting = found.filter(state=AccessRequest.State.PENDING).order_by("asked_at", "pk")
    settled = found.exclude(state=AccessRequest.State.PENDING).order_by("-decided_at", "-pk")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    outcomes = outcomes_of(page)
    context = {
        "page": page,
        "rows": [(row, wish_of(row), outcomes[row.pk], makes_admin(row)) for row in page],
        "settled": [(row, wish_of(row)) for row in settled[:PER_PAGE]],
        "section": "users",
    }
    return render_page(request, "adaccounts/people/request_list.html", context, fragment="requests")


@require_http_methods(["GET", "HEAD", "POST"])
@business_required()
@recently_signed_in
def decide_request(request: BusinessRequest, request_id: int) -> HttpResponse:
    """GET asks; making somebody Admin needs a tick there. POST carries `decision` and `note`."""
    row = get_object_or_404(_decidable(request), pk=request_id)
    is_approval = request.POST.get("decision") == "approve"
    is_confirmed = not makes_admin(row) or bool(request.POST.get("confirm"))
    refusal = ""
    if request.method == "POST" and is_approval and not is_confirmed:
        refusal = "Confirm by ticking the box that this makes the person an Admin."
    elif request.method == "POST":
        try:
            said = _decide(request, row, is_approval)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, said)
        return redirect("adaccounts:request_list", request.business_center.pk)
    context = {
        "row": row,
        "wish": wish_of(row),
        "outcome": outcomes_of([row])[row.pk],
        "makes_admin": makes_admin(row),
        "refusal": refusal,
        "section": "users",
    }
    return render_page(
        request,
        "adaccounts/people/decide_request.html",
        context,
        fragment="confirm",
        status=422 if refusal else 200,
    )


def _decide(request: BusinessRequest, row: AccessRequest, is_approval: bool) -> str:
    if is_approval:
        approve_request(request=row, actor=request.user, at=clock.now())
        return f"{row.person} has it now and was told."
    note = request.POST.get("note", "")[:300]
    decline_request(request=row, actor=request.user, at=clock.now(), note=note)
    return f"Declined. {row.person} was told."


def _decidable(request: BusinessRequest) -> QuerySet[AccessRequest]:
    """All of them for Admins; for others what members ask for in the ad accounts and on the assets
    they manage, as sharing with partners is the Admins'. Who manages none is refused."""
    center = request.business_center
    found = AccessRequest.objects.filter(business_center=center).select_related(
        "person", "ad_account__business_center", "asset", "business_center", "decided_by"
    )
    if BusinessPermission.MANAGE_MEMBERS in permissions_of(request.membership):
        return found
    accounts = managed_as_member(center, request.user)
    assets = assets_managed_as_member(center, request.user)
    if not accounts.exists() and not assets.exists():
        raise business_permission_needed(center, BusinessPermission.MANAGE_MEMBERS)
    managed = Q(ad_account__in=accounts) | Q(asset__in=assets)
    return found.filter(managed, person__memberships__business_center=center)
