"""Creating ad groups: budget, schedule, bidding and targeting suit each other and the campaign."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import (
    AdGroup,
    BidType,
    BillingEvent,
    BudgetMode,
    Objective,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)
from campaigns.services import CampaignDeactivated, InvalidInput, LimitReached, NodeDeleted
from campaigns.services import ad_groups as ad_group_services
from tests.factories.campaigns import make_ad_group, make_campaign

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime.fromisoformat("2026-11-02T17:00+00:00")
FLIGHT: dict[str, Any] = {
    "schedule_type": ScheduleType.START_END,
    "start_at": NOON,
    "end_at": NOON + 10 * DAY,
}


def test_the_billing_event_follows_the_goal_and_the_start_is_now(
    ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)

    assert group.billing_event == BillingEvent.CPC
    assert (group.start_at, group.end_at) == (at, None)
    assert 100_000_000 < group.audience_size < 200_000_000


def test_a_narrower_targeting_has_a_smaller_audience(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at)

    everybody = make_ad_group(campaign, at)
    young_women = make_ad_group(campaign, at, age_groups=("AGE_18_24",), gender="GENDER_FEMALE")

    assert 0 < young_women.audience_size < everybody.audience_size / 5


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": ""}, "name", "empty"),
        ({"countries": ()}, "countries", "at least one"),
        ({"countries": ("XX",)}, "countries", "Unknown country: XX"),
        ({"countries": ("US", "US")}, "countries", "twice"),
        ({"age_groups": ("AGE_0_3",)}, "age_groups", "Unknown age group"),
        ({"gender": "GENDER_CAT"}, "gender", "all, women or men"),
        ({"operating_systems": ("SYMBIAN",)}, "operating_systems", "Unknown"),
        ({"languages": ("zz",)}, "languages", "Unknown language"),
        ({"budget_mode": BudgetMode.INFINITE}, "budget_mode", "daily or a lifetime"),
        ({"budget": None}, "budget", "Enter the budget"),
        ({"budget": 1999}, "budget", "$20.00"),
        ({"budget_mode": BudgetMode.TOTAL, "budget": 90_000}, "schedule_type", "up to an end"),
        (FLIGHT | {"budget_mode": BudgetMode.TOTAL, "budget": 19_999}, "budget", "$200.00 for 10"),
        (FLIGHT | {"end_at": None}, "end_at", "when the schedule ends"),
        (FLIGHT | {"end_at": NOON - HOUR}, "end_at", "after the start"),
        (FLIGHT | {"start_at": NOON - 3 * HOUR}, "start_at", "in the past"),
        ({"schedule_type": "NEVER"}, "schedule_type", "continuously"),
        ({"dayparting": "01"}, "dayparting", "336"),
        ({"optimization_goal": OptimizationGoal.REACH}, "optimization_goal", "Clicks"),
        ({"billing_event": BillingEvent.CPM}, "billing_event", "billed by CPC"),
        ({"bid_type": BidType.CUSTOM}, "bid_micros", "above zero"),
        ({"bid_type": BidType.CUSTOM, "bid_micros": 100_000_000}, "bid_micros", "below the budget"),
        ({"bid_type": "BID_TYPE_MAX"}, "bid_type", "maximum delivery"),
        ({"pacing": "PACING_MODE_WARP"}, "pacing", "standard or accelerated"),
        ({"operation_status": "FROZEN"}, "operation_status", "on or off"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_field(
    ad_account: AdAccount, at: datetime, changes: dict, field: str, said: str
) -> None:
    campaign = make_campaign(ad_account, at)

    with pytest.raises(InvalidInput, match=said.replace("$", r"\$")) as caught:
        make_ad_group(campaign, at, **changes)

    assert caught.value.field == field
    assert not AdGroup.objects.exists()


def test_a_bid_just_below_the_budget_is_accepted(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at)

    group = make_ad_group(
        campaign, at, budget=10_000, bid_type=BidType.CUSTOM, bid_micros=99_990_000
    )

    assert group.bid_micros == 99_990_000


def test_purchase_value_is_bought_without_a_bid(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at, objective=Objective.WEB_CONVERSIONS)

    with pytest.raises(InvalidInput) as caught:
        make_ad_group(
            campaign, at, optimization_goal=OptimizationGoal.VALUE,
            bid_type=BidType.CUSTOM, bid_micros=5_000_000,
        )  # fmt: skip

    assert caught.value.field == "bid_type"


def test_groups_that_share_the_campaigns_budget_have_none_of_their_own(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(
        ad_account, at, budget_mode=BudgetMode.DAY, budget=50_000, is_budget_optimized=True
    )

    group = make_ad_group(campaign, at, budget=1)

    assert (group.budget_mode, group.budget) == (BudgetMode.DAY, None)
    with pytest.raises(InvalidInput) as caught:
        make_ad_group(campaign, at, pacing=Pacing.FAST)
    assert caught.value.field == "pacing"


def test_a_daily_campaign_has_no_lifetime_groups(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at, budget_mode=BudgetMode.DAY, budget=50_000)

    with pytest.raises(InvalidInput, match="must be daily too") as caught:
        make_ad_group(campaign, at, budget_mode=BudgetMode.TOTAL, budget=90_000, **FLIGHT)

    assert caught.value.field == "budget_mode"


def test_never_and_always_in_the_week_both_mean_always(ad_account: AdAccount, at: datetime) -> None:
    campaign = make_campaign(ad_account, at)

    assert make_ad_group(campaign, at, dayparting="0" * 336).dayparting == ""
    assert make_ad_group(campaign, at, dayparting="1" * 336).dayparting == ""
    assert make_ad_group(campaign, at, dayparting="01" * 168).dayparting == "01" * 168


def test_nothing_is_added_to_what_is_final_or_full(
    ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted, final, full = (make_campaign(ad_account, at) for _ in range(3))
    services.delete_node(node=deleted, actor=None, at=at)
    type(final).objects.filter(pk=final.pk).update(operation_status="DISABLE", deactivated_at=at)
    monkeypatch.setattr(ad_group_services, "MOST_AD_GROUPS", 1)
    make_ad_group(full, at)

    for campaign, error in ((deleted, NodeDeleted), (final, CampaignDeactivated)):
        with pytest.raises(error):
            make_ad_group(campaign, at)
    with pytest.raises(LimitReached):
        make_ad_group(full, at)
