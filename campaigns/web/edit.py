"""Editing the three levels. Whoever saves second is shown what the first one saved."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from campaigns import services
from campaigns.models import Ad, AdGroup, Campaign
from campaigns.queries.learning import learns, may_learn

from .ad_form import AdForm
from .ad_group_form import AdGroupForm
from .campaign_form import CampaignForm
from .conflicts import differences
from .create import BOTH
from .loading import ad_group_or_404, ad_or_404, campaign_or_404
from .saving import bring_in_upload, saved, seen_version

_PAGES: dict[type, str] = {
    Campaign: "campaigns/campaign_edit.html",
    AdGroup: "campaigns/ad_group_edit.html",
    Ad: "campaigns/ad_edit.html",
}


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def campaign_edit(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_or_404(request.ad_account, campaign_id)
    form = CampaignForm(posted(request), ad_account=request.ad_account, campaign=campaign)

    def change() -> Campaign:
        return services.update_campaign(campaign=campaign, **_wish(request, form))

    context = {"campaign": campaign, "learns": may_learn(campaign)}
    return _edit(request, campaign, form, change, context)


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_group_edit(request: AdAccountRequest, ad_group_id: int) -> HttpResponse:
    group = ad_group_or_404(request.ad_account, ad_group_id)
    form = AdGroupForm(posted(request), campaign=group.campaign, ad_group=group)

    def change() -> AdGroup:
        return services.update_ad_group(ad_group=group, **_wish(request, form))

    context = {"ad_group": group, "campaign": group.campaign, "learns": learns(group)}
    return _edit(request, group, form, change, context)


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_edit(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    ad = ad_or_404(request.ad_account, ad_id)
    form = AdForm(
        request.POST.dict() if request.method == "POST" else None,
        request.FILES or None,
        ad_group=ad.ad_group,
        ad=ad,
    )
    if request.method == "POST":
        bring_in_upload(request, form)

    def change() -> Ad:
        return services.update_ad(ad=ad, **_wish(request, form))

    context = {
        "ad": ad,
        "ad_group": ad.ad_group,
        "campaign": ad.campaign,
        "reviews": ad.reviews.all(),
    }
    return _edit(request, ad, form, change, context)


def _wish(request: AdAccountRequest, form: CampaignForm | AdGroupForm | AdForm) -> dict[str, Any]:
    return {
        "changes": form.changes(),
        "expected_version": seen_version(request),
        "actor": request.user,
        "at": clock.now(),
    }


def _edit(
    request: AdAccountRequest,
    node: Campaign | AdGroup | Ad,
    form: forms.Form,
    change: Callable[[], object],
    context: dict[str, Any],
) -> HttpResponse:
    conflict: list[object] = []
    if request.method == "POST":
        try:
            done = saved(form, change)
        except services.StaleVersion as error:
            done, conflict = None, [*differences(form, error)]
        if done is not None:
            messages.success(request, f"“{node.name}” is saved.")
            return redirect("campaigns:campaign", request.ad_account.pk, context["campaign"].pk)
    context |= {
        "form": form,
        "version": node.version,
        "conflict": conflict,
        "is_conflict": bool(conflict),
        "section": "campaigns",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, _PAGES[type(node)], context, status=status)
