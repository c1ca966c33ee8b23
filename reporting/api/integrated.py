"""GET /report/integrated/get/: the numbers of the pages, in the wire's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adaccounts.models import AdAccount
from adaccounts.permissions import visible_to
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.paging import page_of
from campaigns.models import Ad, AdGroup, Campaign
from reporting.queries.chosen_nodes import Chosen, chosen_nodes
from reporting.queries.integrated import Figures, Key, Wanted, figures

from .attributes import ATTRIBUTES, attribute
from .filters import fits_numbers, fitting_accounts, object_filters
from .metrics import Row, kinds, needs_goals, text, value
from .parameters import ReportParameters, check_metrics, checked_days, split_dimensions

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
        id_dimension, time_dimension = split_dimensions(
            params["dimensions"], is_lifetime=params["query_lifetime"]
        )
        asked = [each["field_name"] for each in params["filtering"]]
        wanted = Wanted(
            fitting_accounts(self.accounts, params["filtering"]),
            id_dimension,
            time_dimension,
            checked_days(params, time_dimension),
            is_utc=params["multi_adv_report_in_utc_time"] and len(self.accounts) > 1,
            by_goal=needs_goals([*params["metrics"], *asked, params.get("order_field", "")]),
        )
        lines = self.ordered(self.lines(wanted, params), params)
        page, page_info = page_of(lines, params)
        shown = with_objects(page, _LEVELS.get(id_dimension or ""), self.accounts)
        return {
            "list": [self.shown(key, row, params) for key, row in shown],
            "page_info": page_info,
            "total_metrics": self.totals(lines, params),
        }

    def lines(self, wanted: Wanted, params: Mapping[str, Any]) -> list[Line]:
        """Every row of the report, in order of time and id."""
        level = _LEVELS.get(wanted.id_dimension or "")
        filters = object_filters(params["filtering"])
        chosen = chosen_nodes(level, accounts=wanted.accounts, filters=filters, at=clock.now())
        found = figures(replace(wanted, condition=chosen.condition))
        currencies = {account.pk: account.currency for account in self.accounts}
        rows = dict(_complete(found, wanted, chosen))
        return [
            (key, row)
            for key, each in sorted(rows.items())
            if fits_numbers(
                row := Row(each, _currency(each.account_ids, currencies)), params["filtering"]
            )
        ]

    def ordered(self, lines: list[Line], params: Mapping[str, Any]) -> list[Line]:
        name = params.get("order_field")
        if not name:
            return lines
        is_descending = params["order_type"] == "DESC"
        if name in ATTRIBUTES or kinds()[name] == "text":
            level = _LEVELS.get(next((d for d in params["dimensions"] if d in _LEVELS), ""))
            lines = list(with_objects(lines, level, self.accounts))
            return sorted(lines, key=lambda it: attribute(name, it[1].node), reverse=is_descending)
        return sorted(lines, key=lambda it: value(name, it[1]) or 0, reverse=is_descending)

    def shown(self, key: Key, row: Row, params: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "dimensions": {
                name: f"{key.at:{_TIME}}" if name.startswith("stat_time") else str(key.node_id)
                for name in params["dimensions"]
            },
            "metrics": _metrics(params["metrics"], row),
        }

    def totals(self, lines: Sequence[Line], params: Mapping[str, Any]) -> dict[str, str]:
        if not params["enable_total_metrics"]:
            return {}
        whole = sum((row.figures for _, row in lines), Figures.nothing())
        currencies = {account.pk: account.currency for account in self.accounts}
        ids = whole.account_ids or frozenset(currencies)
        return _metrics(params["metrics"], Row(whole, _currency(ids, currencies)))


def _metrics(names: Iterable[str], row: Row) -> dict[str, str]:
    return {
        name: attribute(name, row.node) if name in ATTRIBUTES else text(name, row) for name in names
    }


def _complete(
    found: Mapping[Key, Figures], wanted: Wanted, chosen: Chosen
) -> Iterable[tuple[Key, Figures]]:
    """The rows of chosen objects; without a split by time, also of those that have no facts."""
    nodes = chosen.nodes
    if nodes is None and wanted.id_dimension:
        nodes = {account.pk: account.pk for account in wanted.accounts}
    yield from ((key, each) for key, each in found.items() if nodes is None or key.node_id in nodes)
    if wanted.time_dimension is None and nodes is not None and chosen.is_whole:
        for pk, account_id in nodes.items():
            if (key := Key(node_id=pk)) not in found:
                yield key, Figures(Figures.nothing().totals, {}, frozenset({account_id}))


def _currency(account_ids: Iterable[int], currencies: Mapping[int, str]) -> str | None:
    """The one currency of the accounts, or none where amounts cannot be added up."""
    found = {currencies[pk] for pk in account_ids}
    return found.pop() if len(found) == 1 else None


def with_objects(
    lines: Sequence[Line], level: str | None, accounts: Sequence[AdAccount]
) -> Iterable[Line]:
    """The rows with the object they are about, for the metrics that describe it."""
    ids = {key.node_id for key, _ in lines}
    objects = _OBJECTS[level].in_bulk(ids) if level else {each.pk: each for each in accounts}
    only = accounts[0] if len(accounts) == 1 else None
    for key, row in lines:
        yield key, Row(row.figures, row.currency, objects.get(key.node_id, only))
