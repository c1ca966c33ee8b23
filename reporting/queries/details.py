"""What a report's rows say besides their sums, on request: reach, and what came when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum

from campaigns.queries.often import Caps
from campaigns.queries.periods import Part
from campaigns.queries.reach import added

from .integrated import COLUMNS, Figures, Key, Placing, Wanted, figures, node_of, parts_of

Rows = Sequence[tuple[Key, Figures]]


def with_details(rows: Rows, wanted: Wanted, *, caps: Caps | None, real_time: bool) -> Rows:
    """The rows with what ad groups showed (where their frequency `caps` are given, for reach) and
    with conversions when they came.

    Where only conversions came, in a time of which there is nothing else, there is a row more.
    """
    found = dict(rows)
    if real_time:
        came = figures(replace(wanted, is_real_time=True))
        for key in found.keys() | came.keys():
            late = came.get(key, Figures.nothing())
            mine = found.get(key) or replace(Figures.nothing(), account_ids=late.account_ids)
            found[key] = replace(mine, came=late)
    if caps is not None:
        shown = _shown(wanted, caps)
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


def _shown(wanted: Wanted, caps: Caps) -> dict[Key, dict[tuple[int, int], int]]:
    """Impressions of every row by ad group, and by the days of its cap where it has one."""
    found: dict[Key, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    capped = Q(ad_group_id__in=caps.groups)
    for part in parts_of(wanted):
        if part.metrics is not None:
            continue  # conversions alone
        free = replace(wanted, condition=wanted.condition & ~capped)
        for key, group, _, impressions in _rows(part, free if caps.rows else wanted, None):
            found[key][group, 0] += impressions
        if caps.rows:
            bound = replace(wanted, condition=wanted.condition & capped)
            for key, group, day, impressions in _rows(part, bound, part.local_day or part.day):
                found[key][group, caps.block(group, day)] += impressions
    return found


def _rows(part: Part, wanted: Wanted, day: Any) -> Iterator[tuple[Key, int, date, int]]:
    """Key, ad group, `day` where it is asked for, and impressions."""
    place = Placing(wanted)
    keys = {
        "node": node_of(wanted),
        "moment": part.day,
        "account": F("ad_account_id"),
        "group": F("ad_group_id"),
        "local": part.day if day is None else day,
    }
    rows = part.rows.filter(wanted.condition, impressions__gt=0).order_by().values(**keys)
    for node, moment, account, group, local, impressions in rows.annotate(
        shown=Sum("impressions")
    ).values_list(*keys, "shown"):
        yield Key(place(moment, account), node), group, local, impressions
