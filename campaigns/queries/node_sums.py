"""Sums by campaign, ad group or ad of one account over a period, as arrays.

What has been delivered is final, so sums are kept in the cache under the hour up to which they go:
looking at the next page, another order or a search of the same period does not add up again. Late
conversions change a period until its attribution windows have passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db import connection
from numpy.typing import NDArray

from ..models import Ad, DayFact, HourFact, LateConversion
from .periods import LATE_METRICS, Period
from .totals import COLUMNS, METRICS, Totals

Ints = NDArray[np.int64]
_KEEP_SECONDS = 600


@dataclass(frozen=True, eq=False)
class NodeSums:
    """One column a node, sorted by id; one row a metric."""

    ids: Ints
    metrics: tuple[str, ...]
    values: Ints

    def of(self, ids: Ints) -> Ints:
        """The sums of these nodes in their order, [metric, node]; 0 for who delivered nothing."""
        found = np.zeros((len(self.metrics), len(ids)), np.int64)
        if len(self.ids):
            place = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            known = self.ids[place] == ids
            found[:, known] = self.values[:, place[known]]
        return found


def node_sums(level: str, period: Period, metrics: Sequence[str]) -> NodeSums:
    """Sums of these metrics for every node of the period's account."""
    key = f"node-sums:{level}:{period.ad_account_ids[0]}:{period.first_day}:{period.last_day}"
    settled = period.settled
    until = "".join(f"{min(each.next_slot, settled):%Y%m%d%H%M}" for each in period.stands)
    key += f":{','.join(metrics)}:{until}"
    kept = cache.get(key)
    if kept is None:
        rows = _fetch(*_statement(level, period, metrics, ""))
        kept = np.array(rows, np.int64).reshape(-1, 1 + len(metrics)).T.copy()
        kept = kept[:, np.argsort(kept[0])].tobytes()
        cache.set(key, kept, _KEEP_SECONDS)
    table = np.frombuffer(kept, np.int64).reshape(1 + len(metrics), -1)
    return NodeSums(table[0], tuple(metrics), table[1:])


def totals_of(level: str, ids: Sequence[int], period: Period) -> dict[int, Totals]:
    """All metrics of the nodes that delivered; read by their ads, not through the whole account."""
    chosen = f"SELECT id FROM {Ad._meta.db_table} WHERE {_OF_ADS[level]} = ANY(%s)"
    sql, values = _statement(level, period, METRICS, f" AND ad_id IN ({chosen})", list(ids))
    return {key: Totals.of(sums) for key, *sums in _fetch(sql, values)}


_OF_ADS = {**COLUMNS, "ad": "id"}


def _statement(
    level: str, period: Period, metrics: Sequence[str], chosen: str, *chosen_values: Any
) -> tuple[str, list[Any]]:
    column, columns = COLUMNS[level], ", ".join(metrics)
    facts = (
        f"SELECT {column} AS node, {columns} FROM {DayFact._meta.db_table} "
        f"WHERE ad_account_id = ANY(%s) AND day BETWEEN %s AND %s{chosen}"
    )
    days = [period.first_day, period.last_day]
    values: list[Any] = [list(period.ad_account_ids), *days, *chosen_values]
    for stand in period.open:
        facts += (
            f" UNION ALL SELECT {column}, {columns} FROM {HourFact._meta.db_table} "
            f"WHERE ad_account_id = %s AND slot >= %s{chosen}"
        )
        values += [stand.ad_account_id, stand.clock.day_start(stand.open_day), *chosen_values]
    if set(metrics) & set(LATE_METRICS):
        counts = ", ".join(name if name in LATE_METRICS else f"0 AS {name}" for name in metrics)
        for stand in period.stands:
            facts += (
                f" UNION ALL SELECT {column}, {counts} FROM {LateConversion._meta.db_table} "
                "WHERE ad_account_id = %s AND day BETWEEN %s AND %s AND slot >= %s AND slot < %s "
                f"AND event_slot < %s{chosen}"
            )
            values += [stand.ad_account_id, *days, *period.slots, stand.next_slot, *chosen_values]
    sums = ", ".join(f"sum({metric})::bigint" for metric in metrics)
    return f"SELECT node, {sums} FROM ({facts}) facts GROUP BY node", values


def _fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
