"""The Business Center's home: the accounts one may see, money kept apart by currency."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services import grant_access
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.queries import performance
from campaigns.services import deliver_until
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree
from tests.factories.delivered import Delivered

ClientOf = Callable[[User], Client]


@pytest.fixture
def home(business_center: BusinessCenter) -> str:
    return reverse("reporting:business_overview", args=[business_center.pk])


@pytest.fixture
def tokyo(business_center: BusinessCenter, cast: Cast, delivered: Delivered) -> AdAccount:
    """A yen account that only Ben sees, with a day of delivery."""
    began = delivered.until - timedelta(days=1)
    account = make_ad_account(business_center, cast.ben, began, currency="JPY")
    fund(account, 500_000, began)
    approve(make_tree(account, began).ad, began)
    deliver_until(ad_account_id=account.pk, until=delivered.until)
    return account


def spend_of(account: AdAccount, answer: object) -> int:
    period = answer.context["range"]  # type: ignore[attr-defined]
    return performance.totals(
        ad_account_ids=[account.pk], first_day=period.start, last_day=period.end
    ).spend


def test_the_tiles_are_the_sums_of_the_accounts_one_may_see(
    client_of: ClientOf, cast: Cast, home: str, ad_account: AdAccount, tokyo: AdAccount
) -> None:
    answer = client_of(cast.ben).get(home)
    page = answer.content.decode()

    figures = {each.key: each.tile.text for each in answer.context["figures"]}
    dollars, yen = spend_of(ad_account, answer), spend_of(tokyo, answer)
    assert figures["spend-USD"] == f"${dollars / 100:,.2f}"
    assert figures["spend-JPY"] == f"¥{yen:,}"
    both = sum(each.now.impressions for each in answer.context["rows"])
    assert figures["impressions"] == f"{both:,}"
    assert page.count("Go to Ads Manager") == 2
    assert "Spend, USD" in page


def test_an_analyst_of_one_account_sees_that_one_only(
    client_of: ClientOf, cast: Cast, home: str, ad_account: AdAccount, tokyo: AdAccount
) -> None:
    answer = client_of(cast.ana).get(home)

    assert [each.ad_account for each in answer.context["rows"]] == [ad_account]
    assert tokyo.name not in answer.content.decode()
    assert "JPY" not in answer.content.decode()


def test_without_accounts_the_page_says_what_to_do(
    client_of: ClientOf, cast: Cast, home: str
) -> None:
    assert "No ad accounts to show" in client_of(cast.fay).get(home).content.decode()


def test_people_from_elsewhere_find_nothing(client_of: ClientOf, cast: Cast, home: str) -> None:
    assert client_of(cast.stranger).get(home).status_code == 404
    assert Client().get(home).status_code == 302


def test_a_change_is_told_only_against_a_whole_period_before(
    client_of: ClientOf, cast: Cast, home: str, ad_account: AdAccount, delivered: Delivered
) -> None:
    ana = client_of(cast.ana)
    assert ana.get(home).context["figures"][0].tile.change is None

    later = delivered.until + timedelta(days=1)
    deliver_until(ad_account_id=ad_account.pk, until=later)
    set_clock(at=later, rate=PracticeClock.PAUSED)
    (spend, *_) = ana.get(home, {"range": "today"}).context["figures"]
    now, before = spend.course.total, spend.course.total_before
    assert float(spend.tile.change) == pytest.approx((now.spend / before.spend - 1) * 100)


def test_findings_lead_to_their_objects(
    client_of: ClientOf, cast: Cast, home: str, ad_account: AdAccount, delivered: Delivered
) -> None:
    tree = make_tree(ad_account, delivered.until, ad={"text": "Guaranteed results"})
    approve(tree.ad, delivered.until)

    page = client_of(cast.ana).get(home).content.decode()

    assert "1 ad was not approved" in page
    assert reverse("campaigns:ad_list", args=[ad_account.pk]) + "?state=rejected" in page
    assert "“Winter coats” brings most" in page
    best = delivered.trees[0].campaign
    assert reverse("campaigns:campaign", args=[ad_account.pk, best.pk]) in page


def test_an_account_out_of_balance_is_a_warning(
    client_of: ClientOf, cast: Cast, home: str, ad_account: AdAccount, delivered: Delivered
) -> None:
    ad_account.delivery_cursor.is_out_of_balance = True
    ad_account.delivery_cursor.save()

    assert "is out of balance" in client_of(cast.ana).get(home).content.decode()


def test_more_accounts_do_not_mean_more_queries(
    client_of: ClientOf, cast: Cast, home: str, business_center: BusinessCenter, at: datetime
) -> None:
    ben = client_of(cast.ben)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ben.get(home).status_code == 200
        return len(queries)

    count()
    one = count()
    for number in range(24):
        account = make_ad_account(business_center, cast.ben, at, name=f"Account {number}")
        grant_access(ad_account=account, user=cast.ben, level=Level.ADMIN, actor=None, at=at)

    assert count() == one <= 25
