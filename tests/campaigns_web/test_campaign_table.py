"""The table: what it lists, how it is narrowed and sorted, and that all of it is in the address."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import StopKind, StopReason
from campaigns.queries import metrics
from campaigns.queries.performance import Totals
from tests.factories.campaigns import make_campaign, make_tree
from tests.factories.delivered import Delivered

HTMX = {"HX-Request": "true"}


@pytest.fixture
def table(ad_account: AdAccount) -> Callable[[str], str]:
    return lambda level="campaign": reverse(f"campaigns:{level}_list", args=[ad_account.pk])


def names(page: str) -> list[str]:
    """The names of the rows, from top to bottom."""
    return re.findall(r'title="([^"]+)">\1</a>', page)


def test_rows_show_the_figures_and_the_total_recomputes_the_ratios(
    mia: Client, table: Callable[..., str], delivered: Delivered
) -> None:
    answer = mia.get(table())
    page = answer.content.decode()
    found = answer.context["found"]

    assert names(page) == ["Winter coats", "Spring shoes", "Old stock"]
    total = sum((row.totals for row in found.rows), Totals())
    for metric in metrics.TABLE:
        assert metric.text(total, "USD") in page
        assert metric.text(found.rows[0].totals, "USD") in page
    assert "Total of 3 campaigns" in page
    assert "America/New_York (UTC-05:00)" in page
    assert "Data as of" in page


def test_search_by_name_and_by_id_survives_in_the_address(
    mia: Client, table: Callable[..., str], delivered: Delivered
) -> None:
    shoes = delivered.trees[1].campaign

    assert names(mia.get(table(), {"q": "SHOE"}).content.decode()) == ["Spring shoes"]
    page = mia.get(table(), {"q": str(shoes.pk)}).content.decode()
    assert names(page) == ["Spring shoes"]
    assert f'value="{shoes.pk}"' in page
    assert "sort=name&amp;q=" in page or f"q={shoes.pk}&amp;sort=name" in page


def test_every_column_sorts(mia: Client, table: Callable[..., str], delivered: Delivered) -> None:
    assert names(mia.get(table(), {"sort": "name"}).content.decode()) == [
        "Old stock",
        "Spring shoes",
        "Winter coats",
    ]
    assert names(mia.get(table(), {"sort": "budget"}).content.decode())[0]
    for metric in metrics.TABLE:
        page = mia.get(table(), {"sort": metric.key}).content.decode()
        assert len(names(page)) == 3, metric.key
        assert 'aria-sort="ascending"' in page, metric.key
    assert mia.get(table(), {"sort": "id; drop table"}).status_code == 200


def test_states_narrow_the_rows(
    mia: Client, table: Callable[..., str], delivered: Delivered, at: datetime
) -> None:
    coats, shoes, _ = (tree.campaign for tree in delivered.trees)
    for campaign, kind in ((coats, StopKind.DEACTIVATE), (shoes, StopKind.PAUSE)):
        stop = services.request_stop(
            campaign=campaign, kind=kind, reason=StopReason.OTHER, note="",
            expected_version=None, actor=None, at=at,
        )  # fmt: skip
        services.process_stop(stop_request_id=stop.pk, at=stop.effective_at)

    assert names(mia.get(table(), {"state": "on"}).content.decode()) == ["Old stock"]
    assert names(mia.get(table(), {"state": "off"}).content.decode()) == ["Spring shoes"]
    page = mia.get(table(), {"state": "deactivated"}).content.decode()
    assert names(page) == ["Winter coats"]
    assert "Recreate" in page


def test_a_parent_narrows_the_next_tabs(
    mia: Client, table: Callable[..., str], delivered: Delivered
) -> None:
    tree = delivered.trees[0]

    groups = mia.get(table("ad_group"), {"campaign": tree.campaign.pk}).content.decode()
    ads = mia.get(table("ad"), {"ad_group": tree.group.pk}).content.decode()

    assert names(groups) == ["Winter coats group"]
    assert names(ads) == ["Winter coats film"]
    assert 'aria-current="page">Ads' in ads
    assert f"?campaign={tree.campaign.pk}" in ads
    assert mia.get(table("ad"), {"ad_group": 12}).status_code == 404


def test_htmx_gets_the_table_alone_and_caches_are_told(
    mia: Client, table: Callable[..., str], delivered: Delivered
) -> None:
    whole, part = mia.get(table()), mia.get(table(), headers=HTMX)

    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert names(part.content.decode()) == names(whole.content.decode())
    assert "HX-Request" in whole["Vary"]


def test_pages_hold_as_many_rows_as_asked(
    mia: Client, table: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    for number in range(23):
        make_campaign(ad_account, at, name=f"Campaign {number:02}")

    assert len(names(mia.get(table()).content.decode())) == 20
    assert len(names(mia.get(table(), {"page": "2"}).content.decode())) == 3
    assert len(names(mia.get(table(), {"per": "50"}).content.decode())) == 23
    assert len(names(mia.get(table(), {"per": "7", "page": "x"}).content.decode())) == 20


def test_an_empty_account_says_what_to_do_next(mia: Client, table: Callable[..., str]) -> None:
    assert "No campaigns yet" in mia.get(table()).content.decode()
    assert "No campaigns match" in mia.get(table(), {"q": "zebra"}).content.decode()


def test_an_analyst_sees_switches_that_say_why_they_are_locked(
    ana: Client, table: Callable[..., str], delivered: Delivered
) -> None:
    page = ana.get(table()).content.decode()

    switches = re.findall(r"<button[^>]+role=\"switch\"[^>]*>", page)
    assert len(switches) == 3
    assert all("disabled" in switch and "Create and edit" in switch for switch in switches)
    assert "/edit/" not in page


@pytest.mark.parametrize("level", ["campaign", "ad_group", "ad"])
def test_more_rows_do_not_mean_more_queries(
    mia: Client, table: Callable[..., str], ad_account: AdAccount, at: datetime, level: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert mia.get(table(level), {"per": "50"}).status_code == 200
        return len(queries)

    make_tree(ad_account, at)
    count()
    one = count()
    for _ in range(24):
        make_tree(ad_account, at)

    assert count() == one <= 25
