"""From the very moment at which somebody's access ends no list names what they could reach."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import BusinessCenter, Membership, User
from accounts.queries import business_centers_of, memberships_of
from accounts.queries.presence import present_places
from accounts.services import issue_access_token
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import (
    AssetRole,
    assets_visible_to,
    permissions_in,
    visible_to,
)
from adaccounts.services import create_asset, grant_asset
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.factories.accounts import Cast

DAY = timedelta(days=1)


@pytest.fixture
def pixel(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessAsset:
    by_ben: dict[str, Any] = {"actor": cast.ben, "at": at}
    made = create_asset(business_center=business_center, kind="pixel", name="Shop", **by_ben)
    grant_asset(asset=made, user=cast.mia, role=AssetRole.USER, **by_ben)
    return made


@pytest.fixture
def mia_ended(
    cast: Cast, business_center: BusinessCenter, pixel: BusinessAsset, at: datetime
) -> User:
    """Her access ended at this very second, and no worker has been by."""
    row = Membership.objects.filter(user=cast.mia, business_center=business_center)
    row.update(access_ends_at=at)
    return cast.mia


def test_nothing_is_reached_any_more(mia_ended: User, ad_account: AdAccount) -> None:
    assert not visible_to(mia_ended).exists()
    assert permissions_in(mia_ended, ad_account.pk) == set()
    assert not assets_visible_to(mia_ended).exists()
    assert not memberships_of(mia_ended).exists()
    assert not business_centers_of(mia_ended).exists()


@pytest.mark.parametrize("page", ["/profile/", "/notifications/", "/ad-accounts/figures/?id={id}"])
def test_pages_of_the_person_name_nothing(
    mia_ended: User, ad_account: AdAccount, client_of: Callable[..., Client], page: str
) -> None:
    address = page.format(id=ad_account.pk)

    answer = client_of(mia_ended).get(address)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert ad_account.name not in text
    assert "Northwind" not in text.replace(str(mia_ended.email), "")


def test_her_tokens_list_nothing(mia_ended: User, at: datetime) -> None:
    headers = {"Access-Token": issue_access_token(user=mia_ended, at=at)}
    sent = {"app_id": "1", "secret": "any"}

    answer = Client().get("/open_api/v1.3/oauth2/advertiser/get/", sent, headers=headers)

    assert answer.json()["data"] == {"list": []}


@pytest.mark.parametrize("rate", [rate for rate, _ in PracticeClock.RATES])
def test_the_end_is_read_on_the_practice_clock_whatever_its_speed(
    cast: Cast, business_center: BusinessCenter, at: datetime, rate: int
) -> None:
    set_clock(at=at, rate=rate)
    row = Membership.objects.filter(user=cast.mia, business_center=business_center)

    there = []
    for ends in (at - timedelta(seconds=1), at + 30 * DAY):
        row.update(access_ends_at=ends)
        there.append(business_center.pk in present_places(cast.mia))

    assert there == [False, True]


def test_a_fast_clock_without_workers_ends_nobodys_access_overnight(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    set_clock(at=at, rate=PracticeClock.MINUTE_A_DAY)
    night = timedelta(hours=8)
    clock = PracticeClock.objects.get()
    clock.real_anchor -= night
    clock.beat_at = clock.real_anchor
    clock.save()
    row = Membership.objects.filter(user=cast.mia, business_center=business_center)
    row.update(access_ends_at=at + 5 * DAY)

    assert business_center.pk in present_places(cast.mia)
