"""Why an ad delivered what it did, hour by hour: what the engine noted, what came of it, and when
it could not deliver at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from adaccounts.models import AdAccount

from ..models import Ad, DeliveryCursor, HourLog
from ..queries import totals
from ..queries.gaps import Gap, Kind, gaps_of
from ..queries.totals import Totals
from .log import Entry, entry_of, unpack
from .partitions import month_of, stored_months
from .plan import Limit

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Hour:
    """One account-local hour of one ad. `entry` is what the engine noted: None where the ad was no
    part of delivery. `used_up_since` is the start of the hour in which the budget or balance that
    held it back ran out."""

    slot: datetime
    is_delivered: bool
    entry: Entry | None
    totals: Totals
    gaps: tuple[Gap, ...]
    used_up_since: datetime | None = None

    @property
    def minutes(self) -> int:
        """Of the hour, in which it was on: as noted, else what the gaps leave."""
        if self.entry is not None:
            return round(self.entry.open * 60 / 1000)
        return round((HOUR - self.closed) / timedelta(minutes=1))

    @property
    def closed(self) -> timedelta:
        """How much of the hour lies in gaps, those that overlap counted once."""
        found, reached = timedelta(), self.slot
        for gap in sorted(self.gaps, key=lambda gap: gap.start):
            if gap.end > reached:
                found += gap.end - max(gap.start, reached)
                reached = gap.end
        return found

    @property
    def is_shut(self) -> bool:
        """It could not deliver in any part of the hour."""
        return self.closed >= HOUR

    def had(self, *kinds: Kind) -> bool:
        """No gap of these kinds lasted the whole hour."""
        own = tuple(gap for gap in self.gaps if gap.kind in kinds)
        return not Hour(self.slot, self.is_delivered, None, Totals(), own).is_shut

    def was_held_by(self, *limits: Limit) -> bool:
        return self.entry is not None and self.entry.limit in limits


@dataclass(frozen=True)
class Day:
    """The 24 hours of an ad created at `born`; `is_kept` is False for days whose hours were removed
    because they are old."""

    day: date
    hours: Sequence[Hour]
    is_kept: bool
    born: datetime

    @property
    def totals(self) -> Totals:
        return sum((hour.totals for hour in self.hours), Totals())

    @property
    def has_begun(self) -> bool:
        """An hour in which there was the ad is over."""
        return any(each.is_delivered and each.slot + HOUR > self.born for each in self.hours)


def day_of_ad(ad: Ad, *, ad_account: AdAccount, day: date) -> Day:
    """The ad's day; the number of queries depends on nothing."""
    start = ad_account.day_start(day)
    end = start + timedelta(days=1)
    until = totals.data_as_of(ad_account=ad_account)
    noted = {slot: entry_of(unpack(log), ad.ordinal) for slot, log in _logs(ad_account, start)}
    gaps = gaps_of(ad, ad_account=ad_account, start=start, end=end)
    hours: list[Hour] = []
    for slot, sums in totals.by_hour(ad_account=ad_account, day=day, node=ad):
        own = tuple(cut for gap in gaps if (cut := gap.within(slot, slot + HOUR)))
        is_delivered = until is not None and slot < until
        entry = noted.get(slot)
        since = _used_up_since(entry, slot, hours[-1] if hours else None)
        hours.append(Hour(slot, is_delivered, entry, sums, own, since))
    return Day(day, hours, _is_kept(start), ad.created_at)


def limits_of_day(
    ads: Sequence[Ad], *, ad_account: AdAccount, day: date
) -> dict[int, list[tuple[datetime, Limit]]]:
    """{ad id: what held it back in each hour it was part of delivery}; one query for all."""
    found: dict[int, list[tuple[datetime, Limit]]] = {ad.pk: [] for ad in ads}
    by_ordinal = {ad.ordinal: ad.pk for ad in ads}
    ordinals = np.array(list(by_ordinal), np.int64)
    for slot, entries in _logs(ad_account, ad_account.day_start(day)):
        log = unpack(entries)
        for entry in log[np.isin(log["ordinal"], ordinals)]:
            found[by_ordinal[int(entry["ordinal"])]].append((slot, Limit(int(entry["limit"]))))
    return found


def open_day(ad_account: AdAccount, *, at: datetime) -> date:
    """The day that is being delivered; before the first campaign, today."""
    cursors = DeliveryCursor.objects.filter(pk=ad_account.pk)
    found: date | None = cursors.values_list("open_day", flat=True).first()
    return found or ad_account.day_of(at)


def _logs(ad_account: AdAccount, start: datetime) -> list[tuple[datetime, bytes]]:
    kept = HourLog.objects.filter(
        ad_account_id=ad_account.pk, slot__gte=start, slot__lt=start + timedelta(days=1)
    )
    return [
        (slot, bytes(log)) for slot, log in kept.order_by("slot").values_list("slot", "entries")
    ]


def _used_up_since(entry: Entry | None, slot: datetime, before: Hour | None) -> datetime | None:
    """Budgets and balance that are used up stay so from hour to hour."""
    if entry is None or entry.limit not in (
        Limit.GROUP_BUDGET, Limit.CAMPAIGN_BUDGET, Limit.BALANCE
    ):  # fmt: skip
        return None
    if before is not None and before.was_held_by(entry.limit):
        return before.used_up_since
    return slot


def _is_kept(start: datetime) -> bool:
    months = stored_months(HourLog)
    return not months or month_of(start) >= months[0]
