"""Linking an existing ad account: asking its owner, and answering who asks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.permissions import BusinessPermission
from adaccounts.permissions import Level
from adaccounts.queries.partners import link_requests_of, link_requests_to
from adaccounts.services import decide_link, request_link, withdraw_link
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal

from .forms import DecisionForm, LinkForm

PER_PAGE = 25
admins_only = business_required(BusinessPermission.CREATE_AD_ACCOUNTS)
WHAT_THEY_GET = {
    Level.ANALYST: "See ads, performance and reports.",
    Level.OPERATOR: "See them, and create and edit campaigns, which spends this account's money.",
    Level.ADMIN: "All of that, and change the account's settings and spending cap.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
def link(request: BusinessRequest) -> HttpResponse:
    form = LinkForm(posted(request))
    if form.is_valid():
        try:
            request_link(
                business_center=request.business_center, actor=request.user, at=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "Its owner is asked. You are told when they answer.")
            return redirect("adaccounts:link_requests", request.business_center.pk)
    context = {"form": form, "section": "ad_accounts"}
    status = 422 if form.errors else 200
    return render(request, "adaccounts/sharing/link.html", context, status=status)


@require_safe
@admins_only
def link_requests(request: BusinessRequest) -> HttpResponse:
    """What we asked for and what others ask of us, page by page."""
    center = request.business_center
    ours = Paginator(link_requests_of(center), PER_PAGE).get_page(request.GET.get("ours"))
    theirs = Paginator(link_requests_to(center), PER_PAGE).get_page(request.GET.get("page"))
    context = {"ours": ours, "theirs": theirs, "section": "ad_accounts"}
    return render(request, "adaccounts/sharing/link_requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@admins_only
@recently_signed_in
def decide(request: BusinessRequest, link_request_id: int) -> HttpResponse:
    """The owner's page: who asks for what, what they would see, and the answer."""
    asked = get_object_or_404(link_requests_to(request.business_center), pk=link_request_id)
    form = DecisionForm(posted(request), initial={"level": asked.level})
    if form.is_valid():
        is_yes = form.cleaned_data["decision"] == "approve"
        try:
            decide_link(
                request=asked, approve=is_yes, level=form.cleaned_data["level"],
                actor=request.user, at=clock.now(),
            )  # fmt: skip
        except DomainError as error:
            messages.error(request, error.message)
        else:
            word = "has access from now on" if is_yes else "is told that you declined"
            messages.success(request, f"{asked.business_center.name} {word}.")
        return redirect("adaccounts:link_requests", request.business_center.pk)
    levels = [
        (level, text, level.value == form["level"].value()) for level, text in WHAT_THEY_GET.items()
    ]
    context = {"form": form, "asked": asked, "levels": levels, "section": "ad_accounts"}
    status = 422 if form.errors else 200
    return render(request, "adaccounts/sharing/decide_link.html", context, status=status)


@require_POST
@admins_only
def withdraw(request: BusinessRequest, link_request_id: int) -> HttpResponse:
    asked = get_object_or_404(link_requests_of(request.business_center), pk=link_request_id)
    try:
        withdraw_link(request=asked, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "The request is withdrawn.")
    return redirect("adaccounts:link_requests", request.business_center.pk)
