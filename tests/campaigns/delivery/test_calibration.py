"""The scenario's numbers come out: prices, rates, learning, fatigue, currencies."""

from __future__ import annotations

import numpy as np
import pytest

from campaigns.delivery import goals, market
from campaigns.delivery.funnel import click_factor
from campaigns.delivery.rows import AdRow, CampaignRow

from .practice import MONDAY, Run, account, group


def wide(seed: int, objective: str = "WEB_CONVERSIONS", **settings) -> Run:
    """Sixty ads in twenty groups over one country, a day."""
    settings = {
        "billing_event": "OCPM",
        "optimization_goal": "CONVERT",
        "budget": 20_000,
        **settings,
    }
    groups = [group(key, **settings) for key in range(1, 21)]
    ads = [AdRow(i, 1 + i % 20) for i in range(1, 61)]
    return Run(account(groups, [CampaignRow(1, objective)], ads, seed=seed)).hours(24)


@pytest.fixture(scope="module")
def days() -> list[Run]:
    return [wide(seed) for seed in range(10)]


def rate(runs: list[Run], part: str, whole: str) -> float:
    return sum(r.total(part) for r in runs) / sum(r.total(whole) for r in runs)


def test_the_price_of_a_thousand_impressions_is_the_scenarios(days: list[Run]) -> None:
    june = market.MONTH_PRICE[5]
    expected = market.CPM_USD * june * goals.GOALS["CONVERT"].price * 1000  # micros each

    assert rate(days, "cost_micros", "impressions") == pytest.approx(expected, rel=0.05)


def test_the_click_rate_is_the_scenarios(days: list[Run]) -> None:
    # better creatives get more of the inventory, so a little above the plain average
    assert rate(days, "clicks", "impressions") == pytest.approx(goals.CTR * 1.08, rel=0.08)


def test_click_counts_of_single_ads_spread_as_binomials_do(days: list[Run]) -> None:
    scores = []
    for run in days:
        shown, clicks = run.per_ad("impressions"), run.per_ad("clicks")
        p = run.plan.ctr
        scores.append((clicks - shown * p) / np.sqrt(shown * p * (1 - p)))

    assert abs(np.concatenate(scores).mean()) < 0.12
    assert np.concatenate(scores).std() == pytest.approx(1.0, abs=0.08)


def test_budgets_are_used(days: list[Run]) -> None:
    used = [run.total("spend") / (20 * 20_000) for run in days]

    assert np.median(used) > 0.97
    assert max(used) <= 1


def test_learning_raises_the_conversion_rate() -> None:
    runs = []
    for seed in range(4):
        row = group(billing_event="OCPM", optimization_goal="CONVERT", budget=400_000)
        runs.append(Run(account([row], [CampaignRow(1, "PRODUCT_SALES")], seed=seed)).hours(96))

    def cvr(first: int, last: int) -> float:
        return sum(r.total("conversions", first=first, last=last) for r in runs) / sum(
            r.total("clicks", first=first, last=last) for r in runs
        )

    assert all(50 < r.outcomes[-1].group_results[0] <= r.total("conversions") for r in runs)
    assert cvr(0, 8) < 0.93 * cvr(60, 96)


def test_a_creative_tires_with_contacts_and_a_new_one_is_fresh() -> None:
    contacts = np.array([0, 13_000, 18_500])
    factor = click_factor(contacts, np.full(3, 10_000))

    assert factor[0] == 1.0
    assert factor[1] == pytest.approx(0.85, abs=0.02)  # frequency 2.5
    assert factor[2] == pytest.approx(0.80, abs=0.02)  # 3.1


def test_small_audiences_lose_clicks_over_the_weeks() -> None:
    row = group(
        countries=("NZ",),
        age_groups=("AGE_45_54",),
        operating_systems=("IOS",),
        billing_event="CPM",
        budget=None,
    )
    run = Run(account([row], [CampaignRow(1, "TRAFFIC")])).hours(96)

    def ctr(first: int, last: int) -> float:
        part = {"first": first, "last": last}
        return run.total("clicks", **part) / run.total("impressions", **part)

    assert ctr(72, 96) < 0.8 * ctr(0, 12)


def test_every_country_and_currency_has_a_price_in_proportion() -> None:
    def cpm(currency: str, countries: tuple[str, ...]) -> float:
        budget = int(100 * market.UNITS_PER_USD[currency] * (1 if currency == "JPY" else 100))
        row = group(countries=countries, budget=budget, billing_event="CPM")
        run = Run(account([row], currency=currency)).hours(24)
        return run.total("cost_micros") / run.total("impressions") / 1000

    dollars = cpm("USD", ("US",))
    assert cpm("EUR", ("US",)) == pytest.approx(dollars * 0.92, rel=0.02)
    assert cpm("JPY", ("US",)) == pytest.approx(dollars * 150, rel=0.02)
    assert cpm("USD", ("BR",)) == pytest.approx(dollars * 0.30, rel=0.15)
    assert cpm("USD", ("BR",)) < cpm("USD", ("BR", "US")) < dollars


def test_december_costs_more_than_february() -> None:
    def cpm(day: int) -> float:
        runs = [Run(account(seed=s), start=MONDAY + day * 86_400).hours(6) for s in range(6)]
        return rate(runs, "cost_micros", "impressions")

    assert cpm(190) > 1.15 * cpm(-100)


def test_at_least_nine_in_ten_ads_deliver_in_an_ordinary_hour(days: list[Run]) -> None:
    evening = [len(run.outcomes[20].facts) / run.plan.size for run in days]

    assert min(evening) > 0.9
