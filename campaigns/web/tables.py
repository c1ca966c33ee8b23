"""The tables of campaigns, ad groups and ads: all they show is in the address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.htmx import render_page
from bizcenter.lib.periods import Period
from campaigns.models import AdGroup, Campaign
from campaigns.queries import metrics, performance
from campaigns.queries.days import account_period
from campaigns.queries.table import ORDERS

from .levels import AD_GROUPS, ADS, CAMPAIGNS, LEVELS, Level, State
from .loading import ad_group_or_404, campaign_or_404, number_in

SIZES = (20, 50, 100)
USUAL_ORDER = "-spend"


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def campaign_list(request: AdAccountRequest) -> HttpResponse:
    return _table(request, CAMPAIGNS)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def ad_group_list(request: AdAccountRequest) -> HttpResponse:
    return _table(request, AD_GROUPS)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def ad_list(request: AdAccountRequest) -> HttpResponse:
    return _table(request, ADS)


@dataclass(frozen=True)
class Wish:
    """What an address asks a table for."""

    level: Level
    period: Period
    search: str
    order: str
    number: int
    per_page: int
    state: State | None
    campaign: Campaign | None
    ad_group: AdGroup | None

    @classmethod
    def of(cls, request: AdAccountRequest, level: Level, at: datetime) -> "Wish":
        account, asked = request.ad_account, request.GET
        group_id, campaign_id = number_in(asked, "ad_group"), number_in(asked, "campaign")
        group = ad_group_or_404(account, group_id) if group_id and level is ADS else None
        campaign = campaign_or_404(account, campaign_id) if campaign_id else None
        order, per_page = asked.get("sort", ""), number_in(asked, "per")
        return cls(
            level=level,
            period=account_period(ad_account=account, parameters=asked, at=at),
            search=asked.get("q", "").strip(),
            order=order if order.removeprefix("-") in ORDERS else USUAL_ORDER,
            number=min(max(number_in(asked, "page") or 1, 1), 1_000_000),
            per_page=per_page if per_page in SIZES else SIZES[0],
            state=level.state(asked.get("state", "")),
            campaign=group.campaign if group else campaign if level is not CAMPAIGNS else None,
            ad_group=group,
        )

    @property
    def is_narrowed(self) -> bool:
        """By search or state: where nothing is found, there may be more."""
        return bool(self.search or self.state)

    @property
    def parents(self) -> list[int] | None:
        narrowest = self.ad_group or self.campaign
        return [narrowest.pk] if narrowest else None

    def rows(
        self, request: AdAccountRequest, at: datetime, *, everything: bool = False
    ) -> performance.Page:
        return performance.rows(
            level=self.level.key,
            ad_account=request.ad_account,
            first_day=self.period.start,
            last_day=self.period.end,
            at=at,
            search=self.search,
            order=self.order,
            page=1 if everything else self.number,
            per_page=1_000_000 if everything else self.per_page,
            parents=self.parents,
            state=self.state.condition if self.state else None,
        )


def _table(request: AdAccountRequest, level: Level) -> HttpResponse:
    at = clock.now()
    wish = Wish.of(request, level, at)
    found = wish.rows(request, at)
    counts = level.counts(request.ad_account, wish.parents, wish.search)
    context: dict[str, Any] = {
        "level": level,
        "wish": wish,
        "range": wish.period,
        "found": found,
        "page": _paging(found),
        "chips": [(state, counts[state.key]) for state in level.states],
        "all_count": counts[""],
        "tabs": _tabs(request, wish),
        "reach_parts": sum(metrics.REACH.of(row.totals) or 0 for row in found.rows),
        "metrics": metrics.TABLE,
        "sizes": SIZES,
        "currency": request.ad_account.currency,
        "as_of": performance.data_as_of(ad_account=request.ad_account),
        "may_edit": Permission.MANAGE_CAMPAIGNS in request.account_permissions,
        "here": request.get_full_path(),
        "is_settling": any(getattr(row, "open_stop", None) for row in found.rows),
        "section": "campaigns",
    }
    return render_page(request, "campaigns/table.html", context, fragment="table")


def _paging(found: performance.Page) -> Page:
    """The page as Django's paginator would have it, for the page numbers."""
    return Paginator(range(found.total_count), found.per_page).get_page(found.number)


def _tabs(request: AdAccountRequest, wish: Wish) -> list[tuple[Level, int]]:
    """Each level with how many there are below what the address narrows it to."""
    account = request.ad_account
    return [
        (level, level.nodes(account, None if level is CAMPAIGNS else wish.parents).count())
        for level in LEVELS
    ]
