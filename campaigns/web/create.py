"""Creating: campaign, then ad group, then ad. Each step is a page that saves a real row."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from campaigns import services

from .ad_form import AdForm
from .ad_group_form import AdGroupForm
from .campaign_form import CampaignForm
from .loading import ad_group_or_404, campaign_or_404, needed_number, number_in
from .once import answer_once, token_of
from .saving import bring_in_upload, saved

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def campaign_create(request: AdAccountRequest) -> HttpResponse:
    account = request.ad_account
    form = CampaignForm(posted(request), ad_account=account)

    def save() -> HttpResponse:
        campaign = saved(
            form,
            lambda: services.create_campaign(
                ad_account=account, data=form.as_input(), actor=request.user, at=clock.now()
            ),
        )
        if campaign is None:
            return page(422)
        return redirect(f"{_address('ad_group_create', request)}?campaign={campaign.pk}")

    def page(status: int = 200) -> HttpResponse:
        return _render(request, "campaigns/campaign_create.html", {"form": form}, status)

    return answer_once(request, save) if request.method == "POST" else page()


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_group_create(request: AdAccountRequest) -> HttpResponse:
    campaign = campaign_or_404(request.ad_account, needed_number(request.GET, "campaign"))
    form = AdGroupForm(posted(request), campaign=campaign)

    def save() -> HttpResponse:
        group = saved(
            form,
            lambda: services.create_ad_group(
                campaign=campaign, data=form.as_input(), actor=request.user, at=clock.now()
            ),
        )
        if group is None:
            return page(422)
        return redirect(f"{_address('ad_create', request)}?ad_group={group.pk}")

    def page(status: int = 200) -> HttpResponse:
        context = {"form": form, "campaign": campaign}
        return _render(request, "campaigns/ad_group_create.html", context, status)

    return answer_once(request, save) if request.method == "POST" else page()


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_create(request: AdAccountRequest) -> HttpResponse:
    group = ad_group_or_404(request.ad_account, needed_number(request.GET, "ad_group"))
    form = AdForm(
        request.POST.dict() if request.method == "POST" else None,
        request.FILES or None,
        ad_group=group,
        creative_id=number_in(request.GET, "creative"),
    )

    def save() -> HttpResponse:
        bring_in_upload(request, form)
        ad = saved(
            form,
            lambda: services.create_ad(
                ad_group=group, data=form.as_input(), actor=request.user, at=clock.now()
            ),
        )
        if ad is None:
            return page(422)
        messages.success(request, f"“{ad.name}” is in review and delivers once it is approved.")
        return redirect("campaigns:campaign", request.ad_account.pk, group.campaign_id)

    def page(status: int = 200) -> HttpResponse:
        context = {"form": form, "ad_group": group, "campaign": group.campaign}
        return _render(request, "campaigns/ad_create.html", context, status)

    return answer_once(request, save) if request.method == "POST" else page()


def _address(name: str, request: AdAccountRequest) -> str:
    return redirect(f"campaigns:{name}", request.ad_account.pk).url


def _render(
    request: AdAccountRequest, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    context |= {"form_token": token_of(request), "section": "campaigns"}
    return render(request, template, context, status=status)
