"""The report of one ad account by day, or by hour for a single day; as a page and as a file."""

from dataclasses import dataclass
from functools import reduce
from operator import add

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.csv_files import csv_response
from bizcenter.lib.htmx import render_page
from bizcenter.lib.periods import Period
from campaigns.models import Campaign
from campaigns.queries import metrics, performance
from campaigns.queries.days import account_period
from campaigns.queries.performance import Totals
from campaigns.queries.reach import People
from campaigns.queries.reached import days_of, hours_of
from campaigns.queries.series import course, has_begun


@dataclass(frozen=True)
class Line:
    """A day or an hour of the account's clock; `key` is its ISO form. What has not begun was not
    delivered yet, which is not the same as nothing."""

    key: str
    label: str
    totals: Totals
    is_begun: bool


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def report(request: AdAccountRequest) -> HttpResponse:
    account, at = request.ad_account, clock.now()
    period = account_period(ad_account=account, parameters=request.GET, at=at)
    campaign = _campaign(request)
    lines = _lines(request, period, campaign)
    figures = course(ad_account=account, period=period, node=campaign)
    charted = metrics.charted(request.GET.get("metric", ""))
    context = {
        "range": period,
        "campaign": campaign,
        "lines": lines,
        "sum": reduce(add, (line.totals for line in lines), Totals()),
        "reach_parts": sum(metrics.REACH.of(line.totals) or 0 for line in lines),
        "noun": "hours" if period.is_single_day else "days",
        "metrics": metrics.REPORT,
        "chart": figures.chart(charted),
        "charted": charted,
        "chart_metrics": metrics.CHARTED,
        "as_of": performance.data_as_of(ad_account=account),
        "currency": account.currency,
        "section": "reports",
    }
    return render_page(request, "reporting/report.html", context, fragment="figures")


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def report_csv(request: AdAccountRequest) -> HttpResponse:
    account, at = request.ad_account, clock.now()
    period = account_period(ad_account=account, parameters=request.GET, at=at)
    campaign = _campaign(request)
    fixed: tuple[str, ...] = (str(account.pk), account.name, account.currency, account.timezone)
    head: tuple[str, ...] = ("Account ID", "Account", "Currency", "Time zone")
    if campaign:
        fixed, head = (*fixed, str(campaign.pk), campaign.name), (*head, "Campaign ID", "Campaign")
    titles = (m.label + (" (%)" if m.unit == "percent" else "") for m in metrics.REPORT)
    rows = (
        (*fixed, line.key, *(m.plain(line.totals, account.currency) for m in metrics.REPORT))
        for line in _lines(request, period, campaign)
    )
    name = f"report-{account.pk}-{period.start}-{period.end}"
    unit = "Hour" if period.is_single_day else "Date"
    return csv_response(name, (*head, unit, *titles), rows)


def _campaign(request: AdAccountRequest) -> Campaign | None:
    """The campaign the report is narrowed to."""
    text = request.GET.get("campaign", "")
    if not text:
        return None
    campaigns = Campaign.objects.of(request.ad_account)
    found = campaigns.filter(pk=text).first() if text.isdecimal() and len(text) < 20 else None
    if found is None:
        raise Http404
    return found


def _lines(request: AdAccountRequest, period: Period, campaign: Campaign | None) -> list[Line]:
    account, people = request.ad_account, People.of([request.ad_account.pk])
    until = performance.data_as_of(ad_account=account)
    if period.is_single_day:
        return [
            Line(
                f"{account.local(slot):%Y-%m-%d %H:%M}",
                f"{account.local(slot):%H:%M}",
                sums,
                until is None or slot < until,
            )
            for slot, sums in hours_of(account, period.start, campaign, people)
        ]
    return [
        Line(f"{day}", f"{day:%a %-d %b %Y}", sums, has_begun(account, day, until))
        for day, sums in days_of(account, period, campaign, people)
    ]
