"""Why an ad does or does not deliver: its day hour by hour, and which ads to look at."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.csv_files import csv_response
from campaigns.delivery.plan import Limit
from campaigns.delivery.why import day_of_ad, limits_of_day, open_day
from campaigns.models import Ad
from campaigns.queries import performance

from .loading import ad_group_or_404, ad_or_404, campaign_or_404, number_in
from .why_rows import CHECKS, Days, Row, causes, chosen_day, counted, picture, price_is_per, rows_of
from .why_words import COMING, LIMITS, UNKNOWN, Look

PER_PAGE = 20
HOUR = timedelta(hours=1)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def why(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    """One ad's day."""
    account, ad = request.ad_account, ad_or_404(request.ad_account, ad_id)
    as_of = performance.data_as_of(ad_account=account)
    days = _days(request, account.day_of(ad.created_at), as_of)
    day = day_of_ad(ad, ad_account=account, day=days.day)
    rows = rows_of(day, ad, account)
    context = {
        "ad": ad,
        "days": days,
        "day": day,
        "rows": rows,
        "has_money": any(row.spent or row.target for row in rows),
        "chart": picture(rows, account.currency),
        "causes": causes(rows),
        "price_is_per": price_is_per(ad),
        "totals": day.totals,
        "as_of": as_of,
        "currency": account.currency,
    }
    return render(request, "campaigns/why.html", context)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def why_export(request: AdAccountRequest, ad_id: int) -> HttpResponse:
    account, ad = request.ad_account, ad_or_404(request.ad_account, ad_id)
    as_of = performance.data_as_of(ad_account=account)
    days = _days(request, account.day_of(ad.created_at), as_of)
    day = day_of_ad(ad, ad_account=account, day=days.day)
    head = (
        "Account ID", "Account", "Currency", "Time zone", "Ad ID", "Ad", "Day", "Hour", *CHECKS,
        "Minutes on", "Auctions", "Won (%)", "Meant to spend", "Spent", "Impressions",
        f"Price {price_is_per(ad)}", "Cause", "What held it back", "Next step", "Notes",
    )  # fmt: skip
    first = (str(account.pk), account.name, account.currency, account.timezone, str(ad.pk), ad.name)
    lines = _lines((*first, day.day.isoformat()), rows_of(day, ad, account))
    return csv_response(f"why-{ad.pk}-{day.day.isoformat()}", head, lines)


def _lines(first: tuple[str, ...], rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        hour, told = row.hour, row.told
        checks = ("" if met is None else "yes" if met else "no" for met in row.checks)
        figures: tuple[Any, ...] = ("",) * 7
        if hour.is_delivered:
            figures = (
                hour.minutes, row.auctions, row.won, row.target, row.spent,
                hour.totals.impressions, row.price,
            )  # fmt: skip
        notes = " ".join(told.notes)
        yield (*first, row.label, *checks, *figures, told.look.name, told.text, told.step, notes)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def why_list(request: AdAccountRequest) -> HttpResponse:
    """The ads of a campaign, of an ad group or of the account, each with its day in short."""
    account, at = request.ad_account, clock.now()
    group_id, campaign_id = number_in(request.GET, "ad_group"), number_in(request.GET, "campaign")
    group = ad_group_or_404(account, group_id) if group_id else None
    campaign = campaign_or_404(account, campaign_id) if campaign_id and not group else None
    node = group or campaign or account
    as_of = performance.data_as_of(ad_account=account)
    days = _days(request, account.day_of(node.created_at), as_of)
    found = performance.rows(
        level="ad",
        ad_account=account,
        first_day=days.day,
        last_day=days.day,
        at=at,
        page=min(max(number_in(request.GET, "page") or 1, 1), 1_000_000),
        per_page=PER_PAGE,
        parents=[node.pk] if node is not account else None,
    )
    context = {
        "group": group,
        "campaign": group.campaign if group else campaign,
        "node": node,
        "days": days,
        "rows": _short(found.rows, account, days, as_of),
        "page": Paginator(range(found.total_count), PER_PAGE).get_page(found.number),
        "as_of": as_of,
        "currency": account.currency,
    }
    return render(request, "campaigns/why_list.html", context)


def _short(
    ads: list[Ad], account: AdAccount, days: Days, until: datetime | None
) -> list[tuple[Ad, list[tuple[str, Look]], list[tuple[Look, int]]]]:
    """Each ad with a look for each hour, and what its hours were like, the most frequent first.
    Before `until` they are delivered."""
    limits = limits_of_day(ads, ad_account=account, day=days.day)
    start = account.day_start(days.day)
    found = []
    for ad in ads:
        hours = _looks(dict(limits[ad.pk]), start, until)
        found.append((ad, hours, counted([look for _, look in hours])))
    return found


def _looks(
    limits: dict[datetime, Limit], start: datetime, until: datetime | None
) -> list[tuple[str, Look]]:
    found = []
    for number in range(24):
        slot = start + number * HOUR
        is_coming = until is None or slot >= until
        look = COMING if is_coming else LIMITS[limits[slot]] if slot in limits else UNKNOWN
        found.append((f"{number:02}:00", look))
    return found


def _days(request: AdAccountRequest, first: date, as_of: datetime | None) -> Days:
    """Where the address names none, the last day of which an hour is delivered."""
    account = request.ad_account
    last = open_day(account, at=clock.now())
    usual = last if as_of is None else account.day_of(as_of - HOUR)
    return chosen_day(request.GET.get("day", ""), first=first, last=last, usual=usual)
