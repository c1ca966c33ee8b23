"""The tables as CSV files: the rows of the whole filter, with the numbers of the page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib import money
from bizcenter.lib.csv_files import csv_response
from campaigns.models import BudgetMode
from campaigns.queries import metrics

from .levels import AD_GROUPS, ADS, CAMPAIGNS, Level
from .tables import Wish

FIRST = ("Account ID", "Account", "Currency", "Time zone", "First day", "Last day")


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def campaign_export(request: AdAccountRequest) -> HttpResponse:
    return _file(request, CAMPAIGNS)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def ad_group_export(request: AdAccountRequest) -> HttpResponse:
    return _file(request, AD_GROUPS)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def ad_export(request: AdAccountRequest) -> HttpResponse:
    return _file(request, ADS)


def _file(request: AdAccountRequest, level: Level) -> HttpResponse:
    at, account = clock.now(), request.ad_account
    wish = Wish.of(request, level, at)
    found = wish.rows(request, at, everything=True)
    days = (wish.period.start.isoformat(), wish.period.end.isoformat())
    first = (str(account.pk), account.name, account.currency, account.timezone, *days)
    head = (*FIRST, *_names(level), "Status", "Status detail", "Budget type", "Budget")
    titles = tuple(m.label + (" (%)" if m.unit == "percent" else "") for m in metrics.TABLE)
    name = f"{level.key}s-{account.pk}-{days[0]}-{days[1]}"
    return csv_response(name, (*head, *titles), _lines(account, first, found.rows))


def _names(level: Level) -> tuple[str, ...]:
    names = ("Campaign ID", "Campaign", "Ad group ID", "Ad group", "Ad ID", "Ad")
    return names[: 2 * ([CAMPAIGNS, AD_GROUPS, ADS].index(level) + 1)]


def _lines(
    account: AdAccount, first: tuple[str, ...], rows: list[Any]
) -> Iterator[tuple[str, ...]]:
    for row in rows:
        parents = [getattr(row, name) for name in ("campaign", "ad_group") if hasattr(row, name)]
        names = tuple(text for node in (*parents, row) for text in (str(node.pk), node.name))
        figures = tuple(m.plain(row.totals, account.currency) for m in metrics.TABLE)
        status = (str(row.status.primary), row.status.secondary)
        yield (*first, *names, *status, *_budget(row, account.currency), *figures)


def _budget(row: Any, currency: str) -> tuple[str, str]:
    mode, budget = getattr(row, "budget_mode", ""), getattr(row, "budget", None)
    amount = "" if budget is None else str(money.to_decimal(budget, currency))
    return (str(BudgetMode(mode).label) if mode else "", amount)
