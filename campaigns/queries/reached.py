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

Moments = dict[Any, dict[int, int]]  # impressions by ad group, by day or hour
_COLUMNS: dict[type[Node], str] = {Campaign: "campaign_id", AdGroup: "ad_group_id", Ad: "ad_id"}


@dataclass(frozen=True, eq=False)
class Parts:
    """What `count` nodes showed, by ad group; `owners` are the nodes' places."""

    people: People
    owners: Ints
    groups: Ints
    impressions: Ints
    count: int

    def each(self) -> Ints:
        """People reached by every node."""
        return self.people.reach(self.owners, self.groups, self.impressions, self.count)

    def reached(self, places: Ints, sums: Sequence[Totals]) -> list[Totals]:
        """The totals of these nodes, with the people they reached."""
        chosen = np.isin(self.owners, places)
        owners, groups, impressions = (
            part[chosen] for part in (self.owners, self.groups, self.impressions)
        )
        found = self.people.reach(owners, groups, impressions, self.count)[places].tolist()
        shown: dict[int, dict[int, int]] = defaultdict(dict)
        parts = (owners.tolist(), groups.tolist(), impressions.tolist())
        for owner, group, number in zip(*parts, strict=True):
            shown[owner][group] = number
        return [
            Reached.by(each, self.people, shown[place], known)
            for place, each, known in zip(places.tolist(), sums, found, strict=True)
        ]

    def whole(self, sums: Totals) -> Totals:
        """The totals of all the nodes, with the people they reached together."""
        nobody = np.zeros_like(self.owners)
        found = self.people.reach(nobody, self.groups, self.impressions, 1)
        return Reached.by(sums, self.people, {}, int(found[0]))


def parts_of(level: str, ids: Ints, impressions: Ints, period: Period) -> Parts:
    """Of these nodes of the period's account, given what each showed in it."""
    people = People.of(period.ad_account_ids)
    places = np.arange(len(ids))
    if level == "ad_group":
        return Parts(people, places, ids, impressions, len(ids))
    if level == "ad":
        some = impressions > 0
        return Parts(people, places[some], _groups_of(ids[some]), impressions[some], len(ids))
    sums = node_sums("ad_group", period, ("impressions",))
    known = np.isin(people.ids, sums.ids)
    groups, campaigns = people.ids[known], people.campaigns[known]
    order = np.argsort(ids)
    place = np.searchsorted(ids, campaigns, sorter=order)
    owners = order[np.minimum(place, len(ids) - 1)] if len(ids) else np.zeros_like(place)
    own = ids[owners] == campaigns if len(ids) else np.zeros(len(owners), bool)
    return Parts(people, owners[own], groups[own], sums.of(groups[own])[0], len(ids))


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
                shown[day][group] += impressions
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
        shown[slot][group] = impressions
    return [(slot, Reached.by(sums, people, shown[slot])) for slot, sums in found]


def _of(node: Node | None) -> Q:
    return Q(**{_COLUMNS[type(node)]: node.pk}) if node else Q()


def _by_group(facts: QuerySet, moment: Any) -> QuerySet:
    keys = {"moment": moment, "group": F("ad_group_id")}
    rows = facts.filter(impressions__gt=0).order_by().values(**keys)
    return rows.annotate(shown=Sum("impressions")).values_list(*keys, "shown")
