"""Nobody ever pays more than a budget or the wallet holds, whatever happens to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.delivery.plan import Billing, Plan
from campaigns.delivery.rows import AdRow, CampaignRow

from .practice import MONDAY, Run, account, group

BILLED = {
    Billing.CPM: "impressions",
    Billing.OCPM: "impressions",
    Billing.CPC: "clicks",
    Billing.CPV_6S: "watched_6s",
    Billing.CPV_2S: "watched_2s",
}
MODES = ("BUDGET_MODE_DAY", "BUDGET_MODE_TOTAL")
PACINGS = ("PACING_MODE_SMOOTH", "PACING_MODE_FAST")
BIDDING = (
    ("CPM", "REACH"),
    ("CPC", "CLICK"),
    ("CPV", "ENGAGED_VIEW"),
    ("CPV", "VIDEO_VIEW"),
    ("OCPM", "CONVERT"),
)


@st.composite
def accounts(draw: st.DrawFn) -> Plan:
    """Two campaigns, up to five groups, up to four ads each; small budgets of every kind."""
    campaigns = []
    for key in (1, 2):
        capped = draw(st.booleans())
        campaigns.append(
            CampaignRow(
                key,
                draw(st.sampled_from(("TRAFFIC", "WEB_CONVERSIONS", "VIDEO_VIEWS"))),
                draw(st.sampled_from(MODES)) if capped else "BUDGET_MODE_INFINITE",
                draw(st.integers(1, 9000)) if capped else None,
                is_budget_optimized=capped and draw(st.booleans()),
            )
        )
    groups = []
    for key in range(1, draw(st.integers(1, 5)) + 1):
        billing, goal = draw(st.sampled_from(BIDDING))
        groups.append(
            group(
                key,
                campaign_key=draw(st.sampled_from((1, 2))),
                countries=draw(st.sampled_from((("US",), ("NZ", "US"), ("JP",)))),
                budget_mode=draw(st.sampled_from(MODES)),
                budget=draw(st.one_of(st.none(), st.integers(1, 9000))),
                pacing=draw(st.sampled_from(PACINGS)),
                billing_event=billing,
                optimization_goal=goal,
                end=draw(st.one_of(st.none(), st.integers(1, 60).map(lambda h: MONDAY + h * 3000))),
            )
        )
    ads = [
        AdRow(10 * g.key + i, g.key, is_video=draw(st.booleans()))
        for g in groups
        for i in range(draw(st.integers(1, 4)))
    ]
    currency = draw(st.sampled_from(("USD", "JPY")))
    return account(groups, campaigns, ads, seed=draw(st.integers(0, 2**63)), currency=currency)


def check_hour(run: Run, wallet_before: int) -> None:
    """Costs are events times one integer price; what is billed fits the wallet."""
    outcome, plan = run.outcomes[-1], run.plan
    for fact in outcome.facts:
        events = int(fact[BILLED[Billing(plan.billing[fact["ad_ix"]])]])
        cost = int(fact["cost_micros"])
        assert cost == 0 or (events > 0 and cost % events == 0)
        assert fact["impressions"] > 0
        assert fact["spend"] >= 0
    assert outcome.cost_micros <= wallet_before
    assert run.wallet_micros >= 0


def check_budgets(run: Run, index: np.ndarray, daily: np.ndarray, lifetime: np.ndarray) -> None:
    """Costs and bills, by day and in all, of the owners that `index` gives each ad."""

    def add(per_ad: np.ndarray) -> np.ndarray:
        total = np.zeros(len(daily), np.int64)
        np.add.at(total, index, per_ad)
        return total

    minor = run.plan.micros_per_minor
    for day in range(0, len(run.outcomes), 24):
        part = {"first": day, "last": day + 24}
        assert (add(run.per_ad("cost_micros", **part)) <= daily).all()
        assert (add(run.per_ad("spend", **part)) * minor <= daily).all()
    assert (add(run.per_ad("cost_micros")) <= lifetime).all()
    assert (add(run.per_ad("spend")) * minor <= lifetime).all()


@settings(max_examples=40, deadline=None)
@given(
    accounts(),
    st.integers(0, 30_000),
    st.lists(st.sampled_from((0.0, 0.25, 0.5, 1.0)), min_size=30, max_size=40),
)
def test_no_budget_and_no_wallet_is_ever_exceeded(
    plan: Plan, wallet_minor: int, activity: list[float]
) -> None:
    run = Run(plan, wallet_micros=wallet_minor * plan.micros_per_minor)

    for share in activity:
        before = run.wallet_micros
        run.step(share)
        check_hour(run, before)

    check_budgets(run, plan.group_ix, plan.group_daily_micros, plan.group_lifetime_micros)
    of_campaign = plan.campaign_ix[plan.group_ix]
    check_budgets(run, of_campaign, plan.campaign_daily_micros, plan.campaign_lifetime_micros)
    assert run.total("spend") <= wallet_minor


@settings(max_examples=20, deadline=None)
@given(accounts())
def test_bills_add_up_to_the_whole_minor_units_accrued(plan: Plan) -> None:
    run = Run(plan).hours(30)

    accrued = run.per_ad("cost_micros")
    ledger = run.state.ads

    assert (run.per_ad("spend") == accrued // plan.micros_per_minor).all()
    assert sorted(ledger.accrued_micros) == sorted(accrued)
    assert ledger.billed_minor(plan.micros_per_minor).sum() == run.total("spend")


@settings(max_examples=20, deadline=None)
@given(accounts(), st.integers(1, 20), st.integers(0, 3000))
def test_a_budget_cut_below_what_was_spent_stops_spending_and_refunds_nothing(
    plan: Plan, cut_at: int, budget: int
) -> None:
    run = Run(plan).hours(cut_at)
    daily = np.full_like(plan.group_daily_micros, budget * plan.micros_per_minor)
    used = run.state.groups.used_day_micros[np.argsort(np.argsort(plan.group_key))]

    run.plan = replace(plan, group_daily_micros=daily)
    run.hours(24 - cut_at)

    after = np.zeros(len(daily), np.int64)
    np.add.at(after, plan.group_ix, run.per_ad("cost_micros", first=cut_at))
    assert (after <= np.maximum(daily - used, 0)).all()


@settings(max_examples=20, deadline=None)
@given(accounts(), st.integers(0, 23))
def test_ads_that_are_off_do_nothing(plan: Plan, hour: int) -> None:
    run = Run(plan, start=MONDAY + 3600 * hour)
    even = np.arange(plan.size) % 2 == 0

    outcome = run.step(np.where(even, 0.0, 1.0))

    assert not even[outcome.facts["ad_ix"]].any()
    assert len(run.step(0.0).facts) == 0


def test_an_emptying_wallet_is_used_to_the_last_cent_or_two() -> None:
    left = []
    for seed in range(10):
        run = Run(
            account([group(1), group(2, budget=20_000)], seed=seed), wallet_micros=3000 * 10_000
        )
        run.hours(48)
        left.append(run.wallet_micros // 10_000)
        assert run.outcomes[-1].balance_exhausted

    assert max(left) <= 100  # less than the click it cannot pay
    assert run.total("spend") + left[-1] == 3000


MANY = [AdRow(i, 1 + i % 2) for i in range(1, 61)]


def test_the_bill_of_each_day_fits_the_budget_although_cents_are_carried_over_midnight() -> None:
    """Sixty ads carry about thirty cents from one day into the next."""
    fast = {"billing_event": "CPM", "pacing": "PACING_MODE_FAST"}
    shared = CampaignRow(2, "TRAFFIC", "BUDGET_MODE_DAY", 777, is_budget_optimized=True)
    groups = [group(1, budget=501, **fast), group(2, campaign_key=2, budget=None, **fast)]
    run = Run(account(groups, [CampaignRow(1, "TRAFFIC"), shared], MANY)).hours(10 * 24)

    for day in range(10):
        spend = run.per_ad("spend", first=24 * day, last=24 * day + 24)
        first, second = (int(spend[run.plan.group_ix == g].sum()) for g in (0, 1))
        assert 470 < first <= 501
        assert 740 < second <= 777


def test_the_wallet_pays_the_cents_that_were_carried() -> None:
    """Every ad is one micro short of its next cent, and the wallet just holds the hour's cost."""
    run = Run(account([group(1), group(2)], ads=MANY)).hours(12)
    ads = run.state.ads
    brink = replace(ads, accrued_micros=ads.accrued_micros // 10_000 * 10_000 + 9_999)
    brink_state = replace(run.state, ads=brink)
    rich = Run(run.plan, run.now, state=brink_state).step()
    assert rich.spend * 10_000 > rich.cost_micros + 10_000

    for wallet in (rich.cost_micros // 10_000 + 1, 100, 30, 3):
        poor = Run(run.plan, run.now, wallet * 10_000, brink_state)
        outcome = poor.step()
        paying = np.count_nonzero(outcome.facts["cost_micros"])
        assert 0 < outcome.spend <= wallet
        assert outcome.cost_micros + 9_999 * paying <= wallet * 10_000
        poor.hours(3)
        assert poor.wallet_micros >= 0
