"""Who saw a campaign or an ad: whole days, divided by people, that add up to the days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.models import AgeGroup, Campaign, DayFact, DeliveryCursor, Gender, Objective
from campaigns.queries import audience, performance
from campaigns.queries.periods import Period
from campaigns.queries.totals import Totals
from campaigns.services import deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_ad, make_tree

DAY = timedelta(days=1)
Make = Callable[..., Tree]


@pytest.fixture
def make(ad_account: AdAccount, at: datetime) -> Make:
    def made(days: int = 2, **group: Any) -> Tree:
        fund(ad_account, 50_000_00, at)
        tree = make_tree(
            ad_account, at,
            campaign={"objective": Objective.WEB_CONVERSIONS},
            group={"budget": 5_000_00} | group,
        )  # fmt: skip
        approve(tree.ad, at)
        deliver_until(ad_account_id=ad_account.pk, until=at + days * DAY)
        return tree

    return made


def period(ad_account: AdAccount, at: datetime, days: int = 3) -> Period:
    first = ad_account.day_of(at)
    return Period.of([ad_account.pk], first, first + days * DAY)


def added(cells: audience.Cells) -> dict[str, int]:
    whole = sum(cells.values(), Totals())
    return {name: getattr(whole, name) for name in audience.METRICS}


def test_women_of_25_to_34_in_japan_are_the_only_people(
    make: Make, ad_account: AdAccount, at: datetime, mia: Client
) -> None:
    tree = make(countries=("JP",), age_groups=(AgeGroup.A25,), gender=Gender.FEMALE)

    page = mia.get(reverse("campaigns:ad", args=[ad_account.pk, tree.ad.pk]))

    age, gender, country, system = page.context["split"].tables
    assert [line.name for line in age.lines] == ["25–34"]
    assert [line.name for line in gender.lines] == ["Women"]
    assert [line.name for line in country.lines] == ["Japan"]
    assert {line.name for line in system.lines} == {"Android", "iOS"}
    shown = [each.name for each in page.context["split"].chart.series]
    assert shown == ["Women"]


def test_every_way_of_dividing_adds_up_to_the_days_and_late_conversions_are_in_it(
    make: Make, ad_account: AdAccount, at: datetime
) -> None:
    tree = make(days=4, countries=("US", "CA", "JP"))
    cursor = DeliveryCursor.objects.get(pk=ad_account.pk)
    closed = cursor.open_day - DAY

    found = audience.split(period(ad_account, at, 6), Q(campaign_id=tree.campaign.pk))

    days = performance.totals(
        ad_account_ids=[ad_account.pk], first_day=ad_account.day_of(at), last_day=closed,
        node=tree.campaign,
    )  # fmt: skip
    whole = {name: getattr(days, name) for name in audience.METRICS}
    at_once = DayFact.objects.aggregate(total=Sum("conversions"))["total"]
    assert whole["conversions"] > at_once, "some came late"
    for divide in (audience.by_age, audience.by_gender, audience.by_age_gender):
        assert added(divide(found)) == whole
    assert added(audience.by_system(found)) == added(audience.by_country(found)) == whole
    assert len(audience.by_country(found)) == 3


def test_the_open_day_is_not_divided_and_the_page_says_so(
    make: Make, ad_account: AdAccount, at: datetime, mia: Client
) -> None:
    tree = make(days=0)
    deliver_until(ad_account_id=ad_account.pk, until=at + timedelta(hours=5))
    address = reverse("campaigns:campaign", args=[ad_account.pk, tree.campaign.pk])

    page = mia.get(address)

    assert "The split of a day is known when the day is over." in page.content.decode()
    assert page.context["split"].tables == []


def test_the_page_says_up_to_which_day_the_people_are_known(
    make: Make, ad_account: AdAccount, at: datetime, mia: Client
) -> None:
    tree = make(days=2)
    set_clock(at=at + 2 * DAY, rate=PracticeClock.PAUSED)
    closed = DeliveryCursor.objects.get(pk=ad_account.pk).open_day - DAY

    page = mia.get(reverse("campaigns:campaign", args=[ad_account.pk, tree.campaign.pk]))

    assert page.context["split"].until == closed
    assert f"complete up to {closed:%-d %b %Y}" in page.content.decode()


def test_more_ads_and_days_take_no_more_queries(
    make: Make, ad_account: AdAccount, at: datetime
) -> None:
    tree = make(days=2)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = audience.split(period(ad_account, at, 9), Q(campaign_id=tree.campaign.pk))
        assert found
        return len(queries)

    before = count()
    for _ in range(3):
        approve(make_ad(tree.group, at + 2 * DAY), at + 2 * DAY)
    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * DAY)
    assert count() == before == 3


def test_other_campaigns_people_are_not_counted(
    make: Make, ad_account: AdAccount, at: datetime
) -> None:
    make(countries=("JP",))
    nobody = Campaign.objects.order_by("-pk").values("pk")[:1][0]["pk"] + 1

    assert audience.split(period(ad_account, at), Q(campaign_id=nobody)) == {}
