"""An hour broken off at any of its statements leaves nothing, and is then delivered whole."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from adaccounts.models import AdAccount
from campaigns.delivery import day_sums
from campaigns.models import DeliveryCursor, Objective
from campaigns.services import deliver_slot, deliver_until
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad, make_tree

from .histories import history

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
BEFORE_MIDNIGHT = 13  # hours after the story's 10:00: this one closes the day


class BrokenOff(BaseException):
    """As nobody catches it, like a killed worker or a lost connection."""


class Limit:
    """Around every statement: the one that has this number is the last, answered or not."""

    def __init__(self, number: int, *, is_answered: bool) -> None:
        self.left, self.is_answered = number, is_answered

    def __call__(self, execute: Any, *statement: Any) -> Any:
        self.left -= 1
        if self.left < 0 and not self.is_answered:
            raise BrokenOff
        answer = execute(*statement)
        if self.left < 0:
            raise BrokenOff
        return answer


@pytest.fixture(params=[0, 10_000], ids=["added up on the way", "by the database"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large accounts remember the sums of their open day."""
    monkeypatch.setattr(day_sums, "LARGE", request.param)


@pytest.fixture
def twins(ad_account: AdAccount, at: datetime, size: None) -> list[AdAccount]:
    """Two accounts alike that sell, at the last hour of their first day."""
    made = []
    for name in ("Calm", "Troubled"):
        account = make_ad_account(ad_account.business_center, None, at, name=name, seed=77)
        fund(account, 900_000, at)
        shop = make_tree(account, at, campaign={"objective": Objective.WEB_CONVERSIONS})
        for ad in (shop.ad, make_ad(shop.group, at), make_tree(account, at).ad):
            approve(ad, at)
        make_ad(shop.group, at)  # its review falls due on the way
        DeliveryCursor.objects.filter(pk=account.pk).update(next_slot=at - 10 * HOUR)  # midnight
        deliver_until(ad_account_id=account.pk, until=at + BEFORE_MIDNIGHT * HOUR)
        made.append(account)
    return made


def is_broken_off(account: AdAccount, slot: datetime, limit: Limit) -> bool:
    """The hour is tried; False when the limit was enough for it."""
    with connection.execute_wrapper(limit):
        try:
            return not deliver_slot(ad_account_id=account.pk, slot=slot)
        except BrokenOff:
            return True


@pytest.mark.parametrize("is_answered", [False, True], ids=["before", "after"])
def test_nothing_is_left_and_then_everything(
    twins: list[AdAccount], at: datetime, is_answered: bool
) -> None:
    calm, troubled = twins
    slot = at + BEFORE_MIDNIGHT * HOUR
    before = history(troubled)

    number = 0
    while is_broken_off(troubled, slot, Limit(number, is_answered=is_answered)):
        assert history(troubled) == before, number
        number += 1
    deliver_slot(ad_account_id=calm.pk, slot=slot)
    for account in twins:
        deliver_until(ad_account_id=account.pk, until=slot + 3 * HOUR)

    assert number > 10
    assert history(troubled) == history(calm)
    assert len(history(calm)["days"]) == 4
