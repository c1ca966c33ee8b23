"""Facts as delivery writes them: hours of every day, and day totals of the closed ones."""

from datetime import date, timedelta
from typing import Any

from campaigns.delivery import partitions
from campaigns.models import Ad, DayFact, DeliveryCursor, HourFact
from campaigns.queries.totals import METRICS

SUNDAY, MONDAY = date(2026, 11, 1), date(2026, 11, 2)


def hour(ad: Ad, day: date, hour_of_day: int, **counts: int) -> HourFact:
    """What one ad delivered in an hour of its account's day; nothing unless said."""
    slot = ad.ad_account.day_start(day) + timedelta(hours=hour_of_day)
    partitions.ensure_around(slot)
    return HourFact.objects.create(slot=slot, **_where(ad), **_counts(counts))


def close_days(ad: Ad, *, open_day: date) -> None:
    """The days before `open_day` have their totals, and the cursor stands at its beginning."""
    account = ad.ad_account
    start = account.day_start(open_day)
    sums: dict[tuple[int, date], dict[str, Any]] = {}
    for fact in HourFact.objects.filter(ad_account_id=account.pk, slot__lt=start):
        key = fact.ad_id, account.day_of(fact.slot)
        row = sums.setdefault(key, dict.fromkeys(METRICS, 0) | _place(fact))
        for metric in METRICS:
            row[metric] += getattr(fact, metric)
    DayFact.objects.bulk_create(
        DayFact(ad_id=ad_id, day=day, **row) for (ad_id, day), row in sums.items()
    )
    DeliveryCursor.objects.filter(pk=account.pk).update(open_day=open_day, next_slot=start)


def _counts(counts: dict[str, int]) -> dict[str, int]:
    spend = counts.get("spend", 0)
    return {**dict.fromkeys(METRICS, 0), "cost_micros": spend * 10_000, **counts}


def _where(ad: Ad) -> dict[str, int]:
    return {
        "ad_account_id": ad.ad_account_id,
        "campaign_id": ad.campaign_id,
        "ad_group_id": ad.ad_group_id,
        "ad_id": ad.pk,
    }


def _place(fact: HourFact) -> dict[str, int]:
    return {
        "ad_account_id": fact.ad_account_id,
        "campaign_id": fact.campaign_id,
        "ad_group_id": fact.ad_group_id,
    }
