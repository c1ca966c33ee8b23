"""Creating campaigns: what exists afterwards, and what is refused with its field named."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import BudgetMode, Campaign, DeliveryCursor
from campaigns.services import InvalidInput, LimitReached
from campaigns.services import campaigns as campaign_services
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.campaigns import campaign_input, make_campaign


def test_the_first_campaign_starts_delivery_with_the_present_hour(
    ad_account: AdAccount, at: datetime
) -> None:
    make_campaign(ad_account, at + timedelta(minutes=40))
    make_campaign(ad_account, at + timedelta(hours=3))

    cursor = DeliveryCursor.objects.get(ad_account=ad_account)

    assert cursor.next_slot == at
    assert cursor.open_day == ad_account.day_of(at)


def test_the_activity_log_says_who_created_it_and_how(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    campaign = services.create_campaign(
        ad_account=ad_account, data=campaign_input(po_number="PO-7"), actor=cast.mia, at=at
    )

    entry = ActivityEntry.objects.get(action="create_campaign")

    assert entry.actor == cast.mia
    assert entry.reference == f"campaign:{campaign.pk}"
    assert entry.after["po_number"] == "PO-7"
    assert entry.ad_account_id == ad_account.pk


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": " "}, "name", "must not be empty"),
        ({"name": "a" * 513}, "name", "at most 512"),
        ({"name": "広" * 257}, "name", "count twice"),
        ({"name": "Sale 🎉"}, "name", "emoji"),
        ({"objective": "FAME"}, "objective", "objective"),
        ({"budget_mode": "BUDGET_MODE_WEEK"}, "budget_mode", "daily"),
        ({"budget_mode": BudgetMode.DAY}, "budget", "Enter the budget"),
        ({"budget_mode": BudgetMode.DAY, "budget": 4999}, "budget", "$50.00"),
        ({"budget_mode": BudgetMode.TOTAL, "budget": 10**12}, "budget", "below"),
        ({"budget": 6000}, "budget", "without limit"),
        ({"is_budget_optimized": True}, "budget_mode", "optimisation needs"),
        ({"operation_status": "DELETE"}, "operation_status", "on or off"),
        ({"po_number": "1" * 61}, "po_number", "60"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_field(
    ad_account: AdAccount, at: datetime, changes: dict, field: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said.replace("$", r"\$")) as caught:
        make_campaign(ad_account, at, **changes)

    assert caught.value.field == field
    assert not Campaign.objects.exists()


def test_budget_minimums_follow_the_currency(ad_account: AdAccount, at: datetime) -> None:
    tokyo = make_ad_account(ad_account.business_center, None, at, currency="JPY")

    make_campaign(tokyo, at, budget_mode=BudgetMode.DAY, budget=5000)

    with pytest.raises(InvalidInput, match="¥5,000"):
        make_campaign(tokyo, at, budget_mode=BudgetMode.DAY, budget=4999)


def test_an_account_can_be_full(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_services, "MOST_CAMPAIGNS", 1)
    make_campaign(ad_account, at)

    with pytest.raises(LimitReached):
        make_campaign(ad_account, at)
