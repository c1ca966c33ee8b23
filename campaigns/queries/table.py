"""The rows of the campaign, ad group and ad tables: searched, sorted, paged, with their totals.

The number of queries does not depend on how many rows there are: one statement finds the page and
sums up everything it was chosen from, the others load the page's rows and what their status needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from adaccounts.models import AdAccount

from ..models import Ad, AdGroup, Campaign, DayFact, HourFact
from .statuses import set_status
from .totals import COLUMNS, METRICS, Node, Period, Totals

MODELS: dict[str, type[Node]] = {"campaign": Campaign, "ad_group": AdGroup, "ad": Ad}
_PARENTS: dict[str, tuple[str, ...]] = {
    "campaign": (),
    "ad_group": ("campaign",),
    "ad": ("campaign", "ad_group", "creative"),
}
_OWN_COLUMNS = {"name": "upper(n.name)", "id": "n.id", "created_at": "n.created_at"}
_RATIOS = {
    "ctr": ("clicks", "impressions"),
    "cpc": ("spend", "clicks"),
    "cpm": ("spend", "impressions"),
    "cpa": ("spend", "conversions"),
    "cvr": ("conversions", "clicks"),
}
ORDERS = frozenset({*_OWN_COLUMNS, *_RATIOS, *METRICS, "budget"})


@dataclass(frozen=True)
class Page:
    """`rows` are campaigns, ad groups or ads with `.totals` and `.status` set; `totals` sums up
    everything the page was chosen from."""

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
    chosen = _Choice(level, ad_account, search, parents, state)
    sql, values = _statement(chosen, Period.of([ad_account.pk], first_day, last_day), order)
    found = _fetch(sql, [*values, per_page, per_page * (page - 1)])
    if not found and page > 1:
        page = 1
        found = _fetch(sql, [*values, per_page, 0])
    width = len(METRICS)
    nodes = _load(level, [row[0] for row in found])
    for node, row in zip(nodes, found, strict=True):
        node.totals = Totals.of(row[1 : 1 + width])
    set_status(level, nodes, ad_account=ad_account, at=at)
    total_count = found[0][1 + width] if found else 0
    sums = Totals.of(found[0][2 + width :]) if found else Totals()
    return Page(nodes, page, per_page, total_count, sums)


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


def _order_by(order: str, level: str) -> str:
    key = order.lstrip("-")
    if key not in ORDERS:
        raise ValueError(f"cannot sort by {key}")
    if key in _RATIOS:
        part, whole = _RATIOS[key]
        by = f"s.{part}::numeric / nullif(s.{whole}, 0)"
    elif key == "budget":
        by = "n.budget" if level != "ad" else "n.id"
    else:
        by = _OWN_COLUMNS.get(key) or f"coalesce(s.{key}, 0)"
    return f"{by} {'DESC' if order.startswith('-') else 'ASC'} NULLS LAST, n.id DESC"


def _statement(chosen: _Choice, period: Period, order: str) -> tuple[str, list[Any]]:
    column = COLUMNS[chosen.level]
    metrics = ", ".join(METRICS)
    facts = (
        f"SELECT {column} AS node, {metrics} FROM {DayFact._meta.db_table} "
        "WHERE ad_account_id = %s AND day BETWEEN %s AND %s"
    )
    values: list[Any] = [chosen.ad_account.pk, period.first_day, period.last_day]
    for account_id, start in period.open_since:
        facts += (
            f" UNION ALL SELECT {column}, {metrics} FROM {HourFact._meta.db_table} "
            "WHERE ad_account_id = %s AND slot >= %s"
        )
        values += [account_id, start]
    sums = ", ".join(f"sum({metric}) AS {metric}" for metric in METRICS)
    condition, condition_values = chosen.condition()
    over = ", ".join(f"sum(s.{metric}) OVER ()" for metric in METRICS)
    sql = f"""
        WITH facts AS ({facts}),
        sums AS (SELECT node, {sums} FROM facts GROUP BY node)
        SELECT n.id, {", ".join(f"s.{metric}" for metric in METRICS)}, count(*) OVER (), {over}
        FROM {MODELS[chosen.level]._meta.db_table} n LEFT JOIN sums s ON s.node = n.id
        WHERE {condition} ORDER BY {_order_by(order, chosen.level)} LIMIT %s OFFSET %s
    """
    return sql, [*values, *condition_values]


def _fetch(sql: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


def _load(level: str, ids: Sequence[int]) -> list[Any]:
    """The rows in the order of their ids; parents come along."""
    found = MODELS[level].objects.select_related(*_PARENTS[level]).in_bulk(list(ids))
    return [found[key] for key in ids]
