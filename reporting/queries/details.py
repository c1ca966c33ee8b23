"""What a report's rows say besides their sums, on request: reach, and what came when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F, Q, Sum

from campaigns.queries.reach import added

from .integrated import COLUMNS, Figures, Key, Placing, Wanted, figures, node_of, parts_of

Rows = Sequence[tuple[Key, Figures]]


def with_details(rows: Rows, wanted: Wanted, *, reach: bool, real_time: bool) -> Rows:
    """The rows with what ad groups showed and with conversions when they came.

    Where only conversions came, in a time of which there is nothing else, there is a row more.
    """
    found = dict(rows)
    if real_time:
        came = figures(replace(wanted, is_real_time=True))
        for key in found.keys() | came.keys():
            late = came.get(key, Figures.nothing())
            mine = found.get(key) or replace(Figures.nothing(), account_ids=late.account_ids)
            found[key] = replace(mine, came=late)
    if reach:
        shown = _shown(wanted)
        found = {key: replace(each, shown=shown.get(key, {})) for key, each in found.items()}
    return list(found.items())


def only(rows: Rows, wanted: Wanted) -> Wanted:
    """The part of the report that has these rows of a node and day or hour each."""
    if not rows or wanted.id_dimension is None or wanted.time_dimension is None:
        return wanted
    nodes, days = {key.node_id for key, _ in rows}, {key.at.date() for key, _ in rows}
    condition = wanted.condition & Q(**{f"{COLUMNS[wanted.id_dimension]}__in": nodes})
    return replace(wanted, condition=condition, days=(min(days), max(days)))


def added_up(rows: Iterable[Figures]) -> Figures:
    """All rows together."""
    rows = list(rows)
    whole = sum((replace(each, shown={}) for each in rows), Figures.nothing())
    return replace(whole, shown=added(*(each.shown for each in rows)))


def _shown(wanted: Wanted) -> dict[Key, dict[int, int]]:
    """Impressions by ad group of every row."""
    place = Placing(wanted)
    found: dict[Key, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for part in parts_of(wanted):
        if part.metrics is not None:
            continue  # conversions alone
        keys = {
            "node": node_of(wanted),
            "moment": part.day,
            "account": F("ad_account_id"),
            "group": F("ad_group_id"),
        }
        rows = part.rows.filter(wanted.condition, impressions__gt=0).order_by().values(**keys)
        for node, moment, account, group, impressions in rows.annotate(
            shown=Sum("impressions")
        ).values_list(*keys, "shown"):
            found[Key(place(moment, account), node)][group] += impressions
    return found
