"""A span of account-local days as it lies in the tables of facts.

Closed days are read from DayFact, the open day of each account from its hours. Conversions that
came later than their click or view are rows of their own: they count once their account is
delivered beyond the hour in which they came, on the day of the click or view, or, where
`real_time` is asked for, on the day on which they came. Spend is the same either way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, Self

from django.db.models import DateField, F, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import TruncDate

from adaccounts.models import AdAccount

from ..models import DayFact, DeliveryCursor, HourFact, LateConversion

Ids = Sequence[int] | QuerySet[Any]
LATE_METRICS = ("conversions", "conversion_value_micros", "view_conversions")
# The longest attribution window, and a day for the clocks of accounts.
_LATEST = timedelta(days=29)
_DAY = timedelta(days=1)


class Stand(NamedTuple):
    """Where an account's delivery stands; before `next_slot` everything is final."""

    ad_account_id: int
    next_slot: datetime
    open_day: date
    utc_offset_minutes: int

    @property
    def clock(self) -> AdAccount:
        return AdAccount(utc_offset_minutes=self.utc_offset_minutes)


class Part(NamedTuple):
    """Facts of one table and the account-local day that each belongs to. `metrics` are those the
    table knows, where it does not know all. Reports may put another moment in the place of `day`
    and say the account's own as `local_day`."""

    rows: QuerySet[Any]
    day: Any
    metrics: Sequence[str] | None = None
    local_day: Any = None

    def sums(self, metrics: Iterable[str]) -> dict[str, Sum]:
        """The sums by name, in the order of `metrics`; 0 for what the table does not know."""
        known = self.metrics
        return {
            f"sum_{name}": Sum(name if known is None or name in known else Value(0))
            for name in metrics
        }


@dataclass(frozen=True)
class Period:
    """Account-local days, first and last included.

    The ad accounts are given by their ids, or as a queryset of them when they are many.
    """

    ad_account_ids: Any
    first_day: date
    last_day: date
    stands: tuple[Stand, ...]

    @classmethod
    def of(cls, ad_account_ids: Ids, first_day: date, last_day: date) -> Self:
        ids = ad_account_ids if isinstance(ad_account_ids, QuerySet) else tuple(ad_account_ids)
        cursors = DeliveryCursor.objects.filter(ad_account__in=ids).order_by("pk")
        stands = cursors.values_list(
            "pk", "next_slot", "open_day", "ad_account__utc_offset_minutes"
        )
        return cls(ids, first_day, last_day, tuple(Stand(*each) for each in stands))

    @property
    def open(self) -> list[Stand]:
        """The accounts whose open day lies in the period."""
        return [each for each in self.stands if self.first_day <= each.open_day <= self.last_day]

    @property
    def settled(self) -> datetime:
        """From then on nothing of the period changes any more."""
        return _utc(self.last_day, 2 * _DAY) + _LATEST

    @property
    def slots(self) -> tuple[datetime, datetime]:
        """Moments around the period, whatever the accounts' clocks: which months to look into."""
        return _utc(self.first_day, -_DAY), _utc(self.last_day, 2 * _DAY)

    def parts(self, *, real_time: bool = False) -> list[Part]:
        """Everything that was delivered in the period, in few parts however many accounts."""
        late = self._came() if real_time else self._late()
        return [Part(self._closed(), F("day")), *self._open(), *late]

    def _closed(self) -> QuerySet[DayFact]:
        return DayFact.objects.filter(
            ad_account_id__in=self.ad_account_ids, day__range=(self.first_day, self.last_day)
        )

    def _open(self) -> Iterable[Part]:
        """One part for each day that is open somewhere."""
        starts: dict[date, dict[datetime, list[int]]] = defaultdict(lambda: defaultdict(list))
        for each in self.open:
            start = each.clock.day_start(each.open_day)
            starts[each.open_day][start].append(each.ad_account_id)
        for day, keys in starts.items():
            hours = (Q(ad_account_id__in=ids, slot__gte=start) for start, ids in keys.items())
            rows = HourFact.objects.filter(reduce(or_, hours))
            yield Part(rows, Value(day, output_field=DateField()))

    def _late(self) -> Iterable[Part]:
        """Late conversions of the period's clicks and views."""
        rows = LateConversion.objects.filter(
            _known(self.stands),
            ad_account_id__in=self.ad_account_ids,
            day__range=(self.first_day, self.last_day),
            slot__gte=self.slots[0],
            slot__lt=self.slots[1],
        )
        yield Part(rows, F("day"), LATE_METRICS)

    def _came(self) -> Iterable[Part]:
        """Late conversions that came in the period: one part for each clock."""
        clocks: dict[int, list[Stand]] = defaultdict(list)
        for each in self.stands:
            clocks[each.utc_offset_minutes].append(each)
        for stands in clocks.values():
            clock = stands[0].clock
            first, end = (_utc(day, timedelta(0)) for day in (self.first_day, self.last_day))
            offset = timedelta(minutes=clock.utc_offset_minutes)
            rows = LateConversion.objects.filter(
                _known(stands),
                ad_account_id__in=[each.ad_account_id for each in stands],
                event_slot__gte=first - offset,
                event_slot__lt=end - offset + _DAY,
                day__range=((first - _LATEST).date(), self.last_day),
                slot__gte=first - _LATEST - _DAY,
                slot__lt=end + 2 * _DAY,
            )
            yield Part(rows, TruncDate("event_slot", tzinfo=clock.zone), LATE_METRICS)


def known_late(ad_account_id: int) -> QuerySet[LateConversion]:
    """The account's late conversions that have come by the hour up to which it is delivered."""
    stand = DeliveryCursor.objects.filter(pk=ad_account_id).values("next_slot")
    return LateConversion.objects.filter(
        ad_account_id=ad_account_id, event_slot__lt=Subquery(stand)
    )


def _known(stands: Sequence[Stand]) -> Q:
    """What has come by the time up to which its account is delivered."""
    accounts: Mapping[datetime, list[int]] = defaultdict(list)
    for each in stands:
        accounts[each.next_slot].append(each.ad_account_id)
    if not accounts:
        return Q(pk__in=[])
    # Accounts mostly stand at the same hour: only those that are ahead need to be named.
    hours = sorted(accounts)
    ahead = (Q(event_slot__lt=hour, ad_account_id__in=accounts[hour]) for hour in hours[1:])
    return reduce(or_, ahead, Q(event_slot__lt=hours[0]))


def _utc(day: date, shift: timedelta) -> datetime:
    """The day's midnight in UTC, shifted; days at the ends of the calendar stay inside it."""
    inside = min(max(day, date(1, 3, 1)), date(9999, 10, 1))
    return datetime.combine(inside, time(), UTC) + shift
