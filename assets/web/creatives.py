"""The creative library of one ad account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from assets.models import Creative
from assets.queries import creative_of, creatives_of
from assets.services import UnsupportedFile, upload_creative
from bizcenter.clock import queries as clock

from .forms import UploadForm

PER_PAGE = 24


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def creative_list(request: AdAccountRequest) -> HttpResponse:
    return _library(request, UploadForm())


@require_POST
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def upload(request: AdAccountRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _library(request, form, status=422)
    known = creatives_of(request.ad_account).count()
    try:
        creative = upload_creative(
            ad_account=request.ad_account,
            upload=form.cleaned_data["upload"],
            name=form.cleaned_data["name"],
            actor=request.user,
            at=clock.now(),
        )
    except UnsupportedFile as error:
        form.add_error("upload", error.message)
        return _library(request, form, status=422)
    is_new = creatives_of(request.ad_account).count() > known
    messages.success(
        request,
        f"“{creative.name}” is in the library."
        if is_new
        else f"This file was in the library already, as “{creative.name}”.",
    )
    return redirect("assets:creative", request.ad_account.pk, creative.pk)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def creative(request: AdAccountRequest, creative_id: int) -> HttpResponse:
    found = creative_of(request.ad_account, creative_id)
    if found is None:
        raise Http404
    return render(request, "assets/creative.html", {"creative": found, "section": "creatives"})


def _library(request: AdAccountRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    search, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    found = creatives_of(request.ad_account, search=search, kind=kind)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
        "kind": kind,
        "kinds": Creative.Kind.choices,
        "section": "creatives",
    }
    name = "assets/creative_list.html"
    if request.htmx and not request.htmx.boosted:
        name += "#library"
    return render(request, name, context, status=status)
