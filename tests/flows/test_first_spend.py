"""The first spend, without a browser: top up, launch, review, a day, a stop, the month's end.

Told in dollars in New York and in yen at a half-hour offset: facts, ledger and invoice are the same
sum to the last minor unit, and no budget is exceeded in any hour.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Sum

from accounts.models import Notification
from adaccounts.models import AdAccount
from billing.models import Invoice
from billing.queries import spend_by_campaign, spendable_balance
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.services import advance_to
from campaigns.models import (
    AdGroup,
    BudgetMode,
    Campaign,
    DayFact,
    HourFact,
    Objective,
    StopKind,
    StopReason,
)
from campaigns.queries import performance
from campaigns.queries.causes import Cause
from campaigns.services import request_stop
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, make_ad, make_ad_group, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def account(cast: Cast, ad_account: AdAccount, request: pytest.FixtureRequest) -> AdAccount:
    set_clock(at=START, rate=PracticeClock.PAUSED)
    if request.param == "USD":
        return ad_account
    tokyo = make_ad_account(ad_account.business_center, cast.ben, START, currency="JPY")
    AdAccount.objects.filter(pk=tokyo.pk).update(utc_offset_minutes=570)
    tokyo.refresh_from_db()
    return tokyo


def launch(account: AdAccount) -> list[Tree]:
    """A plain campaign, one that shares a tight daily budget, and a lifetime flight."""
    unit = 100 if account.currency == "JPY" else 1
    money = 100 * unit if account.currency == "USD" else unit
    plain = make_tree(account, START, group={"budget": 150 * money})
    make_ad(plain.group, START, name="Second film")
    shared = make_tree(
        account, START,
        campaign={
            "name": "Shared", "budget_mode": BudgetMode.DAY, "budget": 60 * money,
            "is_budget_optimized": True, "objective": Objective.WEB_CONVERSIONS,
        },
    )  # fmt: skip
    make_ad(make_ad_group(shared.campaign, START, name="Second"), START)
    flight = make_tree(
        account, START,
        campaign={"name": "Flight", "objective": Objective.REACH},
        group={
            "budget_mode": BudgetMode.TOTAL, "budget": 90 * money,
            "schedule_type": "SCHEDULE_START_END", "start_at": START, "end_at": START + 3 * DAY,
            "pacing": "PACING_MODE_FAST",
        },
    )  # fmt: skip
    return [plain, shared, flight]


def check_budgets(account: AdAccount) -> None:
    """No budget is exceeded at the end of any hour, in spend or in exact cost."""
    budgets = {row.pk: row for model in (Campaign, AdGroup) for row in model.objects.all()}
    used: dict[tuple[int, object], int] = defaultdict(int)
    for fact in HourFact.objects.filter(ad_account_id=account.pk).order_by("slot"):
        for key in (fact.campaign_id, fact.ad_group_id):
            row = budgets[key]
            if row.budget is not None:
                day = account.day_of(fact.slot) if row.budget_mode == BudgetMode.DAY else None
                used[key, day] += fact.spend
                assert used[key, day] <= row.budget
    assert any(used.values())


@pytest.mark.parametrize("account", ["USD", "JPY"], indirect=True)
def test_from_top_up_to_invoice(account: AdAccount, cast: Cast) -> None:
    paid = 100_000
    fund(account, paid, START)
    plain, shared, flight = launch(account)

    advance_to(START + DAY)
    stop = request_stop(
        campaign=plain.campaign, kind=StopKind.DEACTIVATE, reason=StopReason.UNAVAILABLE,
        note="Sold out", expected_version=1, actor=cast.mia, at=START + DAY,
    )  # fmt: skip
    advance_to(START + DAY + HOUR)
    spent_by_the_stop = spend_by_campaign(
        ad_account=account, first_day=NOVEMBER[0], last_day=NOVEMBER[1]
    )[plain.campaign.pk]
    month_end = account.day_start(date(2026, 12, 1))
    advance_to(month_end + 2 * HOUR)

    check_budgets(account)
    facts = HourFact.objects.filter(ad_account_id=account.pk)
    of_plain = facts.filter(campaign_id=plain.campaign.pk)
    assert of_plain.latest("slot").slot <= stop.effective_at
    assert of_plain.aggregate(n=Sum("spend"))["n"] == spent_by_the_stop > 0

    november = facts.filter(slot__lt=month_end)
    by_campaign = dict(november.values_list("campaign_id").annotate(Sum("spend")))
    assert by_campaign == spend_by_campaign(
        ad_account=account, first_day=NOVEMBER[0], last_day=NOVEMBER[1]
    )
    assert set(by_campaign) == {plain.campaign.pk, shared.campaign.pk, flight.campaign.pk}
    days = DayFact.objects.filter(ad_account_id=account.pk, day__range=NOVEMBER)
    report = performance.totals(
        ad_account_ids=[account.pk], first_day=NOVEMBER[0], last_day=NOVEMBER[1]
    )
    assert days.aggregate(n=Sum("spend"))["n"] == report.spend == sum(by_campaign.values())

    invoice = Invoice.objects.get()
    assert invoice.net == report.spend
    lines = {line.reference: line.net for line in invoice.lines.all()}
    assert lines == {f"campaign:{key}": spend for key, spend in by_campaign.items()}
    whole = facts.aggregate(n=Sum("spend"))["n"]
    assert spendable_balance(ad_account=account) == paid - whole

    told = Notification.objects.filter(user=cast.ben).values_list("topic", flat=True)
    assert {"review", "stop"} <= set(told)
    page = performance.rows(
        level="campaign", ad_account=account, first_day=NOVEMBER[0],
        last_day=date(2026, 12, 31), at=month_end + 2 * HOUR,
    )  # fmt: skip
    causes = {row.name: row.status.cause for row in page.rows}
    assert causes["Autumn sale"] == Cause.DEACTIVATED
    assert page.totals.spend == whole
