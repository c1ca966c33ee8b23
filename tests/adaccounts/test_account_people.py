"""People of one ad account: levels given, changed and taken away, never the last Admin's."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in
from adaccounts.services import share_account
from tests.factories.accounts import Cast
from tests.factories.sharing import carl_and_co, make_group


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


@pytest.fixture
def url(ad_account: AdAccount) -> str:
    return f"/ad-accounts/{ad_account.pk}/settings/people/"


@pytest.fixture
def browser(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.ben)


def test_a_level_is_given_changed_and_taken_away(
    cast: Cast, ad_account: AdAccount, browser: Client, url: str
) -> None:
    fay, found = cast.fay, []

    for wanted in ("analyst", "operator", "none"):
        browser.post(url, {"user": fay.pk, "level": wanted})
        found.append(level(fay, ad_account))

    assert found == [Level.ANALYST, Level.OPERATOR, None]
    told = ActivityEntry.objects.filter(ad_account_id=ad_account.pk, before__person=str(fay))
    actions = list(told.order_by("id").values_list("action", flat=True))
    assert actions == ["grant_access", "grant_access", "revoke_access"]


def test_members_are_found_by_name_and_not_typed(cast: Cast, browser: Client, url: str) -> None:
    found = browser.get(url, {"find": "fay"}).context["found"]
    already = browser.get(url, {"find": "mia"}).context

    assert [member.user for member in found] == [cast.fay]
    assert already["found"] == []
    assert [person.user for person in already["people"]] == [cast.mia]
    assert browser.get(url, {"find": "carl"}).context["found"] == []


def test_the_last_admin_of_an_ad_account_stays(
    cast: Cast, ad_account: AdAccount, browser: Client, url: str
) -> None:
    said = [
        browser.post(url, {"user": cast.ben.pk, "level": wanted}, follow=True).content.decode()
        for wanted in ("none", "analyst")
    ]

    assert all("is the last Admin of Northwind USD" in text for text in said)
    assert level(cast.ben, ad_account) == Level.ADMIN


def test_who_gives_up_managing_is_led_home_and_not_to_a_refusal(
    cast: Cast, ad_account: AdAccount, browser: Client, url: str
) -> None:
    browser.post(url, {"user": cast.mia.pk, "level": "admin"})

    answer = browser.post(url, {"user": cast.ben.pk, "level": "none"})

    assert answer.headers["Location"] == "/home/"
    assert level(cast.ben, ad_account) is None


def test_nobody_from_outside_can_be_given_a_level(
    cast: Cast, ad_account: AdAccount, browser: Client, url: str
) -> None:
    for outsider in (cast.stranger, cast.carl):
        assert browser.post(url, {"user": outsider.pk, "level": "admin"}).status_code == 404

    assert level(cast.stranger, ad_account) is None
    assert level(cast.carl, ad_account) == Level.OPERATOR


def test_people_of_partners_are_listed_and_groups_are_named(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    browser: Client,
    url: str,
) -> None:
    fay = membership_of(cast.fay, business_center)
    make_group(business_center, at, ad_accounts=[ad_account], members={fay: Level.ANALYST})

    page = browser.get(url)

    assert page.context["partners"] == [("Carl & Co", [(cast.carl, Level.OPERATOR)])]
    here = {person.user: person for person in page.context["people"]}
    assert here[cast.fay].direct is None
    assert [(group.name, level) for group, level in here[cast.fay].groups] == [
        ("Europe", Level.ANALYST)
    ]
    assert here[cast.mia].direct == Level.OPERATOR


def test_a_partners_admin_looks_after_its_own_people_and_nobody_elses(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client], url: str
) -> None:
    share_account(
        ad_account=ad_account, partner=carl_and_co(), level=Level.ADMIN, actor=cast.ben, at=at
    )
    browser = client_of(cast.carl)
    browser.post(
        f"/bc/{carl_and_co().pk}/shared/{ad_account.pk}/", {"user": cast.carl.pk, "level": "admin"}
    )

    page = browser.get(url)
    refused = browser.post(url, {"user": cast.mia.pk, "level": "none"})

    assert [person.user for person in page.context["people"]] == [cast.carl]
    assert page.context["partners"] == []
    assert refused.status_code == 404
    assert level(cast.mia, ad_account) == Level.OPERATOR
    # And it is not the partner's to switch off.
    assert browser.post(f"/ad-accounts/{ad_account.pk}/settings/disable/").status_code == 403
