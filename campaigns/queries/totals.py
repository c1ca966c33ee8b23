"""Sums of facts over ad accounts, days and nodes. Counts add up; ratios are made from the sums.

Where the facts of a period lie, and when a conversion counts, is told in `periods`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from django.db.models import F, Min, Q

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from bizcenter.lib import money

from ..models import Ad, AdGroup, Campaign, DeliveryCursor, HourFact
from .periods import LATE_METRICS, Ids, Part, Period, known_late

Node = Campaign | AdGroup | Ad
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
_ALL = Q()


def _node_filter(node: Node | None) -> Q:
    if node is None:
        return Q()
    column = {Campaign: "campaign_id", AdGroup: "ad_group_id", Ad: "ad_id"}[type(node)]
    return Q(**{column: node.pk})


def grouped(
    period: Period, *keys: str, condition: Q = _ALL, real_time: bool = False
) -> Iterator[tuple[Any, ...]]:
    """The period's facts as rows of the keys (columns, or "day") and their Totals. The same keys
    may come several times: from closed days, the open day, and late conversions."""
    for part in period.parts(real_time=real_time):
        names = {f"by_{key}": part.day if key == "day" else F(key) for key in keys}
        rows = part.rows.filter(condition).order_by().values(**names)
        sums = part.sums(METRICS)
        for row in rows.annotate(**sums).values_list(*names, *sums):
            yield *row[: len(keys)], Totals.of(row[len(keys) :])


def totals(
    *,
    ad_account_ids: Ids,
    first_day: date,
    last_day: date,
    node: Node | None = None,
    real_time: bool = False,
) -> Totals:
    """Everything delivered in the period; of one campaign, ad group or ad where `node` is given.

    Conversions count when their click or view was, or with `real_time` when they came.
    """
    found = Totals()
    for part in Period.of(ad_account_ids, first_day, last_day).parts(real_time=real_time):
        sums = part.rows.filter(_node_filter(node)).aggregate(**part.sums(METRICS))
        found += Totals.of(sums.values())
    return found


def by_day(
    *,
    ad_account_ids: Ids,
    first_day: date,
    last_day: date,
    node: Node | None = None,
    real_time: bool = False,
) -> list[tuple[date, Totals]]:
    """One entry for every day of the period, those without delivery included; see `totals`."""
    period = Period.of(ad_account_ids, first_day, last_day)
    days = {first_day + timedelta(days=n): Totals() for n in range((last_day - first_day).days + 1)}
    for day, sums in grouped(period, "day", condition=_node_filter(node), real_time=real_time):
        days[day] += sums
    return list(days.items())


def by_hour(
    *, ad_account: AdAccount, day: date, node: Node | None = None, real_time: bool = False
) -> list[tuple[datetime, Totals]]:
    """The 24 account-local hours of the day by their UTC start; see `totals`."""
    start = ad_account.day_start(day)
    hours = {start + timedelta(hours=n): Totals() for n in range(24)}
    of_day = (start, start + timedelta(hours=23))
    facts = HourFact.objects.filter(ad_account_id=ad_account.pk, slot__range=of_day)
    late = known_late(ad_account.pk)
    moment = "event_slot" if real_time else "slot"
    for part in (
        Part(facts, F("slot")),
        Part(late.filter(**{f"{moment}__range": of_day}), F(moment), LATE_METRICS),
    ):
        rows = part.rows.filter(_node_filter(node)).order_by().values(hour=part.day)
        sums = part.sums(METRICS)
        for slot, *values in rows.annotate(**sums).values_list("hour", *sums):
            hours[slot] += Totals.of(values)
    return list(hours.items())


def by_node(
    level: str, *, ad_account_ids: Ids, first_day: date, last_day: date, real_time: bool = False
) -> dict[int, Totals]:
    """Totals of each campaign, ad group or ad (`level`) that delivered in the period, by its id;
    see `totals`."""
    found: dict[int, Totals] = {}
    period = Period.of(ad_account_ids, first_day, last_day)
    for key, sums in grouped(period, COLUMNS[level], real_time=real_time):
        found[key] = found.get(key, Totals()) + sums
    return found


def data_as_of(*, ad_account: AdAccount) -> datetime | None:
    """Up to when delivery is complete; None before the first campaign."""
    return (
        DeliveryCursor.objects.filter(ad_account=ad_account)
        .values_list("next_slot", flat=True)
        .first()
    )


def data_of_business_as_of(business_center: BusinessCenter) -> datetime | None:
    """Up to when delivery is complete in all its ad accounts, its own and those shared with it;
    None before the first campaign."""
    own = Q(ad_account__business_center=business_center)
    shared = Q(ad_account__shares__partnership__partner=business_center)
    found = DeliveryCursor.objects.filter(own | shared).aggregate(first=Min("next_slot"))
    first: datetime | None = found["first"]
    return first
