"""GET /report/integrated/get/: the numbers of the pages, in the wire's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from adaccounts.models import AdAccount
from adaccounts.permissions import visible_to
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.paging import page_info, page_of
from campaigns.models import Ad, AdGroup, Campaign
from campaigns.queries.reach import People
from campaigns.queries.totals import METRICS, Totals
from reporting.queries.audience import PeopleKey, people_figures
from reporting.queries.chosen_nodes import Chosen, chosen_nodes
from reporting.queries.details import added_up, only, with_details
from reporting.queries.integrated import Figures, Key, Wanted, figures, figures_page

from .attributes import ATTRIBUTES, attribute
from .filters import fits_numbers, fitting_accounts, is_number, object_filters
from .metrics import Row, kinds, needs_goals, needs_reach, needs_real_time, text, value
from .parameters import (
    ReportParameters,
    check_metrics,
    checked_days,
    people_dimensions,
    split_dimensions,
)
from .recipes import COUNTS, SPENT

_LEVELS = {"campaign_id": "campaign", "adgroup_id": "ad_group", "ad_id": "ad", "ad_id_v2": "ad"}
_OBJECTS: dict[str, Any] = {
    "campaign": Campaign.objects.select_related("ad_account"),
    "ad_group": AdGroup.objects.select_related("ad_account", "campaign"),
    "ad": Ad.objects.select_related("ad_account", "campaign", "ad_group", "creative"),
}
_TIME = "%Y-%m-%d %H:%M:%S"
Line = tuple[Key, Row]


class IntegratedReport(Query):
    parameters = ReportParameters
    accounts: Sequence[AdAccount]
    level: str | None
    real_time: bool
    people: People | None = None
    people_dimensions: Sequence[str] = ()

    def enter(self, params: dict[str, Any]) -> None:
        """The ad accounts the report is about, all of which the person may see reports of."""
        visible = visible_to(self.user).select_related("business_center").order_by("pk")
        if "bc_id" in params:
            self.accounts = list(visible.filter(business_center_id=params["bc_id"]))
            if not self.accounts:
                raise ApiError(Code.NO_PERMISSION, f"No permission to operate {params['bc_id']}.")
            return
        wanted = params.get("advertiser_ids") or [params.get("advertiser_id")]
        if wanted == [None]:
            raise ApiError(Code.PARAMETER, "advertiser_id: This field is required.")
        found = visible.in_bulk(wanted)
        for pk in wanted:
            if pk not in found:
                raise ApiError(Code.NO_PERMISSION, f"No permission to operate advertiser {pk}.")
        self.accounts = [found[pk] for pk in dict.fromkeys(wanted)]

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        check_metrics([*params["metrics"], *filter(None, [params.get("order_field")])])
        self.people_dimensions, others = people_dimensions(params)
        id_dimension, time_dimension = split_dimensions(
            others, is_lifetime=params["query_lifetime"]
        )
        self.level = _LEVELS.get(id_dimension or "")
        accounts = fitting_accounts(self.accounts, params["filtering"])
        chosen = chosen_nodes(
            self.level,
            accounts=accounts,
            filters=object_filters(params["filtering"]),
            at=clock.now(),
        )
        wanted = Wanted(
            accounts,
            id_dimension,
            time_dimension,
            checked_days(params, time_dimension),
            chosen.condition,
            is_utc=params["multi_adv_report_in_utc_time"] and len(self.accounts) > 1,
            by_goal=needs_goals(_asked_for(params)),
        )
        return self.answered(wanted, chosen, params)

    def answered(self, wanted: Wanted, chosen: Chosen, params: Mapping[str, Any]) -> dict[str, Any]:
        names, order = _asked_for(params), _sum_to_order_by(params)
        self.real_time = needs_real_time(names)
        if self.people_dimensions:
            return self.of_people(wanted, params)
        if needs_reach(names):
            self.people = People.of([account.pk for account in wanted.accounts])
        if wanted.id_dimension and wanted.time_dimension and order is not None:
            start = (params["page"] - 1) * params["page_size"]
            count, rows = figures_page(
                wanted, order=order, start=start, stop=start + params["page_size"]
            )
            page, info = self.lines(rows, only(rows, wanted)), page_info(params, count)
            totals = []
            if params["enable_total_metrics"]:
                whole = replace(wanted, id_dimension=None, time_dimension=None)
                totals = [row.figures for _, row in self.lines(figures(whole).items(), whole)]
        else:
            complete = _complete(figures(wanted), wanted, chosen)
            lines = sorted(self.lines(complete, wanted), key=itemgetter(0))
            lines = [it for it in lines if fits_numbers(it[1], params["filtering"])]
            totals = [row.figures for _, row in lines]
            page, info = page_of(self.ordered(lines, params), params)
        return {
            "list": [self.shown(key, row, params) for key, row in self.with_objects(page)],
            "page_info": info,
            "total_metrics": self.totals(totals, params),
        }

    def of_people(self, wanted: Wanted, params: Mapping[str, Any]) -> dict[str, Any]:
        found = sorted(people_figures(wanted, self.people_dimensions).items(), key=itemgetter(0))
        rows = [(key, self.row(each)) for key, each in found]
        lines: list[Line] = [it for it in rows if fits_numbers(it[1], params["filtering"])]
        page, info = page_of(self.ordered(lines, params), params)
        return {
            "list": [self.shown(key, row, params) for key, row in self.with_objects(page)],
            "page_info": info,
            "total_metrics": self.totals([row.figures for _, row in lines], params),
        }

    def lines(self, rows: Iterable[tuple[Key, Figures]], wanted: Wanted) -> list[Line]:
        """The rows in full."""
        caps = self.people.caps if self.people else None
        full = with_details(list(rows), wanted, caps=caps, real_time=self.real_time)
        return [(key, self.row(each)) for key, each in full]

    def row(self, figures: Figures) -> Row:
        is_of_people = bool(self.people_dimensions)
        return Row(figures, self.currency(figures), people=self.people, is_of_people=is_of_people)

    def currency(self, of: Figures) -> str | None:
        """The one currency of the figures' accounts; none where amounts cannot be added up."""
        currencies = {account.pk: account.currency for account in self.accounts}
        found = {currencies[pk] for pk in of.account_ids or currencies}
        return found.pop() if len(found) == 1 else None

    def ordered(self, lines: list[Line], params: Mapping[str, Any]) -> list[Line]:
        name = params.get("order_field")
        if not name:
            return lines
        is_descending = params["order_type"] == "DESC"
        if name in ATTRIBUTES or kinds()[name] == "text":
            lines = list(self.with_objects(lines))
            return sorted(lines, key=lambda it: attribute(name, it[1].node), reverse=is_descending)
        return sorted(lines, key=lambda it: value(name, it[1]) or 0, reverse=is_descending)

    def with_objects(self, lines: Sequence[Line]) -> Iterable[Line]:
        """The rows with the object they are about, for the metrics that describe it."""
        accounts = {each.pk: each for each in self.accounts}
        ids = {key.node_id for key, _ in lines}
        objects = _OBJECTS[self.level].in_bulk(ids) if self.level else accounts
        only = self.accounts[0] if len(accounts) == 1 else None
        for key, row in lines:
            yield key, replace(row, node=objects.get(key.node_id, only))

    def shown(self, key: Key, row: Row, params: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "dimensions": {name: self.dimension(name, key) for name in params["dimensions"]},
            "metrics": _metrics(params["metrics"], row),
        }

    def dimension(self, name: str, key: Key) -> str:
        if isinstance(key, PeopleKey) and name in self.people_dimensions:
            return key.people[self.people_dimensions.index(name)]
        return f"{key.at:{_TIME}}" if name.startswith("stat_time") else str(key.node_id)

    def totals(self, rows: Iterable[Figures], params: Mapping[str, Any]) -> dict[str, str]:
        if not params["enable_total_metrics"]:
            return {}
        return _metrics(params["metrics"], self.row(added_up(rows)))


def _metrics(names: Iterable[str], row: Row) -> dict[str, str]:
    return {
        name: attribute(name, row.node) if name in ATTRIBUTES else text(name, row) for name in names
    }


def _asked_for(params: Mapping[str, Any]) -> list[str]:
    """Every metric that the answer depends on."""
    filtered = [each["field_name"] for each in params["filtering"]]
    return [*params["metrics"], *filtered, params.get("order_field") or ""]


def _sum_to_order_by(params: Mapping[str, Any]) -> str | None:
    """The sum that the database can order rows by, "" for their natural order; None when it takes
    more than sums to find and order the rows."""
    if any(is_number(each["field_name"]) for each in params["filtering"]):
        return None
    if needs_real_time(_asked_for(params)):
        return None
    name = params.get("order_field")
    if not name:
        return ""
    base = "spend" if name in SPENT else COUNTS.get(name)
    if base not in METRICS:
        return None
    return f"-{base}" if params["order_type"] == "DESC" else base


def _complete(
    found: Mapping[Key, Figures], wanted: Wanted, chosen: Chosen
) -> Iterable[tuple[Key, Figures]]:
    """The rows, and without a split by time also zeros for objects that have no facts."""
    yield from found.items()
    if wanted.time_dimension is not None or not wanted.id_dimension or not chosen.is_whole:
        return
    nodes: Iterable[tuple[int, int]] = ((each.pk, each.pk) for each in wanted.accounts)
    if chosen.nodes is not None:
        nodes = chosen.nodes.values_list("pk", "ad_account_id")
    for pk, account_id in nodes:
        if (key := Key(node_id=pk)) not in found:
            yield key, Figures(Totals(), {}, frozenset({account_id}))
