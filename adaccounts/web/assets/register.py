"""The list of pixels and catalogs, and making a new one."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.models import BusinessAsset, BusinessAssetUserObjectPermission
from adaccounts.permissions import AssetPermission, AssetRole, visible_to
from adaccounts.queries.sides import assets_managed_as_member
from adaccounts.services import create_asset, grant_asset
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal

PER_PAGE, MOST_UNASSIGNED = 25, 20
admins_only = business_required(BusinessPermission.MANAGE_MEMBERS)


class AssetForm(forms.Form):
    kind = forms.ChoiceField(
        label="Kind", choices=BusinessAsset.Kind.choices, widget=forms.RadioSelect, initial="pixel"
    )
    name = forms.CharField(label="Name", max_length=128)


@require_safe
@business_required()
def asset_list(request: BusinessRequest) -> HttpResponse:
    """What is assigned to the person; an Admin also sees what is not, and can take it."""
    center, kind = request.business_center, request.GET.get("kind", "")
    held = BusinessAssetUserObjectPermission.objects.filter(
        user=request.user, through=center, permission__codename=AssetPermission.USE_ASSET.value
    )
    every = BusinessAsset.objects.filter(removed_at__isnull=True)
    mine = every.filter(pk__in=held.values("content_object_id")).order_by("kind", "name", "pk")
    if kind in BusinessAsset.Kind.values:
        mine = mine.filter(kind=kind)
    search = request.GET.get("q", "").strip()
    if search:
        mine = mine.filter(name__icontains=search)
    managed = assets_managed_as_member(center, request.user).filter(pk=OuterRef("pk"))
    is_admin = BusinessPermission.MANAGE_MEMBERS in request.nav_permissions
    # As on the asset's own page: an Admin's own links all, of others those one may enter.
    in_sight = Q(links__ad_account__in=visible_to(request.user).values("pk"))
    if is_admin:
        in_sight |= Q(business_center=center)
    listed = mine.select_related("business_center").annotate(
        accounts=Count("links", filter=in_sight, distinct=True), is_managed=Exists(managed)
    )
    others = every.filter(business_center=center).exclude(pk__in=held.values("content_object_id"))
    context = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "unassigned": others.order_by("kind", "name", "pk")[:MOST_UNASSIGNED] if is_admin else [],
        "is_admin": is_admin,
        "kind": kind,
        "kinds": BusinessAsset.Kind.choices,
        "search": search,
        "section": "assets",
    }
    return render(request, "adaccounts/assets/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def asset_create(request: BusinessRequest) -> HttpResponse:
    form = AssetForm(posted(request))
    if form.is_valid():
        try:
            made = create_asset(
                business_center=request.business_center, actor=request.user, at=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{made.name} is created.")
            return redirect("adaccounts:asset", made.pk)
    context = {"form": form, "section": "assets"}
    status = 422 if form.errors else 200
    return render(request, "adaccounts/assets/create.html", context, status=status)


@require_POST
@admins_only
@recently_signed_in
def assign_to_me(request: BusinessRequest, asset_id: int) -> HttpResponse:
    """An Admin manages only what is assigned, and may assign it to themselves."""
    own = BusinessAsset.objects.filter(
        business_center=request.business_center, removed_at__isnull=True
    )
    asset = get_object_or_404(own, pk=asset_id)
    grant_asset(
        asset=asset, user=request.user, role=AssetRole.MANAGER, actor=request.user, at=clock.now()
    )
    messages.success(request, f"You manage {asset.name} now.")
    return redirect("adaccounts:asset", asset.pk)
