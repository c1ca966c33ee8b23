"""Who was reached by the nodes of a table, and by a node on each day or in each hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from adaccounts.models import AdAccount
from bizcenter.lib.periods import Period as Span

from ..models import Ad, AdGroup, Campaign, HourFact
from . import totals
from .node_sums import node_sums
from .periods import Period
from .reach import Ints, People, Reached
from .totals import Node, Totals

# What ad groups showed (see Shown), by day or hour.
Moments = dict[Any, dict[tuple[int, int], int]]
_COLUMNS: dict[type[Node], str] = {Campaign: "campaign_id", AdGroup: "ad_group_id", Ad: "ad_id"}


@dataclass(frozen=True, eq=False)
class Parts:
    """What `count` nodes showed, by ad group and span of days of its cap; `owners` are the nodes'
    places."""

    people: People
    owners: Ints
    groups: Ints
    impressions: Ints
    spans: Ints
    count: int

    def each(self) -> Ints:
        """People reached by every node."""
        return self.people.reach(self.owners, self.groups, self.impressions, self.count, self.spans)

    def reached(self, places: Ints, sums: Sequence[Totals]) -> list[Totals]:
        """The totals of these nodes, with the people they reached."""
        chosen = np.isin(self.owners, places)
        columns = (self.owners, self.groups, self.impressions, self.spans)
        owners, groups, impressions, spans = (column[chosen] for column in columns)
        found = self.people.reach(owners, groups, impressions, self.count, spans)[places].tolist()
        shown: Moments = defaultdict(dict)
        parts = (owners.tolist(), groups.tolist(), spans.tolist(), impressions.tolist())
        for owner, group, span, number in zip(*parts, strict=True):
            shown[owner][group, span] = number
        return [
            Reached.by(each, self.people, shown[place], known)
            for place, each, known in zip(places.tolist(), sums, found, strict=True)
        ]

    def whole(self, sums: Totals) -> Totals:
        """The totals of all the nodes, with the people they reached together."""
        nobody = np.zeros_like(self.owners)
        found = self.people.reach(nobody, self.groups, self.impressions, 1, self.spans)
        return Reached.by(sums, self.people, {}, int(found[0]))


def parts_of(level: str, ids: Ints, impressions: Ints, period: Period) -> Parts:
    """Of these nodes of the period's account, given what each showed in it."""
    people = People.of(period.ad_account_ids)
    places, nodes = np.arange(len(ids)), ids
    groups = ids
    if level == "ad":
        some = impressions > 0
        places, nodes, impressions = places[some], ids[some], impressions[some]
        groups = _groups_of(nodes)
    elif level == "campaign":
        sums = node_sums("ad_group", period, ("impressions",))
        known = np.isin(people.ids, sums.ids)
        groups, campaigns = people.ids[known], people.campaigns[known]
        owners = _places(campaigns, ids)
        own = owners >= 0
        places, nodes = owners[own], groups[own]
        groups, impressions = nodes, sums.of(nodes)[0]
    parts = Parts(people, places, groups, impressions, np.zeros_like(groups), len(ids))
    return _by_span(parts, nodes, "ad_id" if level == "ad" else "ad_group_id", period)


def _by_span(parts: Parts, nodes: Ints, column: str, period: Period) -> Parts:
    """The same, with what capped ad groups showed in each span of days of their cap."""
    caps = parts.people.caps
    capped = np.isin(parts.groups, np.array(caps.groups, np.int64))
    if not capped.any():
        return parts
    owner_of = dict(zip(nodes[capped].tolist(), parts.owners[capped].tolist(), strict=True))
    groups = Q(ad_group_id__in=np.unique(parts.groups[capped]).tolist())
    shown: dict[tuple[int, int, int], int] = defaultdict(int)
    for part in period.parts():
        if part.metrics is None:
            keys = {"node": F(column), "moment": part.day, "group": F("ad_group_id")}
            rows = part.rows.filter(groups, impressions__gt=0).order_by().values(**keys)
            rows = rows.annotate(shown=Sum("impressions")).values_list(*keys, "shown")
            for node, day, group, impressions in rows:
                if node in owner_of:
                    shown[owner_of[node], group, caps.block(group, day)] += impressions
    more = np.array([(*key, number) for key, number in shown.items()], np.int64).reshape(-1, 4).T
    columns = (parts.owners, parts.groups, parts.spans, parts.impressions)
    owners, ids, spans, impressions = (
        np.concatenate((old[~capped], new)) for old, new in zip(columns, more, strict=True)
    )
    return Parts(parts.people, owners, ids, impressions, spans, parts.count)


def _places(wanted: Ints, ids: Ints) -> Ints:
    """Where each stands among the ids; -1 for who does not."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(ids)
    place = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
    return np.where(ids[place] == wanted, place, -1)


def _groups_of(ads: Ints) -> Ints:
    """The ad group of each of these ads."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, ad_group_id FROM {Ad._meta.db_table} WHERE id = ANY(%s)", [ads.tolist()]
        )
        found = dict(cursor.fetchall())
    return np.fromiter((found[ad] for ad in ads.tolist()), np.int64, len(ads))


def days_of(
    ad_account: AdAccount, span: Span, node: Node | None, people: People | None
) -> list[tuple[date, Totals]]:
    """totals.by_day of an account or node; with the people reached each day, given who there is."""
    found = totals.by_day(
        ad_account_ids=[ad_account.pk], first_day=span.start, last_day=span.end, node=node
    )
    if people is None:
        return found
    shown: Moments = defaultdict(lambda: defaultdict(int))
    for part in Period.of([ad_account.pk], span.start, span.end).parts():
        if part.metrics is None:
            for day, group, impressions in _by_group(part.rows.filter(_of(node)), part.day):
                shown[day][group, people.caps.block(group, day)] += impressions
    return [(day, Reached.by(sums, people, shown[day])) for day, sums in found]


def hours_of(
    ad_account: AdAccount, day: date, node: Node | None, people: People | None
) -> list[tuple[datetime, Totals]]:
    """totals.by_hour of an account or node, with the people reached in each hour."""
    found = totals.by_hour(ad_account=ad_account, day=day, node=node)
    if people is None:
        return found
    slots = (found[0][0], found[-1][0])
    hours = HourFact.objects.filter(_of(node), ad_account_id=ad_account.pk, slot__range=slots)
    shown: Moments = defaultdict(dict)
    for slot, group, impressions in _by_group(hours, F("slot")):
        shown[slot][group, people.caps.block(group, day)] = impressions
    return [(slot, Reached.by(sums, people, shown[slot])) for slot, sums in found]


def _of(node: Node | None) -> Q:
    return Q(**{_COLUMNS[type(node)]: node.pk}) if node else Q()


def _by_group(facts: QuerySet, moment: Any) -> QuerySet:
    keys = {"moment": moment, "group": F("ad_group_id")}
    rows = facts.filter(impressions__gt=0).order_by().values(**keys)
    return rows.annotate(shown=Sum("impressions")).values_list(*keys, "shown")
