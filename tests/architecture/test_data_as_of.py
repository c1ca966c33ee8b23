"""Every page of an ad account or Business Center says how fresh its figures are."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from campaigns.services import deliver_until
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account

from .routes import ROUTES
from .test_access import ARGUMENTS, PAGES, address_of, own_things, world

__all__ = ["world"]
OF_A_PLACE = {"ad_account_id", "business_center_id", "asset_id"}


def pages_of_places() -> list[str]:
    """Names of the routes that name an ad account, a Business Center or an asset of one."""
    return [
        name
        for name, route in ROUTES.items()
        if route.get == 200 and OF_A_PLACE & set(ARGUMENTS.findall(PAGES[name]))
    ]


def test_every_page_of_a_place_says_how_fresh_it_is(
    cast: Cast,
    world: dict[str, object],
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[[User], Client],
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + timedelta(hours=3))
    world |= own_things(cast.ben)
    browser = client_of(cast.ben)

    silent, told = [], []
    for name in pages_of_places():
        page = browser.get(address_of(name, world))
        html = page.headers["Content-Type"].startswith("text/html") and page.content.decode()
        if not html or "<!DOCTYPE html>" not in html:
            continue
        is_told = html.count("Data as of") == 1 and "Mon 2 Nov 2026, 13:00" in html
        (told if is_told and "America/New_York (UTC-05:00)" in html else silent).append(name)

    assert silent == []
    assert len(told) > 50


def test_pages_of_the_person_alone_say_nothing_of_it(
    cast: Cast, ad_account: AdAccount, client_of: Callable[[User], Client]
) -> None:
    for address in ("/notifications/", "/profile/", "/practice/clock/"):
        assert 'class="as-of"' not in client_of(cast.ben).get(address).content.decode()


def test_a_business_center_is_as_fresh_as_the_last_of_its_ad_accounts(
    cast: Cast,
    world: dict[str, object],
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[[User], Client],
) -> None:
    def shown(person: User, address: str) -> str:
        return client_of(person).get(address).content.decode()

    deliver_until(ad_account_id=ad_account.pk, until=at + timedelta(hours=3))
    new = make_ad_account(business_center, cast.ben, at, "EUR", name="New")
    carls = cast.carl.memberships.get().business_center_id

    assert "Nothing was delivered yet" in shown(cast.ben, f"/ad-accounts/{new.pk}/settings/")
    assert "Data as of" in shown(cast.ben, f"/bc/{business_center.pk}/users/")
    assert "13:00" in shown(cast.carl, f"/bc/{carls}/ad-accounts/")
