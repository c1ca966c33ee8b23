"""The rows of the campaign, ad group and ad tables: searched, sorted, paged, with their totals.

The number of queries does not depend on how many rows there are: who is meant, what they delivered
(see node_sums), the rows of the page, and what their status needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Q

from adaccounts.models import AdAccount

from ..models import Ad, AdGroup, Campaign
from .learning import set_learning
from .node_sums import Ints, node_sums, totals_of
from .periods import Period
from .reached import parts_of
from .statuses import set_status
from .totals import METRICS, Node, Totals

MODELS: dict[str, type[Node]] = {"campaign": Campaign, "ad_group": AdGroup, "ad": Ad}
_PARENTS: dict[str, tuple[str, ...]] = {
    "campaign": (),
    "ad_group": ("campaign",),
    "ad": ("campaign", "ad_group", "creative"),
}
_OWN_COLUMNS = {
    "name": "upper(n.name)",
    "id": "n.id",
    "created_at": "n.created_at",
    "budget": "n.budget",
}
_RATIOS = {
    "ctr": ("clicks", "impressions"),
    "cpc": ("spend", "clicks"),
    "cpm": ("spend", "impressions"),
    "cpa": ("spend", "conversions"),
    "cvr": ("conversions", "clicks"),
    "frequency": ("impressions", "reach"),
    "cost_per_1000_reached": ("spend", "reach"),
}
_BY_PEOPLE = ("reach", "frequency", "cost_per_1000_reached")
ORDERS = frozenset({*_OWN_COLUMNS, *_RATIOS, *METRICS, "reach"})
SUMMED = ("spend", "impressions", "clicks", "conversions")


@dataclass(frozen=True)
class Page:
    """`rows` are campaigns, ad groups or ads with `.totals` and `.status` set, ad groups with
    `.learning` too; `totals` sums up everything the page was chosen from, in the metrics SUMMED and
    those made of them; its reach is of everything together."""

    rows: list[Any]
    number: int
    per_page: int
    total_count: int
    totals: Totals

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total_count // self.per_page))


def rows(
    *,
    level: str,
    ad_account: AdAccount,
    first_day: date,
    last_day: date,
    at: datetime,
    search: str = "",
    order: str = "-spend",
    page: int = 1,
    per_page: int = 20,
    parents: Sequence[int] | None = None,
    state: Q | None = None,
) -> Page:
    """One page of the account's nodes that are not deleted, with their totals in the period.

    `search` is a part of the name, or an id; `order` one of ORDERS, "-" for descending; `parents`
    narrows to the children of these, `state` to nodes that it holds for. A page after the last is
    the first.
    """
    if (key := order.lstrip("-")) not in ORDERS:
        raise ValueError(f"cannot sort by {key}")
    period = Period.of([ad_account.pk], first_day, last_day)
    ids = _chosen_ids(_Choice(level, ad_account, search, parents, state), order)
    metrics = SUMMED if key not in METRICS or key in SUMMED else (*SUMMED, key)
    sums = dict(zip(metrics, node_sums(level, period, metrics).of(ids), strict=True))
    parts = parts_of(level, ids, sums["impressions"], period)
    places = np.arange(len(ids))
    if key not in _OWN_COLUMNS:
        people = {"reach": parts.each()} if key in _BY_PEOPLE else {}
        places = _by_metric(sums | people, order)
    start = per_page * (page - 1)
    if start >= len(ids):
        page, start = 1, 0
    places = places[start : start + per_page]
    nodes = _load(level, ids[places].tolist())
    found = totals_of(level, [node.pk for node in nodes], period) if nodes else {}
    of_page = parts.reached(places, [found.get(node.pk, Totals()) for node in nodes])
    for node, sums_of_node in zip(nodes, of_page, strict=True):
        node.totals = sums_of_node
    set_status(level, nodes, ad_account=ad_account, at=at)
    if level == "ad_group":
        set_learning(nodes, ad_account=ad_account)
    everything = Totals(**{metric: int(sums[metric].sum()) for metric in SUMMED})
    return Page(nodes, page, per_page, len(ids), parts.whole(everything))


@dataclass(frozen=True)
class _Choice:
    level: str
    ad_account: AdAccount
    search: str
    parents: Sequence[int] | None
    state: Q | None

    def condition(self) -> tuple[str, list[Any]]:
        sql = "n.ad_account_id = %s AND n.operation_status <> 'DELETE'"
        values: list[Any] = [self.ad_account.pk]
        if word := self.search.strip():
            escaped = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
            sql += " AND (upper(n.name) LIKE upper(%s) OR n.id = %s)"
            is_id = word.isascii() and word.isdecimal() and len(word) <= 19
            values += [f"%{escaped}%", min(int(word), 2**63 - 1) if is_id else 0]
        if self.parents is not None and self.level == "ad_group":
            sql += " AND n.campaign_id = ANY(%s)"
            values.append(list(self.parents))
        elif self.parents is not None and self.level == "ad":
            sql += " AND (n.campaign_id = ANY(%s) OR n.ad_group_id = ANY(%s))"
            values += [list(self.parents)] * 2
        if self.state is not None:
            among = MODELS[self.level].objects.of(self.ad_account).filter(self.state)
            inner, inner_values = among.values("pk").query.sql_with_params()
            sql += f" AND n.id IN ({inner})"
            values += inner_values
        return sql, values


def _chosen_ids(chosen: _Choice, order: str) -> Ints:
    """Everybody who is meant, in the order of an own column, else the newest first."""
    condition, values = chosen.condition()
    key, down = order.lstrip("-"), order.startswith("-")
    by = "n.id DESC"
    if key in _OWN_COLUMNS and not (key == "budget" and chosen.level == "ad"):
        by = f"{_OWN_COLUMNS[key]} {'DESC' if down else 'ASC'} NULLS LAST, {by}"
    table = MODELS[chosen.level]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n.id FROM {table} n WHERE {condition} ORDER BY {by}", values)
        return np.fromiter((row[0] for row in cursor.fetchall()), np.int64)


def _by_metric(sums: dict[str, Ints], order: str) -> Ints:
    """Places in the order of a metric; undefined ratios last, equals as they came."""
    key = order.lstrip("-")
    if key in _RATIOS:
        part, whole = (sums[name].astype(np.float64) for name in _RATIOS[key])
        values = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
    else:
        values = sums[key].astype(np.float64)
    return np.argsort(-values if order.startswith("-") else values, kind="stable")


def _load(level: str, ids: Sequence[int]) -> list[Any]:
    """The rows in the order of their ids; parents come along."""
    found = MODELS[level].objects.select_related(*_PARENTS[level]).in_bulk(list(ids))
    return [found[key] for key in ids]
