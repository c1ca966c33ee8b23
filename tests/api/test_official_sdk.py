"""The vendor's own Python SDK, unmodified, against the running server: from a campaign to its
invoice, and the same amount of money wherever one looks."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from assets.models import Creative
from billing.models import Entry, Invoice, LedgerAccount
from billing.queries import campaign_reference
from bizcenter.clock import queries as clock
from bizcenter.practice.services import advance_to
from tests.api.sdk_tool import Tool, launch
from tests.factories.accounts import Cast
from tests.factories.billing import fund
from tests.factories.campaigns import make_creative

pytestmark = pytest.mark.stack
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
LEVELS = ("AUCTION_AD", "AUCTION_ADGROUP", "AUCTION_CAMPAIGN", "AUCTION_ADVERTISER")
TIME = "%Y-%m-%d %H:%M:%S"


@pytest.fixture
def at() -> datetime:
    """The day before the last of a month, so that the invoice is near."""
    return datetime(2026, 11, 29, 15, 0, tzinfo=UTC)


@pytest.fixture
def video(tool: Tool, ad_account: AdAccount, at: datetime) -> Creative:
    fund(ad_account, 100_000, at)
    return make_creative(ad_account, at)


def wait_for_review(tool: Tool, ad_id: str) -> None:
    for _ in range(48):
        (row,) = tool.ads(ad_ids=[ad_id])
        if row["secondary_status"] == "AD_STATUS_DELIVERY_OK":
            return
        assert row["secondary_status"] == "AD_STATUS_AUDIT"
        advance_to(clock.now() + HOUR)
    raise AssertionError("the review never ended")


def spent(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["metrics"]["spend"]) for row in rows), Decimal(0))


def reported(tool: Tool, ids: dict[str, str]) -> dict[str, Decimal]:
    """What the reports say that November cost: by every kind of object and day, and by hour."""
    found = {}
    for level, (dimension, pk) in zip(LEVELS, ids.items(), strict=True):
        rows = tool.report(
            data_level=level,
            dimensions=[dimension, "stat_time_day"],
            start_date=f"{FIRST}",
            end_date=f"{LAST}",
            metrics=["spend", "clicks"],
        )
        assert {row["dimensions"][dimension] for row in rows} == {pk}
        found[level] = spent(rows)
    by_hour = {"data_level": "AUCTION_CAMPAIGN", "dimensions": ["campaign_id", "stat_time_hour"]}
    days = (f"2026-11-{day}" for day in (29, 30))
    hours = [
        tool.report(**by_hour, start_date=day, end_date=day, metrics=["spend"]) for day in days
    ]
    found["hours"] = sum(map(spent, hours), Decimal(0))
    return found


def booked(account: AdAccount, campaign_id: str) -> dict[str, Decimal]:
    """What the ledger and the invoice of November say about the campaign."""
    reference = campaign_reference(int(campaign_id))
    entries = Entry.objects.filter(
        account__ad_account=account,
        account__kind=LedgerAccount.Kind.COST,
        reference=reference,
        posting__day__range=(FIRST, LAST),
    )
    invoice = Invoice.objects.get(ad_account=account, month=FIRST)
    return {
        "ledger": Decimal(entries.aggregate(sum=Sum("amount"))["sum"]) / 100,
        "invoice": Decimal(invoice.lines.get(reference=reference).net) / 100,
    }


def test_one_amount_of_money_everywhere(
    tool: Tool,
    video: Creative,
    cast: Cast,
    ad_account: AdAccount,
    client_of: Callable[[User], Client],
) -> None:
    ids = launch(tool, video_id=str(video.pk), start=f"{clock.now():{TIME}}")
    wait_for_review(tool, ids["ad_id"])
    advance_to(clock.now() + DAY)
    advance_to(datetime(2026, 12, 1, 8, 0, tzinfo=UTC))

    chosen = {"range": "custom", "start": f"{FIRST}", "end": f"{LAST}"}
    mia = client_of(cast.mia)
    page = mia.get(reverse("reporting:report", args=[ad_account.pk]), chosen).content.decode()
    file = mia.get(reverse("reporting:report_csv", args=[ad_account.pk]), chosen).content
    days = csv.DictReader(file.decode("utf-8-sig").splitlines())
    amounts = {
        "file": sum((Decimal(day["Spend"]) for day in days), Decimal(0)),
        **reported(tool, ids),
        **booked(ad_account, ids["campaign_id"]),
    }

    amount = amounts["file"]
    assert amounts == dict.fromkeys(amounts, amount)
    assert amount > 20
    assert f"${amount:,.2f}" in page
