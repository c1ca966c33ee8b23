"""Small changes from a row: on and off, duplicate, delete."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from campaigns import services
from campaigns.models import Ad, AdGroup, Campaign
from campaigns.queries.pending import clock_time, pending_switches
from campaigns.services.duplicating import copy_name

from .create import BOTH
from .loading import ad_group_or_404, ad_or_404, campaign_or_404
from .once import answer_once, token_of

Node = Campaign | AdGroup | Ad


@require_POST
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def campaign_switch_on(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    return _switch(request, campaign_or_404(request.ad_account, campaign_id), on=True)


@require_POST
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_group_switch(request: AdAccountRequest, ad_group_id: int) -> HttpResponse:
    group = ad_group_or_404(request.ad_account, ad_group_id)
    return _switch(request, group, on=request.POST.get("on") == "1")


@require_POST
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_switch(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    ad = ad_or_404(request.ad_account, ad_id)
    return _switch(request, ad, on=request.POST.get("on") == "1")


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def campaign_delete(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    return _delete(request, campaign_or_404(request.ad_account, campaign_id), "campaign")


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_group_delete(request: AdAccountRequest, ad_group_id: int) -> HttpResponse:
    return _delete(request, ad_group_or_404(request.ad_account, ad_group_id), "ad group")


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_delete(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    return _delete(request, ad_or_404(request.ad_account, ad_id), "ad")


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def campaign_duplicate(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    """Also how a deactivated campaign is recreated."""
    campaign = campaign_or_404(request.ad_account, campaign_id)
    name = request.POST.get("name", copy_name(campaign.name)).strip()

    def save() -> HttpResponse:
        try:
            copy = services.duplicate_campaign(
                campaign=campaign, name=name or None, actor=request.user, at=clock.now()
            )
        except DomainError as error:
            return page(error.message, 422)
        messages.success(request, f"“{copy.name}” is there, switched off. Look it over, then on.")
        return redirect("campaigns:campaign", request.ad_account.pk, copy.pk)

    def page(refusal: str = "", status: int = 200) -> HttpResponse:
        context = {"campaign": campaign, "name": name, "refusal": refusal}
        return _dialog(request, "campaigns/duplicate.html", context, status)

    return _whole_page(request, answer_once(request, save)) if request.method == "POST" else page()


def _switch(request: AdAccountRequest, node: Node, *, on: bool) -> HttpResponse:
    try:
        if on or isinstance(node, Campaign):
            services.switch_on(node=node, actor=request.user, at=clock.now())
        else:
            services.switch_off(node=node, actor=request.user, at=clock.now())
    except DomainError as error:
        return answer_change(request, error.message, tone="error")
    return answer_change(
        request, f"“{node.name}” is now {'on' if on else 'off'}{_from_when(request, node)}."
    )


def _delete(request: AdAccountRequest, node: Node, noun: str) -> HttpResponse:
    if request.method != "POST":
        context: dict[str, object] = {"node": node, "noun": noun, "back": _way_back(request)}
        return _dialog(request, "campaigns/delete.html", context)
    try:
        services.delete_node(node=node, actor=request.user, at=clock.now())
    except DomainError as error:
        return answer_change(request, error.message, tone="error")
    when = _from_when(request, node)
    return answer_change(request, f"The {noun} “{node.name}” is deleted{when}; its reports stay.")


def _from_when(request: AdAccountRequest, node: Node) -> str:
    """The end of a sentence about a switch: when delivery follows, if it has not."""
    account, at = request.ad_account, clock.now()
    pending = pending_switches(ad_account=account, at=at).get(node.pk)
    if pending is None:
        return ""
    return f", and delivery follows at {clock_time(pending.until, account=account, at=at)}"


def answer_change(
    request: AdAccountRequest, message: str, *, tone: str = "success"
) -> HttpResponse:
    """Something was done: htmx closes the dialog and reads the page's parts again; without it,
    back to where the person was."""
    if not request.htmx:
        messages.add_message(
            request, messages.ERROR if tone == "error" else messages.SUCCESS, message
        )
        return redirect(_way_back(request))
    response = HttpResponse(status=204)
    trigger_client_event(response, "closeModal", {})
    trigger_client_event(response, "changed", {})
    return trigger_client_event(response, "toast", {"message": message, "tone": tone})


def _way_back(request: AdAccountRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("campaigns:campaign_list", args=[request.ad_account.pk])


def _dialog(
    request: AdAccountRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    context |= {"form_token": token_of(request), "section": "campaigns"}
    return render(request, template + ("#dialog" if request.htmx else ""), context, status=status)


def _whole_page(request: AdAccountRequest, response: HttpResponse) -> HttpResponse:
    """A redirect that leaves the dialog as well."""
    if request.htmx and 300 <= response.status_code < 400:
        return HttpResponseClientRedirect(response["Location"])
    return response
