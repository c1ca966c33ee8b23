"""Asset groups give all their accounts to all their members, and take back only what they gave."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessCenter, Membership
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AdAccount, AdAccountUserObjectPermission, AssetGroup
from adaccounts.permissions import Level, level_of, permissions_in
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group


@pytest.fixture
def euro(cast: Cast, business_center: BusinessCenter, at: datetime) -> AdAccount:
    return make_ad_account(business_center, cast.ben, at, "EUR")


@pytest.fixture
def member(cast: Cast, business_center: BusinessCenter) -> Callable[..., Membership]:
    return lambda person: membership_of(person, business_center)


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def test_a_group_is_made_filled_renamed_and_deleted_on_its_pages(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, euro: AdAccount,
    client_of: Callable[..., Client], member,
) -> None:  # fmt: skip
    browser, base = client_of(cast.ben), f"/bc/{business_center.pk}/asset-groups/"
    page = browser.post(base, {"name": "Europe"}).headers["Location"]
    fay = member(cast.fay)

    assert [*browser.get(page, {"account": "EUR"}).context["accounts_found"]] == [euro]
    assert [*browser.get(page, {"find": "fay"}).context["found"]] == [fay]
    browser.post(f"{page}accounts/", {"ad_account": euro.pk})
    browser.post(f"{page}accounts/", {"ad_account": ad_account.pk})
    browser.post(f"{page}members/", {"member": fay.pk, "level": "operator"})
    assert level(cast.fay, euro) == level(cast.fay, ad_account) == Level.OPERATOR

    browser.post(f"{page}members/", {"member": fay.pk, "level": "analyst"})
    browser.post(f"{page}accounts/", {"ad_account": ad_account.pk, "act": "remove"})
    browser.post(page, {"name": "Eurozone"})
    assert level(cast.fay, euro) == Level.ANALYST
    assert level(cast.fay, ad_account) is None
    assert AssetGroup.objects.get().name == "Eurozone"

    browser.post(f"{page}delete/")
    assert level(cast.fay, euro) is None
    assert not AssetGroup.objects.exists()
    lost = client_of(cast.fay).get(f"/ad-accounts/{euro.pk}/campaigns/")
    assert lost.status_code == 403


def test_what_was_given_directly_stays(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, member
) -> None:
    group = make_group(
        business_center, at, ad_accounts=[ad_account],
        members={member(cast.mia): Level.ADMIN, member(cast.ana): Level.ANALYST},
    )  # fmt: skip
    assert level(cast.mia, ad_account) == Level.ADMIN

    services.delete_asset_group(group=group, actor=cast.ben, at=at)

    assert level(cast.mia, ad_account) == Level.OPERATOR
    assert level(cast.ana, ad_account) == Level.ANALYST


def test_two_groups_give_the_higher_level_and_one_of_them_stays(
    cast: Cast, business_center: BusinessCenter, euro: AdAccount, at: datetime, member
) -> None:
    first, _ = (
        make_group(business_center, at, name, ad_accounts=[euro], members={member(cast.fay): held})
        for name, held in (("Admins", Level.ADMIN), ("Analysts", Level.ANALYST))
    )

    services.take_from_asset_group(group=first, members=[member(cast.fay)], actor=None, at=at)

    assert level(cast.fay, euro) == Level.ANALYST


def test_the_last_admin_cannot_lose_an_account_by_a_group(
    cast: Cast, business_center: BusinessCenter, euro: AdAccount, at: datetime,
    client_of: Callable[..., Client], member,
) -> None:  # fmt: skip
    group = make_group(
        business_center, at, ad_accounts=[euro], members={member(cast.mia): Level.ADMIN}
    )
    services.revoke_access(ad_account=euro, user=cast.ben, actor=cast.ben, at=at)
    page = f"/bc/{business_center.pk}/asset-groups/{group.pk}/"

    said = client_of(cast.ben).post(f"{page}delete/")

    assert said.status_code == 422
    assert "Without this group Northwind EUR has no Admin" in said.content.decode()
    assert level(cast.mia, euro) == Level.ADMIN


@pytest.mark.parametrize("name", ["", " ", "europe", "x" * 101])
def test_a_group_needs_a_name_of_its_own(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of, name: str
) -> None:
    make_group(business_center, at, "Europe")

    answer = client_of(cast.ben).post(f"/bc/{business_center.pk}/asset-groups/", {"name": name})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]


def test_accounts_and_members_of_others_stay_out(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    carls = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    carl = membership_of(cast.carl, carl_and_co())

    for wrong in ({"ad_accounts": [carls]}, {"members": {carl: Level.ANALYST}}):
        with pytest.raises(services.InvalidGroup):
            make_group(business_center, at, **wrong)


def test_a_large_group_costs_as_many_queries_as_a_small_one(
    cast: Cast, business_center: BusinessCenter, at: datetime, member
) -> None:
    def counted(name: str, accounts: list[AdAccount]) -> int:
        group = make_group(business_center, at, name, ad_accounts=accounts)
        with CaptureQueriesContext(connection) as queries:
            services.add_to_asset_group(
                group=group, members={member(cast.fay): Level.ANALYST}, actor=None, at=at
            )
            services.delete_asset_group(group=group, actor=None, at=at)
        return len(queries)

    many = [make_ad_account(business_center, None, at, name=f"No {n}") for n in range(12)]

    assert counted("One", many[:1]) == counted("Twelve", many)
    assert not AdAccountUserObjectPermission.objects.exclude(group=None).exists()
