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
from campaigns.delivery.state import State
from campaigns.models import AdGroup, DeliveryCursor
from campaigns.services import deliver_until
from tests.factories.delivered import Delivered, deliver_a_day


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


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


def test_what_a_day_spent_above_its_budgets_comes_back_at_midnight_campaign_by_campaign(
    ad_account: AdAccount, at: datetime
) -> None:
    day = ad_account.day_of(at) + timedelta(days=1)
    set_over_delivery(ad_account=ad_account, is_on=True, actor=None, at=at)
    deliver_a_day(ad_account, at)
    midnight = ad_account.day_start(day + timedelta(days=1))
    before_last = midnight - timedelta(hours=1)

    deliver_until(ad_account_id=ad_account.pk, until=before_last)
    balance = spendable_balance(ad_account=ad_account)
    assert not credits_by_campaign(ad_account=ad_account, first_day=day, last_day=day)
    deliver_until(ad_account_id=ad_account.pk, until=midnight)

    facts = {"ad_account": ad_account, "first_day": day, "last_day": day}
    spent, credited = spend_by_campaign(**facts), credits_by_campaign(**facts)
    budgets = dict(AdGroup.objects.values_list("campaign_id", "budget"))
    assert credited == {key: spent[key] - budgets[key] for key in budgets if key in credited}
    assert len(credited) == 3
    assert all(credited[key] > 0.2 * budgets[key] for key in budgets)
    last_hour = balance - spendable_balance(ad_account=ad_account) + sum(credited.values())
    assert 0 <= last_hour < sum(spent.values())
    assert reconcile(ad_account=ad_account, month=day).agrees


def test_a_day_within_its_budgets_is_credited_nothing(
    allowed: AdAccount, delivered: Delivered, at: datetime
) -> None:
    day = allowed.day_of(at)

    assert over.credit_day(allowed, day, bytes(DeliveryCursor.objects.get().state), at) == 0

    assert not credits_by_campaign(ad_account=allowed, first_day=day, last_day=day)


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
