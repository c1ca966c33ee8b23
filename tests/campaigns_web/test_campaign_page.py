"""One campaign's page: how it stands, what it brought, its reviews and its history; and an ad's."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.lib import periods
from campaigns import services
from campaigns.queries import metrics
from campaigns.queries.performance import Totals
from campaigns.queries.series import course
from tests.factories.campaigns import approve, make_ad, make_ad_group, make_campaign, make_tree
from tests.factories.delivered import Delivered


def page_of(ad_account: AdAccount, pk: int, what: str = "campaign") -> str:
    return reverse(f"campaigns:{what}", args=[ad_account.pk, pk])


def test_the_tiles_add_up_to_the_ad_groups(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    campaign = delivered.trees[0].campaign

    answer = ana.get(page_of(ad_account, campaign.pk))

    tiles = {tile.metric.key: tile.text for tile in answer.context["tiles"]}
    ((group, audience),) = answer.context["groups"]
    assert tiles["spend"] == metrics.SPEND.text(group.totals, "USD")
    assert tiles["cpa"] == metrics.CPA.text(group.totals, "USD")
    assert audience.words in answer.content.decode()
    assert "Created campaign (Traffic)" in answer.content.decode()


def test_a_single_day_is_charted_by_hour_and_hours_to_come_are_gaps(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    asked = {"range": "today", "metric": "impressions"}

    chart = ana.get(page_of(ad_account, delivered.trees[0].campaign.pk), asked).context["chart"]

    hour = ad_account.local(delivered.until).hour
    assert chart.axis == "Hour"
    assert chart.series[0].values[hour:] == [None] * (24 - hour)
    assert all(value is not None for value in chart.series[0].values[:hour])


def test_a_day_that_has_begun_is_compared_with_as_many_hours_of_the_day_before(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    """Delivery began yesterday at ten; it is ten now, so there is nothing to compare with."""
    period = periods.preset("today", today=ad_account.day_of(delivered.until), earliest=date.min)

    figures = course(ad_account=ad_account, period=period)

    assert figures.before is not None
    assert sum(sums.spend for _, sums in figures.before if sums) > 0
    assert figures.total_before == Totals()


def test_a_campaign_without_ad_groups_says_what_is_missing(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at)

    page = mia.get(page_of(ad_account, campaign.pk)).content.decode()

    assert "No ad groups yet" in page
    assert "No ads were submitted yet." in page


def test_the_reason_it_does_not_deliver_is_told_with_the_next_step(
    mia: Client, ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(ad_account, at)

    page = mia.get(page_of(ad_account, tree.campaign.pk)).content.decode()

    assert "Insufficient balance" in page
    assert "Add balance to the ad account." in page


def test_rejected_ads_show_rule_field_and_words(
    ana: Client, ad_account: AdAccount, at: datetime
) -> None:
    tree = make_tree(ad_account, at, ad={"text": "Guaranteed results"})
    approve(tree.ad, at)

    for address in (
        page_of(ad_account, tree.campaign.pk),
        page_of(ad_account, tree.ad.pk, "ad"),
    ):
        page = ana.get(address).content.decode()
        assert "Misleading claim" in page
        assert "<dd>Text</dd>" in page
        assert "<dd>Guaranteed</dd>" in page


def test_an_analyst_sees_locked_buttons_with_the_reason(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    page = ana.get(page_of(ad_account, delivered.trees[0].campaign.pk)).content.decode()

    assert page.count("needs Operator or Admin in this ad account") == 2
    assert "permission=manage_campaigns" in page
    assert "about=Switch%20off%20%E2%80%9C" in page
    assert "/stop/" not in page


def test_an_ad_page_shows_its_preview_and_figures(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    ad = delivered.trees[0].ad

    page = ana.get(page_of(ad_account, ad.pk, "ad")).content.decode()

    assert ad.text in page
    assert "Learn more" in page
    assert reverse("assets:file", args=[ad_account.pk, ad.creative_id]) in page


@pytest.mark.parametrize("what", ["campaign"])
def test_more_ad_groups_do_not_mean_more_queries(
    ana: Client, ad_account: AdAccount, at: datetime, what: str
) -> None:
    tree = make_tree(ad_account, at)
    address = page_of(ad_account, tree.campaign.pk, what)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(address).status_code == 200
        return len(queries)

    count()
    one = count()
    for _ in range(24):
        make_ad(make_ad_group(tree.campaign, at), at)
    services.update_campaign(
        campaign=tree.campaign, changes={"name": "New"}, expected_version=None, actor=None, at=at
    )

    assert count() == one <= 42
