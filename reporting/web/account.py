"""One ad account at a glance."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.htmx import render_page
from campaigns.queries import metrics, performance
from campaigns.queries.days import account_period
from campaigns.queries.series import course
from reporting.queries.insights import insights
from reporting.queries.overview import account_figures

TOP = 5


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def account_overview(request: AdAccountRequest) -> HttpResponse:
    account, at = request.ad_account, clock.now()
    period = account_period(ad_account=account, parameters=request.GET, at=at)
    figures = course(ad_account=account, period=period)
    charted = metrics.charted(request.GET.get("metric", ""))
    top = performance.rows(
        level="campaign",
        ad_account=account,
        first_day=period.start,
        last_day=period.end,
        at=at,
        per_page=TOP,
    )
    context = {
        "range": period,
        "tiles": figures.tiles(metrics.ACCOUNT_TILES),
        "chart": figures.chart(charted),
        "charted": charted,
        "chart_metrics": metrics.CHARTED,
        "top": top,
        "metrics": metrics.BRIEF,
        "insights": insights(
            AdAccount.objects.filter(pk=account.pk), [account_figures(account, figures)], period
        ),
        "as_of": performance.data_as_of(ad_account=account),
        "currency": account.currency,
        "may_edit": Permission.MANAGE_CAMPAIGNS in request.account_permissions,
        "section": "dashboard",
    }
    return render_page(request, "reporting/account.html", context, fragment="figures")
