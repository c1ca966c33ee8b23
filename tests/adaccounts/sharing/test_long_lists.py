"""Pages with two long lists: each list has pages of its own, and turning one leaves the other."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from adaccounts import services
from adaccounts.permissions import Level, preset_access
from tests.factories.accounts import Cast, make_business_center, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group

MANY = 26


def second_page_of(name: str, browser: Client, url: str):
    """What the page's own link to the second page of this list leads to."""
    page = browser.get(url).content.decode()
    links = re.findall(r'href="(\?[^"]+)"[^>]*aria-label="Page 2"', page)
    (link,) = [each for each in links if f"{name}=2" in each]
    return browser.get(f"{url}{link}")


def test_the_twenty_sixth_member_of_a_group_is_on_its_second_page(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    members = {}
    for number in range(MANY):
        person = make_person(f"Member {number:02}")
        members[
            services.add_person(
                business_center=business_center, email=person.email,
                access=preset_access(Preset.ANALYST), actor=cast.ben, at=at,
            )
        ] = Level.ANALYST  # fmt: skip
    group = make_group(business_center, at, members=members)
    url = f"/bc/{business_center.pk}/asset-groups/{group.pk}/"

    shown = second_page_of("people", client_of(cast.ben), url).content.decode()

    assert "Member 25" in shown
    assert "Member 24" not in shown


@pytest.fixture
def many_shared(cast: Cast, business_center: BusinessCenter, at: datetime) -> None:
    """Carl & Co may enter 26 ad accounts of Northwind, beside the one of the cast."""
    for number in range(MANY):
        services.share_account(
            ad_account=make_ad_account(
                business_center, cast.ben, at, name=f"Shop {number:02}"
            ),
            partner=carl_and_co(), level=Level.ANALYST, actor=cast.ben, at=at,
        )  # fmt: skip


def test_a_partner_reaches_all_that_is_shared_with_it(
    cast: Cast, business_center: BusinessCenter, many_shared, client_of: Callable[..., Client]
) -> None:
    url = f"/bc/{carl_and_co().pk}/partners/{business_center.pk}/"

    shown = second_page_of("taken", client_of(cast.carl), url).content.decode()

    assert "Shop 25" in shown
    assert "Shop 01" not in shown


def test_who_shares_with_us_has_pages_too(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    for number in range(MANY):
        other = make_business_center(make_person(), at, name=f"Client {number:02}")
        services.add_partner(business_center=other, partner=business_center, actor=None, at=at)
    url = f"/bc/{business_center.pk}/partners/"

    shown = second_page_of("taken", client_of(cast.ben), url).content.decode()

    assert "Client 25" in shown
    assert "Client 24" not in shown


def test_all_our_own_requests_are_reached(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    for number in range(MANY):
        account = make_ad_account(business_center, cast.ben, at, name=f"Shop {number:02}")
        asked = services.request_link(
            business_center=carl_and_co(), ad_account_id=account.pk, level=Level.ANALYST, note="",
            actor=cast.carl, at=at,
        )  # fmt: skip
        services.decide_link(
            request=asked, approve=True, level=Level.ANALYST, actor=cast.ben, at=at
        )
    url = f"/bc/{carl_and_co().pk}/ad-accounts/link-requests/"

    assert "Shop 00" not in client_of(cast.carl).get(url).content.decode()
    assert "Shop 00" in second_page_of("ours", client_of(cast.carl), url).content.decode()
