"""People of one ad account: levels given, changed and taken away, never the last Admin's."""

from collections.abc import Callable

from django.test import Client

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in
from tests.factories.accounts import Cast


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def test_a_level_is_given_changed_and_taken_away(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/ad-accounts/{ad_account.pk}/settings/people/"
    sam = cast.fay

    browser.post(url + "add/", {"email": sam.email, "level": "analyst"})
    given = level(sam, ad_account)
    browser.post(f"{url}{sam.pk}/", {"level": "operator"})
    changed = level(sam, ad_account)
    browser.post(f"{url}{sam.pk}/revoke/")

    assert (given, changed, level(sam, ad_account)) == (Level.ANALYST, Level.OPERATOR, None)
    told = ActivityEntry.objects.filter(ad_account_id=ad_account.pk, before__person=str(sam))
    assert [e.action for e in told] == ["revoke_access", "grant_access", "grant_access"]


def test_the_last_admin_of_an_ad_account_stays(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/ad-accounts/{ad_account.pk}/settings/people/"

    said = [
        browser.post(f"{url}{cast.ben.pk}/revoke/", follow=True).content.decode(),
        browser.post(f"{url}{cast.ben.pk}/", {"level": "analyst"}, follow=True).content.decode(),
    ]

    assert all("is the last Admin of Northwind USD" in text for text in said)
    assert level(cast.ben, ad_account) == Level.ADMIN


def test_who_gives_up_managing_is_led_home_and_not_to_a_refusal(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/ad-accounts/{ad_account.pk}/settings/people/"
    browser.post(f"{url}{cast.mia.pk}/", {"level": "admin"})

    answer = browser.post(f"{url}{cast.ben.pk}/revoke/")

    assert answer.headers["Location"] == "/home/"
    assert level(cast.ben, ad_account) is None


def test_only_registered_people_can_be_given_a_level(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    answer = client_of(cast.ben).post(
        f"/ad-accounts/{ad_account.pk}/settings/people/add/",
        {"email": "nobody@x.example", "level": "analyst"},
    )

    assert "Nobody has signed up with this address" in answer.content.decode()
