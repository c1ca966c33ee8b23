"""One ad account at a glance."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from campaigns.queries import metrics
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_tree
from tests.factories.delivered import Delivered


@pytest.fixture
def overview(ad_account: AdAccount) -> str:
    return reverse("reporting:account_overview", args=[ad_account.pk])


def test_the_tiles_equal_the_table_and_the_largest_spender_is_on_top(
    ana: Client, overview: str, ad_account: AdAccount, delivered: Delivered
) -> None:
    answer = ana.get(overview)

    table = ana.get(reverse("campaigns:campaign_list", args=[ad_account.pk])).context["found"]
    tiles = {tile.metric.key: tile.text for tile in answer.context["tiles"]}
    assert tiles == {m.key: m.text(table.totals, "USD") for m in metrics.ACCOUNT_TILES}
    assert answer.context["top"].rows[0].name == "Winter coats"
    assert "Data as of" in answer.content.decode()


@pytest.mark.parametrize("metric", metrics.CHARTED)
def test_every_figure_can_be_charted(
    ana: Client, overview: str, delivered: Delivered, metric: metrics.Metric
) -> None:
    part = ana.get(overview, {"metric": metric.key}, headers={"HX-Request": "true"})

    page = part.content.decode()
    assert f"{metric.label} by day" in page
    assert "<html" not in page
    assert part.context["chart"].unit == metric.unit


def test_an_empty_account_says_what_to_do_next(
    client_of: Callable[[User], Client], cast: Cast, overview: str
) -> None:
    assert "No campaigns yet" in client_of(cast.mia).get(overview).content.decode()


def test_more_campaigns_do_not_mean_more_queries(
    ana: Client, overview: str, ad_account: AdAccount, at: datetime
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(overview).status_code == 200
        return len(queries)

    make_tree(ad_account, at)
    count()
    one = count()
    for _ in range(24):
        make_tree(ad_account, at)

    assert count() == one <= 35
