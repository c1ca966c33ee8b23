"""A trainer lets an ad account go above its budgets; everybody in it sees that, and since when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import ActivityEntry, Notification
from adaccounts.models import AdAccount
from adaccounts.services import set_over_delivery
from tests.factories.accounts import Cast

DESK = "/practice/desk/"
NOTICE = "Over-delivery is on"


@pytest.fixture
def switch(ad_account: AdAccount) -> str:
    return f"{DESK}ad-accounts/{ad_account.pk}/over-delivery/"


def pages_of(account: AdAccount, mia: Client) -> list[str]:
    urls = (f"/ad-accounts/{account.pk}/", f"/ad-accounts/{account.pk}/campaigns/")
    return [mia.get(url).content.decode() for url in urls]


def test_it_is_off_until_a_trainer_switches_it_on_and_off_again(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], switch: str, at: datetime
) -> None:
    tom, mia = client_of(cast.tom), client_of(cast.mia)
    assert ad_account.over_delivery is False
    assert not any(NOTICE in page for page in pages_of(ad_account, mia))
    found = tom.get(DESK, {"account": "wind usd"}).content.decode()
    assert "Switch over-delivery of Northwind USD on" in found
    assert "comes back to the balance when the day closes" in found

    tom.post(switch, {"over_delivery": "on"})

    ad_account.refresh_from_db()
    assert (ad_account.over_delivery, ad_account.over_delivery_changed_at) == (True, at)
    assert all(NOTICE in page for page in pages_of(ad_account, mia))
    assert "Switch over-delivery of Northwind USD off" in tom.get(DESK).content.decode()

    tom.post(switch, {"over_delivery": "off"})

    ad_account.refresh_from_db()
    assert ad_account.over_delivery is False
    assert not any(NOTICE in page for page in pages_of(ad_account, mia))


def test_switching_twice_is_one_change_in_the_log_and_in_the_bell(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], switch: str
) -> None:
    tom = client_of(cast.tom)
    for _ in range(2):
        tom.post(switch, {"over_delivery": "on"})

    entry = ActivityEntry.objects.get(action="set_over_delivery")
    assert (entry.actor, entry.ad_account_id) == (cast.tom, ad_account.pk)
    assert "was switched on: days may go up to 25 % above their budget" in entry.summary
    log = client_of(cast.ben).get(f"/ad-accounts/{ad_account.pk}/activity/").content.decode()
    assert entry.summary in log
    assert Notification.objects.get(user=cast.ben, key=f"over_delivery:{entry.pk}")


def test_what_is_neither_on_nor_off_changes_nothing(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], switch: str
) -> None:
    page = client_of(cast.tom).post(switch, {"over_delivery": "maybe"}, follow=True)

    assert "Choose on or off." in page.content.decode()
    ad_account.refresh_from_db()
    assert ad_account.over_delivery is False


def test_hours_from_before_the_switch_are_delivered_as_they_were(
    ad_account: AdAccount, at: datetime
) -> None:
    hour = timedelta(hours=1)
    assert not ad_account.over_delivers(at)

    on = set_over_delivery(ad_account=ad_account, is_on=True, actor=None, at=at)
    assert [on.over_delivers(at + n * hour) for n in (-1, 0, 1)] == [False, True, True]

    off = set_over_delivery(ad_account=ad_account, is_on=False, actor=None, at=at + hour)
    assert [off.over_delivers(at + n * hour) for n in (0, 1, 2)] == [True, False, False]
