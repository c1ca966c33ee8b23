"""Accounts at the edges: empty, without audience, with everything off, with enormous budgets."""

from __future__ import annotations

import numpy as np
import pytest

from campaigns.delivery.compiler import compile_plan
from campaigns.delivery.engine import simulate
from campaigns.delivery.plan import Limit
from campaigns.delivery.rows import AccountRow, AdRow, CampaignRow
from campaigns.delivery.state import State

from .practice import HOUR, MONDAY, RICH, Run, account, group

ACCOUNT = AccountRow(1, "USD", 10_000, 0)


def test_an_account_without_ads_delivers_nothing() -> None:
    bare = compile_plan(ACCOUNT, [], [], [])
    waiting = compile_plan(ACCOUNT, [CampaignRow(1, "REACH")], [group()], [])

    for plan in (bare, waiting):
        outcome = simulate(
            plan, State.empty(), slot_start=MONDAY, active=np.empty(0), spendable_micros=RICH
        )
        assert len(outcome.facts) == outcome.spend == 0


def test_an_audience_of_nobody_delivers_nothing() -> None:
    run = Run(account([group(countries=()), group(2)])).hours(3)

    assert run.per_ad("impressions")[:2].tolist() == [0, 0]
    assert run.outcomes[-1].limited_by[:2].tolist() == [Limit.SUPPLY] * 2
    assert run.per_ad("impressions")[2:].min() > 0


@pytest.mark.parametrize("wallet", [0, 1, 9_999])
def test_a_wallet_without_a_cent_delivers_nothing(wallet: int) -> None:
    outcome = Run(account([group(billing_event="CPC")]), wallet_micros=wallet).step()

    assert len(outcome.facts) == 0
    assert outcome.balance_exhausted
    assert set(outcome.limited_by.tolist()) == {Limit.BALANCE}


def test_a_schedule_that_is_over_or_has_not_begun_is_off() -> None:
    groups = [group(1, end=MONDAY), group(2, start=MONDAY + HOUR), group(3)]

    outcome = Run(account(groups)).step()

    assert outcome.limited_by.tolist() == [Limit.OFF] * 4 + [Limit.NONE] * 2


def test_enormous_budgets_buy_the_audience_and_overflow_nothing() -> None:
    groups = [group(key, budget=10**14, countries=("ID", "US")) for key in range(1, 21)]
    run = Run(account(groups, currency="KRW"), wallet_micros=10**24).hours(3)

    assert run.total("impressions") > 10**7
    assert all((outcome.facts["cost_micros"] > 0).all() for outcome in run.outcomes)
    assert set(run.outcomes[-1].limited_by.tolist()) == {Limit.SUPPLY}


def test_a_click_that_costs_more_than_the_budget_is_not_given_away() -> None:
    run = Run(account([group(budget=20, billing_event="CPC")])).hours(24)

    assert run.total("impressions") == run.total("spend") == 0


def test_an_account_of_unknown_currency_or_country_is_refused() -> None:
    with pytest.raises(KeyError, match="XTS"):
        compile_plan(ACCOUNT._replace(currency="XTS"), [], [], [])
    with pytest.raises(KeyError, match="AQ"):
        account([group(countries=("AQ",))])


def test_image_ads_billed_by_view_are_billed_by_impression() -> None:
    row = group(billing_event="CPV", optimization_goal="ENGAGED_VIEW")
    run = Run(account([row], ads=[AdRow(1, 1, is_video=False)])).hours(24)

    assert 0.9 * 10_000 < run.total("spend") <= 10_000
