"""People reached, on pages and in files: estimated, counted once, never added up."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.models import HourFact
from campaigns.queries import metrics
from campaigns.services import deliver_until
from tests.factories.delivered import Delivered

LEVELS = ("campaign", "ad_group", "ad")
Open = Callable[..., Any]


@pytest.fixture
def two_days(ad_account: AdAccount, delivered: Delivered) -> Delivered:
    deliver_until(ad_account_id=ad_account.pk, until=delivered.until + timedelta(days=1))
    return delivered


@pytest.fixture
def days(delivered: Delivered, ad_account: AdAccount) -> dict[str, str]:
    first = ad_account.day_of(delivered.until) - timedelta(days=1)
    return {"range": "custom", "start": f"{first}", "end": f"{first + timedelta(days=2)}"}


@pytest.fixture
def report(ana: Client, ad_account: AdAccount, days: dict[str, str]) -> Open:
    return lambda **more: ana.get(reverse("reporting:report", args=[ad_account.pk]), days | more)


def test_days_add_up_to_more_people_than_the_period_and_a_note_says_why(
    two_days: Delivered, report: Open
) -> None:
    answer = report(campaign=two_days.trees[0].campaign.pk)
    reaches = [line.totals.reach for line in answer.context["lines"] if line.totals.impressions]
    total = answer.context["sum"]

    assert len(reaches) >= 2
    assert max(reaches) < total.reach < sum(reaches)
    assert 1 <= total.reach <= total.impressions
    page = answer.content.decode()
    assert "counts people once" in page
    assert metrics.REACH.text(total, "USD") in page
    assert metrics.FREQUENCY.text(total, "USD") in page
    assert "estimated" in metrics.REACH.definition


def test_tables_reach_the_same_people_at_every_level_and_never_more_than_their_rows(
    ana: Client, ad_account: AdAccount, two_days: Delivered, days: dict[str, str]
) -> None:
    pages = [
        ana.get(reverse(f"campaigns:{level}_list", args=[ad_account.pk]), days).context["found"]
        for level in LEVELS
    ]
    wholes = {page.totals.reach for page in pages}

    assert len(wholes) == 1
    for page in pages:
        reaches = [row.totals.reach for row in page.rows]
        assert max(reaches) <= page.totals.reach < sum(reaches)
        for row in page.rows:
            assert row.totals.frequency == Decimal(row.totals.impressions) / row.totals.reach


def test_tables_sort_by_reach_and_the_file_has_it_too(
    ana: Client, ad_account: AdAccount, two_days: Delivered, days: dict[str, str]
) -> None:
    for level in LEVELS:
        table = reverse(f"campaigns:{level}_list", args=[ad_account.pk])
        rows = ana.get(table, days | {"sort": "-reach"}).context["found"].rows
        reaches = [row.totals.reach for row in rows]
        assert reaches == sorted(reaches, reverse=True)
        file = ana.get(reverse(f"campaigns:{level}_export", args=[ad_account.pk]), days)
        lines = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
        assert {int(line["Reach"]) for line in lines} == set(reaches)


def test_a_detail_page_shows_the_reach_of_the_report_and_of_the_table(
    ana: Client, ad_account: AdAccount, two_days: Delivered, days: dict[str, str], report: Open
) -> None:
    tree = two_days.trees[0]
    whole = report(campaign=tree.campaign.pk).context["sum"]

    for name, node in (("campaign", tree.campaign), ("ad", tree.ad)):
        page = ana.get(reverse(f"campaigns:{name}", args=[ad_account.pk, node.pk]), days)
        tiles = {tile.metric.key: tile.text for tile in page.context["tiles"]}
        assert tiles["reach"] == f"{whole.reach:,}"
        assert tiles["frequency"] == f"{whole.frequency:.2f}"


def test_nobody_is_reached_without_impressions(
    ana: Client, ad_account: AdAccount, report: Open, delivered: Delivered
) -> None:
    answer = report(range="custom", start="2026-10-01", end="2026-10-02")

    assert not HourFact.objects.filter(slot__lt="2026-11-01T00:00Z").exists()
    assert (answer.context["sum"].reach, answer.context["sum"].frequency) == (0, None)
    assert "counts people once" not in answer.content.decode()
