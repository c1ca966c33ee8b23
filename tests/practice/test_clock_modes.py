"""The same little world, lived in real time, with a fast clock and in one jump, ends the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.tasks import decide_verifications
from adaccounts.models import AdAccount
from adaccounts.tasks import decide_ad_accounts, end_due_access
from billing.models import Invoice
from billing.tasks import start_invoice_run
from bizcenter.clock import queries as clock
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock, start_jump
from bizcenter.practice import tasks as practice
from campaigns import services
from campaigns.models import Ad, AdReview, BudgetMode, Objective, StopRequest
from campaigns.tasks import settle_due, start_tick
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad, make_tree
from tests.races.histories import history

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
START = datetime(2026, 11, 30, 3, tzinfo=UTC)
END = datetime(2026, 12, 1, 12, tzinfo=UTC)
# Of New York with money for all, of Kathmandu where it runs dry, of Kolkata with taxes to owe.
WORLD = (
    ("USD", "America/New_York", 900_000, 41),
    ("USD", "Asia/Kathmandu", 12_000, 42),
    ("EUR", "Asia/Kolkata", 900_000, 43),
)
BEAT = (
    end_due_access,
    decide_verifications,
    decide_ad_accounts,
    settle_due,
    start_tick,
    start_invoice_run,
)


def make_world(like: AdAccount) -> list[AdAccount]:
    """Each account with a budget for all time, a stop on the way, an ad in review, and a month
    that ends."""
    set_clock(at=START, rate=PracticeClock.PAUSED)
    accounts = []
    for currency, zone, wallet, seed in WORLD:
        account = make_ad_account(
            like.business_center, None, START, currency, name=zone, seed=seed, timezone=zone
        )
        fund(account, wallet, START)
        shop = make_tree(account, START, campaign={"objective": Objective.WEB_CONVERSIONS})
        visits = make_tree(account, START)
        final = make_tree(
            account, START, campaign={"budget_mode": BudgetMode.TOTAL, "budget": 40_000}
        )
        for tree in (shop, visits, final):
            approve(tree.ad, START)
        make_ad(visits.group, START)
        services.request_stop(
            campaign=visits.campaign, kind="pause", reason="other", note="",
            expected_version=None, actor=None, at=START + 20 * HOUR,
        )  # fmt: skip
        accounts.append(account)
    return accounts


def beat_at(moment: datetime, rate: int) -> None:
    set_clock(at=moment, rate=rate)
    for task in BEAT:
        task()


def in_real_time() -> None:
    """Seen every twenty minutes."""
    for number in range(int((END - START) / (HOUR / 3))):
        beat_at(START + number * HOUR / 3, PracticeClock.REAL)
    beat_at(END, PracticeClock.PAUSED)


def accelerated() -> None:
    """At a day a minute a beat every five seconds is one every two hours."""
    for number in range(int((END - START) / (2 * HOUR)) + 1):
        beat_at(START + number * 2 * HOUR, PracticeClock.MINUTE_A_DAY)
    beat_at(END, PracticeClock.PAUSED)


def in_one_jump() -> None:
    practice.run_jump(start_jump(target=END, actor=None).pk)


def everything(account: AdAccount) -> dict[str, list[Any]]:
    """Facts, postings, invoices and states, in words that do not depend on row ids."""
    ordinals = dict(Ad.objects.filter(ad_account=account).values_list("pk", "ordinal"))
    invoices = Invoice.objects.filter(ad_account=account)
    reviews = AdReview.objects.filter(ad__ad_account=account)
    stops = StopRequest.objects.filter(campaign__ad_account=account)
    return history(account) | {
        "invoices": list(
            invoices.values_list(
                "month", "issued_at", "issue_date", "due_date", "net", "tax", "total"
            )
        ),
        "reviews": sorted(
            (ordinals[ad], *rest)
            for ad, *rest in reviews.values_list("ad_id", "outcome", "due_at", "decided_at")
        ),
        "stops": list(stops.order_by("pk").values_list("state", "effective_at", "finished_at")),
    }


def live(like: AdAccount, mode: Callable[[], None]) -> list[dict[str, list[Any]]]:
    world = make_world(like)
    mode()
    assert clock.now() == END
    return [everything(account) for account in world]


def test_three_clocks_one_history(ad_account: AdAccount) -> None:
    slow, fast, jumped = (live(ad_account, m) for m in (in_real_time, accelerated, in_one_jump))

    for number, (_, zone, *_) in enumerate(WORLD):
        for part, expected in slow[number].items():
            assert fast[number][part] == expected, ("accelerated", zone, part)
            assert jumped[number][part] == expected, ("jump", zone, part)
    for world in slow:
        assert len(world["hours"]) > 10
        assert len(world["days"]) >= 1
        assert len(world["invoices"]) == 1
        assert [state for state, *_ in world["stops"]] == ["paused"]
        assert any(outcome != "pending" for _, outcome, *_ in world["reviews"])
    assert [bool(world["invoices"][0][5]) for world in slow] == [False, False, True]
    assert [world["balance"][0] < 200 for world in slow] == [False, True, False]
