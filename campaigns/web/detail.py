"""One campaign, one ad: how it stands, what it brought, what was done to it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.htmx import render_page
from campaigns.models import Ad, Campaign
from campaigns.queries import metrics, performance
from campaigns.queries.days import account_period
from campaigns.queries.history import history_of
from campaigns.queries.reviews import latest_reviews
from campaigns.queries.series import course
from campaigns.queries.statuses import set_status
from campaigns.queries.stopping import budget_use, last_stop, spent_since

from .audience_split import METRICS, audience_split
from .audiences import audience_of
from .loading import ad_or_404, campaign_or_404

MOST_GROUPS, MOST_ENTRIES = 50, 20


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def campaign(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    found = campaign_or_404(request.ad_account, campaign_id)
    context = _state(request, found) | _figures(request, found) | _parts(request, found)
    return render_page(request, "campaigns/campaign.html", context, fragment="figures")


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def campaign_state(request: AdAccountRequest, campaign_id: int) -> HttpResponse:
    """Head and stop progress of the campaign's page, asked for until a stop has ended; then the
    whole page is fetched again, since its ad groups and history say so too."""
    found = campaign_or_404(request.ad_account, campaign_id)
    context = _state(request, found)
    response = render(request, "campaigns/parts/state.html", context)
    if not context["is_settling"]:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def ad(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    found = ad_or_404(request.ad_account, ad_id)
    set_status("ad", [found], ad_account=request.ad_account, at=clock.now())
    context = _figures(request, found) | {
        "ad": found,
        "reviews": found.reviews.all(),
        "audience": audience_of(found.ad_group),
        "may_edit": Permission.MANAGE_CAMPAIGNS in request.account_permissions,
    }
    return render_page(request, "campaigns/ad.html", context, fragment="figures")


def _state(request: AdAccountRequest, found: Campaign) -> dict[str, Any]:
    at = clock.now()
    set_status("campaign", [found], ad_account=request.ad_account, at=at)
    stop = last_stop(found)
    spent = spent_since(stop, found, account=request.ad_account) if stop else None
    return {
        "campaign": found,
        "stop": stop,
        "is_settling": stop is not None and stop.is_open,
        "is_overdue": stop is not None and stop.is_overdue(at),
        "spent": spent,
        "is_counted": stop is not None and spent is not None and spent.end >= stop.effective_at,
        "currency": request.ad_account.currency,
        "may_edit": Permission.MANAGE_CAMPAIGNS in request.account_permissions,
    }


def _figures(request: AdAccountRequest, node: Campaign | Ad) -> dict[str, Any]:
    account, at = request.ad_account, clock.now()
    period = account_period(ad_account=account, parameters=request.GET, at=at)
    figures = course(ad_account=account, period=period, node=node, with_reach=True)
    charted = metrics.charted(request.GET.get("metric", ""))
    return {
        "range": period,
        "tiles": figures.tiles(metrics.NODE_TILES),
        "chart": figures.chart(charted),
        "charted": charted,
        "chart_metrics": metrics.CHARTED,
        "split": SimpleLazyObject(partial(audience_split, node, period)),
        "split_metrics": METRICS,
        "as_of": performance.data_as_of(ad_account=account),
        "currency": account.currency,
        "section": "campaigns",
    }


def _parts(request: AdAccountRequest, found: Campaign) -> dict[str, Any]:
    """The campaign's ad groups, reviews, budget and history."""
    account, at = request.ad_account, clock.now()
    period = account_period(ad_account=account, parameters=request.GET, at=at)
    groups = performance.rows(
        level="ad_group",
        ad_account=account,
        first_day=period.start,
        last_day=period.end,
        at=at,
        per_page=MOST_GROUPS,
        parents=[found.pk],
    )
    references = [f"campaign:{found.pk}", *(f"ad_group:{group.pk}" for group in groups.rows)]
    return {
        "groups": [(group, audience_of(group)) for group in groups.rows],
        "group_count": groups.total_count,
        "table_metrics": metrics.GROUPS,
        "budget": budget_use(found, account=account, at=at),
        "reviews": latest_reviews(found),
        "entries": history_of(references)[:MOST_ENTRIES],
    }
