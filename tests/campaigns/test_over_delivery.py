"""When a day closes, each campaign has back what it billed above its budget, and only once."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from adaccounts.models import AdAccount
from billing.queries import credits_by_campaign, reconcile, spend_by_campaign, spendable_balance
from campaigns.delivery import over
from campaigns.delivery.loading import Running, look
from tests.factories.delivered import Delivered, deliver_a_day


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


@pytest.fixture
def running(ad_account: AdAccount, delivered: Delivered, at: datetime) -> Running:
    return look(ad_account, since=at)[0]


def test_the_excess_comes_back_to_the_wallet_campaign_by_campaign(
    ad_account: AdAccount, delivered: Delivered, running: Running, at: datetime
) -> None:
    day = ad_account.day_of(at)
    midnight = ad_account.day_start(day + timedelta(days=1))
    ids = [running.labels[place][0] for place in range(3)]
    before = spendable_balance(ad_account=ad_account)
    facts = {"ad_account": ad_account, "first_day": day, "last_day": day}
    cost = spend_by_campaign(**facts)

    excess = np.array([7_00, 0, 1_00], np.int64)
    assert over.credit(ad_account, day, running, excess, midnight) == 8_00
    over.credit(ad_account, day, running, excess, midnight)

    assert credits_by_campaign(**facts) == {ids[0]: 7_00, ids[2]: 1_00}
    assert spend_by_campaign(**facts) == cost
    assert spendable_balance(ad_account=ad_account) == before + 8_00
    assert reconcile(ad_account=ad_account, month=day).agrees


def test_a_day_within_its_budgets_is_credited_nothing(
    ad_account: AdAccount, running: Running, at: datetime
) -> None:
    day = ad_account.day_of(at)
    for excess in (None, np.zeros(3, np.int64)):
        assert over.credit(ad_account, day, running, excess, at) == 0

    assert not credits_by_campaign(ad_account=ad_account, first_day=day, last_day=day)
