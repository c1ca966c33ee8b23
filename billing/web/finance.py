"""Money at a glance: of a Business Center, and of one ad account with its transactions."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import BusinessRequest, business_required
from accounts.permissions import BusinessPermission
from adaccounts.access import AdAccountRequest, finance_required
from billing import queries
from billing.queries import TransactionKind, Transactions
from bizcenter.clock import queries as clock
from bizcenter.lib import periods
from bizcenter.lib.charts import Chart, Series
from bizcenter.lib.htmx import render_page
from bizcenter.lib.money import to_decimal
from bizcenter.lib.periods import Period

from .exports import transactions_file

PER_PAGE = 50
ACCOUNTS_PER_PAGE = 25
LATEST_INVOICES = 8


@require_safe
@business_required(BusinessPermission.VIEW_FINANCE)
def overview(request: BusinessRequest) -> HttpResponse:
    at = clock.now()
    accounts = queries.accounts_of(request.business_center)
    page = Paginator(accounts, ACCOUNTS_PER_PAGE).get_page(request.GET.get("page"))
    latest = list(queries.invoices_of(accounts.order_by())[:LATEST_INVOICES])
    context = {
        "section": "financial",
        "page": page,
        "rows": queries.money_of_accounts(list(page.object_list), at=at),
        "totals": queries.totals_by_currency(request.business_center, at=at),
        "invoices": queries.invoice_rows(latest, at=at),
    }
    return render(request, "billing/overview.html", context)


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def account(request: AdAccountRequest) -> HttpResponse:
    ad_account, at = request.ad_account, clock.now()
    today = ad_account.day_of(at)
    period, kind, transactions = _chosen(request, today)
    [money] = queries.money_of_accounts([ad_account], at=at)
    context = {
        "section": "financial",
        "money": money,
        "days_left": queries.days_left(ad_account=ad_account, today=today),
        "period": period,
        "kind": kind,
        "kinds": TransactionKind,
        "totals": transactions.totals,
        "has_history": queries.has_history(ad_account),
        "page": Paginator(transactions, PER_PAGE).get_page(request.GET.get("page")),
        "chart": _chart(request, period),
    }
    return render_page(request, "billing/account.html", context, fragment="transactions")


@require_safe
@finance_required(BusinessPermission.VIEW_FINANCE)
def transactions_csv(request: AdAccountRequest) -> HttpResponse:
    """All rows of the choice that the page shows page by page."""
    today = request.ad_account.day_of(clock.now())
    period, _, transactions = _chosen(request, today)
    return transactions_file(request.ad_account, period, transactions)


def _chosen(request: AdAccountRequest, today: date) -> tuple[Period, TransactionKind, Transactions]:
    account = request.ad_account
    earliest = account.day_of(account.created_at)
    period = periods.chosen(request.GET, today=today, earliest=earliest)
    kind = _kind(request)
    found = Transactions(ad_account=account, first_day=period.start, last_day=period.end, kind=kind)
    return period, kind, found


def _kind(request: HttpRequest) -> TransactionKind:
    try:
        return TransactionKind(request.GET.get("kind", ""))
    except ValueError:
        return TransactionKind.ALL


def _chart(request: AdAccountRequest, period: Period) -> Chart | None:
    account = request.ad_account
    costs: dict[date, Any] = queries.costs_by_day(
        ad_account=account, first_day=period.start, last_day=period.end
    )
    if not costs:
        return None
    days = list(period.days())
    return Chart(
        labels=[f"{day:%-d %b}" for day in days],
        series=[
            Series(
                name="Cost",
                values=[to_decimal(costs.get(day, 0), account.currency) for day in days],
            )
        ],
        kind="bar",
        unit="money",
        currency=account.currency,
    )
