"""A partner's people stay on their side, however high the level at which they were let in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset, Standing
from accounts.services import add_member
from adaccounts.models import AccessRequest, AdAccount
from adaccounts.permissions import AssetRole, Level, Permission, preset_access
from adaccounts.services import (
    add_person,
    ask_for_access,
    create_asset,
    grant_access,
    grant_asset,
    link_asset,
    revoke_access,
    share_account,
    share_asset,
)
from tests.factories.accounts import Cast, make_business_center, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_pixel


@pytest.fixture
def carl_manages(cast: Cast, ad_account: AdAccount, at: datetime) -> User:
    share_account(
        ad_account=ad_account, partner=carl_and_co(), level=Level.ADMIN, actor=cast.ben, at=at
    )
    return cast.carl


def test_who_manages_by_a_partner_decides_nothing_as_a_member(
    carl_manages: User, cast: Cast, business_center: BusinessCenter, ad_account: AdAccount,
    at: datetime, client_of: Callable[..., Client],
) -> None:  # fmt: skip
    """He is a member of the owner too, without anything there."""
    who: dict[str, Any] = {"actor": cast.ben, "at": at}
    add_member(business_center=business_center, user=carl_manages, standing=Standing(), **who)
    asked = ask_for_access(
        user=cast.ana, permission=Permission.MANAGE_ACCOUNT, business_center=business_center,
        ad_account=ad_account, at=at,
    )  # fmt: skip
    base = f"/bc/{business_center.pk}/users/requests/"

    browser = client_of(carl_manages)
    answers = [browser.get(base), browser.post(f"{base}{asked.pk}/", {"decision": "approve"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert AccessRequest.objects.get().state == "pending"


def test_the_log_of_a_shared_account_leaves_the_owners_people_and_partners_out(
    carl_manages: User, cast: Cast, ad_account: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    who: dict[str, Any] = {"ad_account": ad_account, "actor": cast.ben, "at": at}
    rival = make_business_center(make_person("Rita Rival"), at, name="Rival & Sons")
    share_account(partner=rival, level=Level.ANALYST, **who)
    grant_access(user=cast.fay, level=Level.ANALYST, **who)
    page = f"/ad-accounts/{ad_account.pk}/activity/"

    theirs = client_of(carl_manages).get(page).content.decode()
    own = client_of(cast.ben).get(page).content.decode()

    for name in ("Fay Finance", "Rival &amp; Sons", "Rita Rival"):
        assert name in own
        assert name not in theirs
    assert "Created the ad account" in theirs


def test_a_shared_pixel_does_not_name_ad_accounts_that_are_not_shared(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    who: dict[str, Any] = {"actor": cast.ben, "at": at}
    hidden = make_ad_account(business_center, cast.ben, at, name="Secret launch")
    pixel = make_pixel(cast, business_center, at)
    link_asset(asset=pixel, ad_accounts=[ad_account, hidden], **who)
    share_asset(asset=pixel, partner=carl_and_co(), role=AssetRole.MANAGER, **who)
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.MANAGER, **who)

    pages = {
        person.email: client_of(person).get(f"/assets/{pixel.pk}/?account=e").content.decode()
        for person in (cast.ben, cast.mia, cast.carl)
    }

    for person, sees_all in ((cast.ben, True), (cast.mia, False), (cast.carl, False)):
        assert "Northwind USD" in pages[person.email]
        assert ("Secret launch" in pages[person.email]) == sees_all


def test_who_manages_a_pixel_links_only_ad_accounts_they_may_enter(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    hidden = make_ad_account(business_center, cast.ben, at, name="Secret launch")
    pixel = make_pixel(cast, business_center, at)
    who: dict[str, Any] = {"actor": cast.ben, "at": at}
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.MANAGER, **who)
    browser, page = client_of(cast.mia), f"/assets/{pixel.pk}/accounts/"

    answers = [
        browser.post(page, {"act": "add", "ad_account": each.pk}).status_code
        for each in (ad_account, hidden)
    ]

    assert answers == [302, 404]
    assert list(pixel.ad_accounts.all()) == [ad_account]


def test_a_colleague_below_the_share_gets_no_more_by_a_forged_form(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    cora = make_person("Cora", "cora@carlandco.example")
    access = preset_access(Preset.ANALYST, [ad_account])
    add_person(
        business_center=carl_and_co(), email=cora.email, access=access, actor=cast.carl, at=at
    )
    browser, page = client_of(cast.carl), f"/bc/{carl_and_co().pk}/shared/{ad_account.pk}/"

    above = browser.post(page, {"user": cora.pk, "level": "admin"}, follow=True)
    foreign = browser.post(page, {"user": cast.ana.pk, "level": "analyst"})

    assert "is shared with Carl" in above.content.decode()
    assert foreign.status_code == 404


def test_who_manages_by_a_partner_does_not_switch_the_account_off_as_a_member(
    carl_manages: User, cast: Cast, business_center: BusinessCenter, ad_account: AdAccount,
    at: datetime, client_of: Callable[..., Client],
) -> None:  # fmt: skip
    who: dict[str, Any] = {"actor": cast.ben, "at": at}
    add_member(business_center=business_center, user=carl_manages, standing=Standing(), **who)

    answer = client_of(carl_manages).post(f"/ad-accounts/{ad_account.pk}/settings/disable/")

    assert answer.status_code == 403
    ad_account.refresh_from_db()
    assert ad_account.is_approved


def test_what_an_admin_does_not_manage_shows_its_level_and_no_controls(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    grant_access(ad_account=ad_account, user=cast.mia, level=Level.ADMIN, actor=cast.ben, at=at)
    revoke_access(ad_account=ad_account, user=cast.ben, actor=cast.ben, at=at)
    url = f"/bc/{business_center.pk}/partners/{carl_and_co().pk}/"

    page = client_of(cast.ben).get(url).content.decode()

    assert "Northwind USD" in page
    assert "Who manages the account changes it" in page
    assert "Stop sharing" not in page
    assert "Revoke everything" in page


def test_an_asset_is_shared_back_with_who_only_shares_with_us(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    catalog = create_asset(
        business_center=carl_and_co(), kind="catalog", name="Coats", actor=cast.carl, at=at
    )
    page = client_of(cast.carl).get(f"/bc/{carl_and_co().pk}/partners/{business_center.pk}/")

    assert [*page.context["assets"]] == [catalog]


def test_adding_a_partner_again_says_so(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    ben, url = client_of(cast.ben), f"/bc/{business_center.pk}/partners/"
    again = ben.post(url, {"partner_id": carl_and_co().pk}, follow=True)
    assert "This is a partner already." in again.content.decode()
