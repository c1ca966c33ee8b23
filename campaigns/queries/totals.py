"""Sums of facts over ad accounts, days and nodes. Counts add up; ratios are made from the sums.

Closed days are read from DayFact, the open day of each account from its hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q, QuerySet, Sum

from adaccounts.models import AdAccount
from bizcenter.lib import money

from ..models import Ad, AdGroup, Campaign, DayFact, DeliveryCursor, HourFact

Node = Campaign | AdGroup | Ad
Ids = Sequence[int] | QuerySet[Any]
COLUMNS = {"campaign": "campaign_id", "ad_group": "ad_group_id", "ad": "ad_id"}


@dataclass(frozen=True)
class Totals:
    """`spend` in minor units; `cost_micros` and `conversion_value_micros` in micros.

    A ratio that is undefined is None. `cpc`, `cpm` and `cpa` are in minor units too.
    """

    impressions: int = 0
    clicks: int = 0
    conversions: int = 0
    conversion_value_micros: int = 0
    view_conversions: int = 0
    video_views: int = 0
    watched_2s: int = 0
    watched_6s: int = 0
    views_p25: int = 0
    views_p50: int = 0
    views_p75: int = 0
    views_p100: int = 0
    likes: int = 0
    comments: int = 0
    shares: int = 0
    follows: int = 0
    profile_visits: int = 0
    cost_micros: int = 0
    spend: int = 0

    @property
    def ctr(self) -> Decimal | None:
        """Clicks per hundred impressions."""
        return money.ratio(self.clicks, self.impressions, 100)

    @property
    def cpc(self) -> Decimal | None:
        return money.ratio(self.spend, self.clicks)

    @property
    def cpm(self) -> Decimal | None:
        return money.ratio(self.spend, self.impressions, 1000)

    @property
    def cpa(self) -> Decimal | None:
        """Spend per conversion."""
        return money.ratio(self.spend, self.conversions)

    @property
    def cvr(self) -> Decimal | None:
        """Conversions per hundred clicks."""
        return money.ratio(self.conversions, self.clicks, 100)

    @classmethod
    def of(cls, values: Iterable[Any]) -> Self:
        """From sums in the order of METRICS; what was never delivered is 0."""
        return cls(*(int(value or 0) for value in values))

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, m) + getattr(other, m) for m in METRICS))


METRICS = tuple(field.name for field in fields(Totals))
_SUMS = {f"sum_{metric}": Sum(metric) for metric in METRICS}


@dataclass(frozen=True)
class Period:
    """Account-local days, first and last included, as they lie in the two tables of facts.

    The ad accounts are given by their ids, or as a queryset of them when they are many.
    `open_since`: the accounts whose open day lies in the period, and the UTC start of that day;
    `delivered`: up to when these are delivered. All that comes before is final.
    """

    ad_account_ids: Any
    first_day: date
    last_day: date
    open_since: tuple[tuple[int, datetime], ...]
    open_days: dict[int, date]
    delivered: tuple[tuple[int, datetime], ...]

    @classmethod
    def of(cls, ad_account_ids: Ids, first_day: date, last_day: date) -> Self:
        ids = ad_account_ids if isinstance(ad_account_ids, QuerySet) else tuple(ad_account_ids)
        cursors = DeliveryCursor.objects.select_related("ad_account").filter(
            ad_account__in=ids, open_day__range=(first_day, last_day)
        )
        found = {each.ad_account_id: each for each in cursors}
        since = tuple(
            (key, each.ad_account.day_start(each.open_day)) for key, each in found.items()
        )
        days = {key: each.open_day for key, each in found.items()}
        delivered = tuple((key, each.next_slot) for key, each in sorted(found.items()))
        return cls(ids, first_day, last_day, since, days, delivered)

    def closed(self) -> QuerySet[DayFact]:
        return DayFact.objects.filter(
            ad_account_id__in=self.ad_account_ids, day__range=(self.first_day, self.last_day)
        )

    def open(self) -> QuerySet[HourFact]:
        if not self.open_since:
            return HourFact.objects.none()
        starts: dict[datetime, list[int]] = defaultdict(list)
        for key, start in self.open_since:
            starts[start].append(key)
        hours = (Q(ad_account_id__in=keys, slot__gte=start) for start, keys in starts.items())
        return HourFact.objects.filter(reduce(or_, hours))


def _node_filter(node: Node | None) -> Q:
    if node is None:
        return Q()
    column = {Campaign: "campaign_id", AdGroup: "ad_group_id", Ad: "ad_id"}[type(node)]
    return Q(**{column: node.pk})


def totals(
    *, ad_account_ids: Ids, first_day: date, last_day: date, node: Node | None = None
) -> Totals:
    """Everything delivered in the period; of one campaign, ad group or ad where `node` is given."""
    period = Period.of(ad_account_ids, first_day, last_day)
    found = Totals()
    for facts in (period.closed(), period.open()):
        sums = facts.filter(_node_filter(node)).aggregate(**_SUMS)
        found += Totals.of(sums.values())
    return found


def by_day(
    *, ad_account_ids: Ids, first_day: date, last_day: date, node: Node | None = None
) -> list[tuple[date, Totals]]:
    """One entry for every day of the period, those without delivery included."""
    period = Period.of(ad_account_ids, first_day, last_day)
    days = {first_day + timedelta(days=n): Totals() for n in range((last_day - first_day).days + 1)}
    closed = period.closed().filter(_node_filter(node)).order_by()
    for day, *sums in closed.values("day").annotate(**_SUMS).values_list("day", *_SUMS):
        days[day] += Totals.of(sums)
    hours = period.open().filter(_node_filter(node)).order_by().values("ad_account_id")
    for account_id, *sums in hours.annotate(**_SUMS).values_list("ad_account_id", *_SUMS):
        days[period.open_days[account_id]] += Totals.of(sums)
    return list(days.items())


def by_hour(
    *, ad_account: AdAccount, day: date, node: Node | None = None
) -> list[tuple[datetime, Totals]]:
    """The 24 account-local hours of the day by their UTC start."""
    start = ad_account.day_start(day)
    hours = {start + timedelta(hours=n): Totals() for n in range(24)}
    facts = HourFact.objects.filter(
        _node_filter(node), ad_account_id=ad_account.pk, slot__gte=start,
        slot__lt=start + timedelta(days=1),
    )  # fmt: skip
    sums_by_slot = facts.order_by().values("slot").annotate(**_SUMS).values_list("slot", *_SUMS)
    for slot, *sums in sums_by_slot:
        hours[slot] = Totals.of(sums)
    return list(hours.items())


def by_node(
    level: str, *, ad_account_ids: Ids, first_day: date, last_day: date
) -> dict[int, Totals]:
    """Totals of each campaign, ad group or ad (`level`) that delivered in the period, by its id."""
    column = COLUMNS[level]
    period = Period.of(ad_account_ids, first_day, last_day)
    found: dict[int, Totals] = {}
    for facts in (period.closed(), period.open()):
        rows = facts.order_by().values(column).annotate(**_SUMS).values_list(column, *_SUMS)
        for key, *sums in rows:
            found[key] = found.get(key, Totals()) + Totals.of(sums)
    return found


def data_as_of(*, ad_account: AdAccount) -> datetime | None:
    """Up to when delivery is complete; None before the first campaign."""
    return (
        DeliveryCursor.objects.filter(ad_account=ad_account)
        .values_list("next_slot", flat=True)
        .first()
    )
