"""When a day closes, each campaign has back what it billed above its budget, and only once."""

from dataclasses import replace
from datetime import datetime, timedelta
from zlib import compress, decompress

import numpy as np
import pytest

from adaccounts.models import AdAccount
from adaccounts.services import set_over_delivery
from billing.queries import credits_by_campaign, reconcile, spend_by_campaign, spendable_balance
from campaigns.delivery import over
from campaigns.delivery.loading import Running, look
from campaigns.delivery.state import State
from campaigns.models import AdGroup, DeliveryCursor
from tests.factories.delivered import Delivered, deliver_a_day


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


@pytest.fixture
def running(ad_account: AdAccount, delivered: Delivered, at: datetime) -> Running:
    return look(ad_account, since=at)[0]


@pytest.fixture
def allowed(ad_account: AdAccount, delivered: Delivered, at: datetime) -> AdAccount:
    return set_over_delivery(ad_account=ad_account, is_on=True, actor=None, at=at)


def state_with(groups: dict[int, int], campaigns: dict[int, int]) -> bytes:
    """The cursor's state, as if the daily budgets had been exceeded by these minor units."""
    cursor = DeliveryCursor.objects.get()
    state = State.from_bytes(decompress(cursor.state))
    tables = {}
    for name, excess in (("groups", groups), ("campaigns", campaigns)):
        ledger = getattr(state, name)
        more = np.array([excess.get(key, 0) for key in ledger.key.tolist()], np.int64)
        highest = np.where(more > 0, (ledger.billed_day_minor - more) * 10_000, 2**62)
        tables[name] = replace(ledger, highest_day_micros=highest)
    return compress(replace(state, **tables).to_bytes())


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


def test_the_state_knows_the_excess_of_groups_and_of_campaigns(
    allowed: AdAccount, delivered: Delivered
) -> None:
    """The larger of both counts; budgets that were kept are not touched."""
    day = allowed.day_of(delivered.until)
    coats, shoes, _ = delivered.trees
    state = state_with({coats.group.pk: 300, shoes.group.pk: 100}, {shoes.campaign.pk: 120})

    for _ in range(2):
        assert over.credit_day(allowed, day, state, delivered.until) == 420

    found = credits_by_campaign(ad_account=allowed, first_day=day, last_day=day)
    assert found == {coats.campaign.pk: 300, shoes.campaign.pk: 120}


def test_another_day_and_an_account_that_never_over_delivered_are_credited_nothing(
    ad_account: AdAccount, allowed: AdAccount, delivered: Delivered
) -> None:
    group = AdGroup.objects.get(pk=delivered.trees[0].group.pk)
    day, state = allowed.day_of(delivered.until), state_with({group.pk: 300}, {})

    assert over.credit_day(allowed, day - timedelta(days=1), state, delivered.until) == 0
    assert over.credit_day(allowed, day, b"", delivered.until) == 0
    assert over.credit_day(ad_account, day, state, delivered.until) == 0
