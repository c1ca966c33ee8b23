"""The funnel: whole numbers, each a part of another, for every format and length."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from campaigns.delivery.plan import METRICS
from campaigns.delivery.rows import AdRow, CampaignRow

from .practice import Run, account, group

LENGTHS = (5.0, 6.0, 8.0, 9.0, 15.0, 24.0, 60.0)
THRESHOLDS = {
    "watched_2s": lambda d: min(2.0, d),
    "watched_6s": lambda d: min(6.0, d),
    "views_p25": lambda d: 0.25 * d,
    "views_p50": lambda d: 0.5 * d,
    "views_p75": lambda d: 0.75 * d,
    "views_p100": lambda d: d,
}


@pytest.fixture(scope="module")
def busy() -> Run:
    """Videos of every length beside images, sales on oCPM, with budgets that cut in the evening."""
    ads = [
        AdRow(i + 1, 1 + i % 2, is_video=i % 8 != 7, duration_seconds=LENGTHS[i % 7])
        for i in range(56)
    ]
    groups = [
        group(1, budget=60_000, billing_event="OCPM", optimization_goal="CONVERT"),
        group(2, budget=40_000, billing_event="CPC", pacing="PACING_MODE_FAST"),
    ]
    return Run(account(groups, [CampaignRow(1, "PRODUCT_SALES")], ads)).hours(48)


def test_counts_are_parts_of_wholes(busy: Run) -> None:
    for outcome in busy.outcomes:
        f = outcome.facts
        assert all((f[metric] >= 0).all() for metric in METRICS)
        assert (f["impressions"] >= f["clicks"]).all()
        assert (f["clicks"] >= f["conversions"]).all()
        assert (f["impressions"] >= f["video_views"]).all()
        assert (f["impressions"] >= f["profile_visits"]).all()
        assert ((f["conversion_value_micros"] > 0) <= (f["conversions"] > 0)).all()


def test_views_fall_with_watch_time_and_equal_times_are_the_same_people(busy: Run) -> None:
    seconds = np.array([LENGTHS[i % 7] for i in range(56)])
    for fact in (fact for outcome in busy.outcomes for fact in outcome.facts):
        length = float(seconds[fact["ad_ix"]])
        levels = sorted((time(length), int(fact[name])) for name, time in THRESHOLDS.items())
        counts = [count for _, count in levels]
        for (t1, n1), (t2, n2) in itertools.pairwise(levels):
            assert n1 >= n2 or t1 == t2
            assert n1 == n2 or t1 != t2
        assert fact["video_views"] >= max(counts)


def test_images_have_no_views_but_likes(busy: Run) -> None:
    views = busy.per_ad("video_views") + busy.per_ad("watched_2s")
    image = ~busy.plan.is_video

    assert (views[image] == 0).all()
    assert (views[~image] > 0).all()
    assert busy.per_ad("likes")[image].sum() > 0


def test_retention_is_near_the_scenario(busy: Run) -> None:
    video = busy.plan.is_video
    shown = busy.per_ad("impressions")[video].sum()

    assert busy.per_ad("video_views")[video].sum() / shown == pytest.approx(0.97, abs=0.01)
    assert busy.per_ad("watched_2s")[video].sum() / shown == pytest.approx(0.33, abs=0.04)
    assert busy.per_ad("watched_6s")[video].sum() / shown == pytest.approx(0.09, abs=0.03)
    quarter, half, whole = (busy.per_ad(f"views_p{p}")[video].sum() / shown for p in (25, 50, 100))
    assert quarter > 1.5 * half > 2 * whole > 0


def test_an_ad_cut_by_the_wallet_keeps_its_ratios() -> None:
    plan = account([group(budget=None)], ads=[AdRow(1, 1)])

    whole = Run(plan).step().facts[0]
    cut = Run(plan, wallet_micros=int(whole["cost_micros"]) // 20).step().facts[0]

    assert cut["clicks"] < whole["clicks"] / 19
    for metric in ("clicks", "watched_2s", "likes", "views_p100"):
        assert cut[metric] / cut["impressions"] == pytest.approx(
            whole[metric] / whole["impressions"], rel=0.01
        )
