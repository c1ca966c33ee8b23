"""The Business Center's home: all ad accounts the person may see, at a glance."""

from dataclasses import dataclass
from datetime import timedelta, timezone

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import BusinessRequest, business_required
from accounts.models import BusinessCenter
from accounts.queries.verification import verification_state
from bizcenter.clock import queries as clock
from bizcenter.lib import periods
from bizcenter.lib.charts import Chart
from bizcenter.lib.htmx import render_page
from bizcenter.lib.periods import Period
from bizcenter.lib.places import utc_offset_minutes
from campaigns.queries import metrics
from campaigns.queries.series import Course, Tile
from reporting.queries.insights import insights
from reporting.queries.overview import Overview, biggest_spenders, figures_of, overview

PER_PAGE = 25
COUNTS = (metrics.IMPRESSIONS, metrics.CLICKS, metrics.CONVERSIONS)


@dataclass(frozen=True)
class Figure:
    """A tile that can also be charted; money is a figure for each currency."""

    key: str
    label: str
    metric: metrics.Metric
    course: Course

    @property
    def tile(self) -> Tile:
        return self.course.tiles([self.metric])[0]

    @property
    def chart(self) -> Chart:
        return self.course.chart(self.metric)


@require_safe
@business_required()
def business_overview(request: BusinessRequest) -> HttpResponse:
    business_center = request.business_center
    period = _period(business_center, request)
    found = overview(user=request.user, business_center=business_center, period=period)
    figures = _figures(found)
    page = Paginator(found.accounts, PER_PAGE).get_page(request.GET.get("page"))
    wanted = request.GET.get("metric")
    context = {
        "range": period,
        "overview": found,
        "as_of": found.as_of,
        "figures": figures,
        "charted": next((each for each in figures if each.key == wanted), figures[0]),
        "page": page,
        "rows": figures_of(list(page.object_list), period),
        "insights": insights(
            found.accounts, figures_of(biggest_spenders(found.accounts, period), period), period
        ),
        "currencies": list(found.by_currency),
        "standing": verification_state(business_center)
        if "manage_business" in request.nav_permissions
        else None,
        "may_create": "create_ad_accounts" in request.nav_permissions,
        "section": "home",
    }
    return render_page(request, "reporting/business.html", context, fragment="figures")


def _period(business_center: BusinessCenter, request: BusinessRequest) -> Period:
    zone = timezone(timedelta(minutes=utc_offset_minutes(business_center.timezone)))
    return periods.chosen(
        request.GET,
        today=clock.now().astimezone(zone).date(),
        earliest=business_center.created_at.astimezone(zone).date(),
    )


def _figures(found: Overview) -> list[Figure]:
    many = len(found.by_currency) > 1
    money = [
        Figure(f"spend-{currency}", f"Spend, {currency}" if many else "Spend", metrics.SPEND, each)
        for currency, each in found.by_currency.items()
    ]
    counts = [Figure(each.key, each.label, each, found.together) for each in COUNTS]
    return [*money, *counts]
