"""Facts in the hands of tests: they cannot be deleted, only a whole table can be emptied."""

from datetime import datetime
from typing import Any

from django.db import connection, models

from adaccounts.models import AdAccount
from campaigns.delivery import partitions
from campaigns.delivery.market import country_number
from campaigns.models import Ad, DeliveryCursor, LateConversion


def empty(*tables: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"TRUNCATE {model._meta.db_table}")


def comes_late(ad: Ad, *, clicked: datetime, comes: datetime, **counts: int) -> LateConversion:
    """Conversions that belong to a click in the hour `clicked` and become known in `comes`."""
    return LateConversion.objects.create(
        ad_id=ad.pk,
        slot=clicked,
        event_slot=comes,
        ad_account_id=ad.ad_account_id,
        campaign_id=ad.campaign_id,
        ad_group_id=ad.ad_group_id,
        day=ad.ad_account.day_of(clicked),
        **{
            "kind": LateConversion.Kind.CLICK,
            "conversions": 1,
            "conversion_value_micros": 0,
            "view_conversions": 0,
            "age_gender": 0,
            "system": 0,
            "country": country_number("US"),
        }
        | counts,
    )


def stand_at(account: AdAccount, slot: datetime) -> None:
    """Nothing was delivered before; the account's next hour begins at `slot`."""
    DeliveryCursor.objects.filter(pk=account.pk).update(
        next_slot=slot, open_day=account.day_of(slot)
    )


def months(model: Any) -> set[str]:
    return {f"{month:%Y-%m}" for month in partitions.stored_months(model)}
