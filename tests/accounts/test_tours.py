"""The tour of a first visit: offered until it is ended or declined, and never again."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import BusinessCenter, SeenTour, User
from accounts.web.tours import CAMPAIGNS, HOME, Tour
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_tree

OFFER = 'id="tour-offer"'


@pytest.fixture
def home(business_center: BusinessCenter) -> str:
    return reverse("reporting:business_overview", args=[business_center.pk])


@pytest.fixture
def table(ad_account: AdAccount, at) -> str:
    make_tree(ad_account, at)
    return reverse("campaigns:campaign_list", args=[ad_account.pk])


def test_the_tour_is_offered_until_it_is_ended_and_each_page_has_its_own(
    cast: Cast, client_of: Callable[[User], Client], home: str, table: str
) -> None:
    mia = client_of(cast.mia)
    assert OFFER in mia.get(home).content.decode()

    answer = mia.post(
        reverse("accounts:end_tour"), {"tour": "home"}, headers={"HX-Request": "true"}
    )

    assert (answer.status_code, answer.content) == (200, b"")
    assert OFFER not in mia.get(home).content.decode()
    assert OFFER in mia.get(table).content.decode()


def test_it_is_over_on_every_device_of_the_person_and_of_nobody_else(
    cast: Cast, client_of: Callable[[User], Client], home: str
) -> None:
    client_of(cast.mia).post(reverse("accounts:end_tour"), {"tour": "home"})

    assert OFFER not in client_of(cast.mia).get(home).content.decode()
    assert OFFER in client_of(cast.ana).get(home).content.decode()


def test_ending_twice_changes_nothing_and_an_unknown_tour_is_refused(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    mia = client_of(cast.mia)
    for _ in range(2):
        assert mia.post(reverse("accounts:end_tour"), {"tour": "home"}).status_code == 302

    assert mia.post(reverse("accounts:end_tour"), {"tour": "moon"}).status_code == 404
    assert SeenTour.objects.get(user=cast.mia).tour == "home"


def test_the_help_starts_it_again_where_there_is_one(
    cast: Cast, client_of: Callable[[User], Client], home: str
) -> None:
    mia = client_of(cast.mia)
    mia.post(reverse("accounts:end_tour"), {"tour": "home"})

    def help_about(page: str) -> str:
        url = f"{reverse('accounts:help')}?page={page}"
        return mia.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "dist/tour" in mia.get(home).content.decode()
    assert "Show the tour again" in help_about("reporting:business_overview")
    assert "Show the tour again" not in help_about("accounts:profile")


@pytest.mark.parametrize(("page", "tour"), [("home", HOME), ("table", CAMPAIGNS)])
def test_a_tour_points_at_parts_that_are_on_its_page(
    cast: Cast,
    client_of: Callable[[User], Client],
    request: pytest.FixtureRequest,
    page: str,
    tour: Tour,
) -> None:
    shown = client_of(cast.ben).get(request.getfixturevalue(page)).content.decode()

    parts = {step.part for step in tour.steps} | {step.instead for step in tour.steps} - {""}
    assert [part for part in parts if f'data-tour="{part}"' not in shown] == []
    assert 4 <= len(tour.steps) <= 6


def test_asking_costs_one_query_on_these_pages_and_none_on_others(
    cast: Cast, client_of: Callable[[User], Client], home: str, table: str
) -> None:
    browser = client_of(cast.ben)

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(url)
        return sum("accounts_seentour" in query["sql"] for query in queries)

    assert [asked(home), asked(table), asked(reverse("accounts:profile"))] == [1, 1, 0]
