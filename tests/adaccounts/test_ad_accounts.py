"""Opening ad accounts, finding them, and giving people levels in them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, level_of, permissions_in
from adaccounts.services import InvalidAdAccount, create_ad_account
from tests.factories.accounts import Cast, make_business_center
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co

NEW = {
    "name": "Northwind Tokyo",
    "industry": "Retail",
    "website": "northwind.example",
    "country": "JP",
    "currency": "JPY",
    "timezone": "Asia/Tokyo",
}


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def test_a_new_ad_account_is_open_for_its_creator(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    answer = client_of(cast.ben).post(f"/bc/{business_center.pk}/ad-accounts/new/", NEW)

    account = AdAccount.objects.get(name="Northwind Tokyo")
    assert answer.headers["Location"] == f"/ad-accounts/{account.pk}/settings/created/"
    assert (account.currency, account.utc_offset_minutes, account.created_at) == ("JPY", 540, at)
    assert account.website == "https://northwind.example"
    assert level(cast.ben, account) == Level.ADMIN
    assert level(cast.mia, account) is None


@pytest.mark.parametrize("missing", sorted(NEW))
def test_every_fact_of_an_ad_account_is_asked_for_by_name(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client], missing: str
) -> None:
    sent = {**NEW, missing: ""}

    answer = client_of(cast.ben).post(f"/bc/{business_center.pk}/ad-accounts/new/", sent)

    assert list(answer.context["form"].errors) == [missing]
    assert not AdAccount.objects.filter(currency="JPY").exists()


def test_a_second_ad_account_of_a_name_is_opened_only_on_purpose(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/bc/{business_center.pk}/ad-accounts/new/"
    same = {**NEW, "name": "northwind USD"}

    unasked = browser.get(url).content.decode()
    refused = browser.post(url, same)

    assert "Create another one of this name" not in unasked
    assert list(refused.context["form"].errors) == ["name"]
    assert "Create another one of this name" in refused.content.decode()
    assert AdAccount.objects.count() == 1
    assert browser.post(url, {**same, "same_name": "on"}).status_code == 302
    assert AdAccount.objects.filter(name__iexact="Northwind USD").count() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("currency", "DOGE"), ("timezone", "Mars"), ("country", "XX")]
)
def test_facts_from_outside_the_lists_are_refused(
    business_center: BusinessCenter, at: datetime, field: str, value: str
) -> None:
    facts = {**NEW, field: value}

    with pytest.raises(InvalidAdAccount) as refusal:
        create_ad_account(business_center=business_center, actor=None, at=at, **facts)

    assert refusal.value.field == field


def test_the_same_steps_draw_the_same_chances(
    business_center: BusinessCenter, at: datetime
) -> None:
    first = make_ad_account(business_center, None, at, seed=None)
    first_seed = first.seed
    first.delete()

    assert make_ad_account(business_center, None, at, seed=None).seed == first_seed


def test_everybody_lists_the_ad_accounts_they_may_enter(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    second = make_ad_account(business_center, cast.ben, at, "EUR")

    def listed(person, url: str = f"/bc/{business_center.pk}/ad-accounts/") -> set[AdAccount]:
        return set(client_of(person).get(url).context["page"].object_list)

    assert listed(cast.ben) == {ad_account, second}
    assert listed(cast.mia) == listed(cast.carl, "/ad-accounts/") == {ad_account}
    assert listed(cast.fay) == set()


def test_who_is_in_two_business_centers_sees_only_others_accounts_marked_as_shared(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    second = make_business_center(cast.ben, at, name="Northwind Two")
    make_ad_account(second, cast.ben, at, name="Second shop")
    browser = client_of(cast.ben)

    browser.get(f"/bc/{second.pk}/ad-accounts/")
    assert "Shared with you" not in browser.get("/ad-accounts/").content.decode()
    assert "Shared with you" in client_of(cast.carl).get("/ad-accounts/").content.decode()


def test_a_partners_admin_hands_a_shared_account_on_from_the_list(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, client_of
) -> None:
    own = carl_and_co()
    page = client_of(cast.carl).get(f"/bc/{own.pk}/ad-accounts/").content.decode()
    assert f'href="/bc/{own.pk}/shared/{ad_account.pk}/"' in page

    for person in (cast.ben, cast.mia):
        page = client_of(person).get(f"/bc/{business_center.pk}/ad-accounts/").content.decode()
        assert "/shared/" not in page


def test_after_opening_one_the_next_thing_is_how_it_pays(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    opened = client_of(cast.ben).post(f"/bc/{business_center.pk}/ad-accounts/new/", NEW)
    page = client_of(cast.ben).get(opened.headers["Location"]).content.decode()

    account = AdAccount.objects.get(name="Northwind Tokyo")
    assert f'href="/ad-accounts/{account.pk}/finance/payment/"' in page


def test_an_ad_account_is_found_by_name_and_by_id(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    make_ad_account(business_center, cast.ben, at, "EUR")
    browser, url = client_of(cast.ben), f"/bc/{business_center.pk}/ad-accounts/"

    for text in ("north usd", "wind usd", str(ad_account.pk)):
        found = list(browser.get(url, {"q": text}).context["page"])
        assert found == ([] if text == "north usd" else [ad_account])


def test_the_settings_say_what_is_fixed_and_why(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.ben).get(f"/ad-accounts/{ad_account.pk}/settings/").content.decode()

    assert "America/New_York, always UTC-05:00" in page
    assert "Currency and time zone cannot be changed" in page


@pytest.mark.parametrize("website", ["not a url", "javascript:alert(1)", "ftp://x.example", ""])
def test_a_website_that_no_browser_opens_is_refused_with_an_example(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client], website: str
) -> None:
    url = f"/bc/{business_center.pk}/ad-accounts/new/"
    answer = client_of(cast.ben).post(url, NEW | {"website": website})

    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["website"]
    assert ("such as https://shop.example" in said) == bool(website)
