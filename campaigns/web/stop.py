"""Stopping a campaign: the dialog that says what will happen."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from campaigns import services
from campaigns.models import Campaign, StopKind, StopReason, StopRequest
from campaigns.queries import metrics, performance
from campaigns.queries.stopping import budget_use

from .audiences import audience_of
from .create import BOTH
from .loading import campaign_or_404
from .saving import saved, seen_version
from .switches import answer_change


class StopForm(forms.Form):
    """Two buttons send it: the kind is the one that was pressed."""

    kind = forms.ChoiceField(choices=StopKind.choices)
    reason = forms.ChoiceField(label="Reason", choices=StopReason.choices, initial=StopReason.OTHER)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the activity log.",
    )


@require_http_methods(BOTH)
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def stop(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    campaign = campaign_or_404(request.ad_account, campaign_id)
    form = StopForm(posted(request))
    is_stale = False
    if request.method == "POST":
        try:
            done = saved(form, lambda: _request(request, campaign, form))
        except services.StaleVersion:
            done, is_stale = None, True
        if done is not None:
            return _requested(request, campaign, done)
    context = _facts(request, campaign) | {"form": form, "is_stale": is_stale}
    part = "#dialog" if request.htmx else ""
    status = 422 if request.method == "POST" else 200
    return render(request, f"campaigns/stop.html{part}", context, status=status)


def _request(request: AdAccountRequest, campaign: Campaign, form: StopForm) -> StopRequest:
    return services.request_stop(
        campaign=campaign,
        kind=StopKind(form.cleaned_data["kind"]),
        reason=StopReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        expected_version=seen_version(request),
        actor=request.user,
        at=clock.now(),
    )


def _requested(
    request: AdAccountRequest, campaign: Campaign, stop_request: StopRequest
) -> HttpResponse:
    if not request.htmx:
        return redirect("campaigns:campaign", request.ad_account.pk, campaign.pk)
    at = request.ad_account.local(stop_request.requested_at)
    verb = "deactivate" if stop_request.kind == StopKind.DEACTIVATE else "pause"
    return answer_change(
        request, f"Requested at {at:%H:%M:%S} to {verb} “{campaign.name}”.", tone="info"
    )


def _facts(request: AdAccountRequest, campaign: Campaign) -> dict[str, Any]:
    """What the dialog shows: exactly the campaign as it is now."""
    account, at = request.ad_account, clock.now()
    groups = list(campaign.ad_groups.not_deleted().order_by("pk"))
    so_far = performance.totals(
        ad_account_ids=[account.pk],
        first_day=account.day_of(campaign.created_at),
        last_day=account.day_of(at),
        node=campaign,
    )
    return {
        "campaign": campaign,
        "budget": budget_use(campaign, account=account, at=at),
        "groups": [(group, audience_of(group)) for group in groups],
        "so_far": so_far,
        "metrics": metrics.SO_FAR,
        "currency": account.currency,
        "is_stoppable": campaign.is_on and not campaign.is_deleted,
        "section": "campaigns",
    }
